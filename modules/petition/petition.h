/* Đơn thư: reads a citizen's letter and suggests what it is (complaint, denunciation, feedback or several), what it
   lacks, who settles it, where it happened, whether it came before, and a copy without the denouncer. Reading
   needs no database, decides nothing, and names the words each suggestion came from. Around it the office's side: the
   book, clocks, acts, lists (petition_office.h).
   needs: db deadline erase file http index kernel org out page place port queue read receipt record rights search/words
   shell task thread */
#ifndef MODULES_PETITION_PETITION_H
#define MODULES_PETITION_PETITION_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/module.h"

struct place_index;

extern const struct module petition_module;

enum petition_type { PETITION_UNJUDGED, PETITION_KN, PETITION_TC, PETITION_KNPA, PETITION_MIX };
/* A bit each, in the order of reasons.tsv. */
enum petition_reason {
    REASON_NOT_VIETNAMESE,
    REASON_NO_DATE,
    REASON_NO_NAME,
    REASON_NO_ADDRESS,
    REASON_NO_SIGNATURE,
    REASON_KN_NO_RESPONDENT,
    REASON_KN_NO_CONTENT,
    REASON_KN_NO_REASON,
    REASON_KN_NO_REQUEST,
    REASON_TC_NO_ACT,
    REASON_TC_NO_ACCUSED,
    REASON_TC_NO_CONTACT,
    REASON_KNPA_NO_CONTENT,
    REASON_MULTI_SENT,
    REASON_GUIDED_ONCE,
    REASON_SETTLED_NO_NEW,
    REASON_OFFENSIVE,
    REASON_ILLEGIBLE,
    REASON_IMPERSONATED,
    REASON_SECRET_MARK,
    REASONS,
};

/* A letter as it came. */
struct petition_letter {
    struct str bytes;       /* of the file, in whatever encoding */
    struct str channel;     /* post counter email portal zalo leader … */
    struct str received_by; /* "city", or the code of a commune */
    struct date received_on;
    bool is_scan;   /* read by a machine from a picture */
    bool is_viqr;   /* said to be; found out otherwise */
    bool is_signed; /* signed in with an identity that counts as a signature */
};

/* Bytes of the reading's text. */
struct petition_span {
    const char *field; /* what was read from them: "type" "author" "place" … */
    size_t from, to;
};
/* Who is to settle it. kind is empty when it cannot be said. */
struct petition_authority {
    struct str kind, org, code;
};
struct petition_target {
    bool is_person;
    struct str name, role;
};
struct petition_part {
    enum petition_type type;
    struct str topic, target;
    struct petition_authority authority;
    size_t from, to;
};
struct petition_author {
    struct str name, address, phone, email;
    bool is_signed;
};

struct petition_reading {
    struct str text; /* Unicode, cleaned; the spans are of it */
    enum petition_type type;
    LIST(struct petition_part) parts; /* of a MIX */
    uint32_t reasons;                 /* 1u << enum petition_reason; 0: nothing lacks */
    uint32_t optional;                /* reasons that are doubtful: ask */
    struct petition_author author;
    struct date written_on; /* {0}: not said */
    const char *identity;   /* "named" "anonymous" "impersonated" "unclear" */
    int signers;
    bool is_group; /* five or more: Luật Tiếp công dân Điều 29 */
    struct str topic;
    LIST(struct petition_target) targets;
    const char *place_class; /* "sure" "ambiguous" "outside" "unknown" */
    LIST(struct str) place_codes;
    LIST(struct str) place_names;
    struct petition_authority authority;
    const char *disposition; /* "accept" "transfer" "guide" "return" "file" "meet_leader" */
    const char *secrecy;     /* "normal" "denunciation" "state_secret" */
    LIST(struct str) redact; /* what was taken out */
    struct str working_copy; /* the text without the denouncer; the text itself when nobody is protected */
    LIST(struct petition_span) spans;
    LIST(const char *) asks; /* fields a person must look at */
    /* What tells one matter from another, for petition_same. */
    LIST(uint64_t) terms, pairs; /* words and pairs of words, sorted, each once */
    LIST(uint64_t) numbers;      /* of decisions, areas, sums */
    LIST(uint64_t) papers;       /* of decisions and notices alone */
    LIST(uint64_t) people;       /* named in it */
    LIST(uint64_t) home;         /* words of the address */
    uint64_t name_key, phone_key;
};

/* The tables of the room, read once; lives in the arena. */
struct petition_tables;
struct petition_tables *petition_open(struct arena *a, const struct place_index *places);
void petition_read(const struct petition_tables *t, struct arena *a, const struct petition_letter *letter,
                   struct petition_reading *out);
/* Of the same author, how much two readings tell of the same matter, 0 … 100; and whether that is enough. */
int petition_same(const struct petition_reading *a, const struct petition_reading *b);
bool petition_is_same(const struct petition_reading *a, const struct petition_reading *b);
/* Says that the letter came before: it is filed with the case. */
void petition_is_again(struct petition_reading *reading);

struct str petition_type_name(enum petition_type type);        /* "KN" …; empty when it cannot be judged */
struct str petition_reason_code(enum petition_reason reason);  /* "no_date" … */
struct str petition_reason_words(enum petition_reason reason); /* what is said to the officer */
struct str petition_reason_law(struct arena *a, enum petition_reason reason); /* the article it follows */
#endif
