/* What a letter says of itself: takes an .eml apart, repairs its Vietnamese, names its files, and tells what it is:
   from a machine, a document to register, a petition, an invitation, a thing to be careful with. No database, no
   network. needs: kernel page read   shows: command */
#ifndef MODULES_MAIL_LETTER_LETTER_H
#define MODULES_MAIL_LETTER_LETTER_H
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"

struct arena;

/* What is refused before anything is taken apart, and where taking apart stops. */
enum {
    MAIL_BYTES_MOST = 50 << 20,
    MAIL_HEAD_MOST = 256 << 10,
    MAIL_PARTS_MOST = 1000,
    MAIL_DEPTH_MOST = 30,
    MAIL_HTML_MOST = 2 << 20,
    MAIL_HTML_DEPTH_MOST = 512,
};

struct mail_address {
    struct str name, address; /* the address in small letters */
};

enum mail_warning {
    MAIL_WARN_NAME = 1,   /* a file's name had folders, direction marks or control characters in it */
    MAIL_WARN_EXECUTABLE, /* a file that runs when opened */
    MAIL_WARN_MACRO,      /* an office file that may hold programs */
    MAIL_WARN_LINK,       /* a link shows another host than it leads to */
    MAIL_WARN_FORM,
    MAIL_WARN_SPOOF, /* our name, another's address */
    MAIL_WARN_REPLY, /* answers would go to another domain */
    MAIL_WARN_RESULTS,
    MAIL_WARN_TWO_TYPES, /* two Content-Type lines in one head: readers disagree about what it is */
    MAIL_WARN_CUT,       /* more parts or deeper than is read */
    MAIL_WARNINGS
};
const char *mail_warning_name(enum mail_warning w);

struct mail_file {
    struct str name;
    struct str said;  /* the type the letter gives it */
    struct str type;  /* by its bytes; empty when they tell nothing */
    struct str bytes; /* decoded */
    struct str hash;  /* SHA-256, hexadecimal */
    enum mail_warning danger;
};

struct mail_event {
    struct str method, place, summary, uid;
    struct instant start, end; /* 0: not said, or in a zone nobody knows */
};

struct mail_delivery {
    struct str address, action, status;
};

enum mail_kind { MAIL_LETTER, MAIL_DOCUMENT, MAIL_PETITION };

struct mail_letter {
    struct str subject; /* repaired, without control characters */
    struct mail_address from, reply_to;
    LIST(struct mail_address) to; /* To and Cc */
    struct instant date;
    struct str message_id, in_reply_to; /* with their brackets */
    LIST(struct str) references;
    struct str guessed;  /* the encoding that nobody said, or said wrongly; empty when none was */
    struct str text;     /* \n between lines, one at its end; of HTML what it shows */
    struct str own_text; /* without what it quotes below, and without the signature */
    LIST(struct str) paragraphs;
    struct str signature;
    bool has_html;
    struct str html;         /* safe to show: nothing in it runs or is fetched; pictures are cid: */
    int64_t remote_requests; /* addresses in html that would be fetched: must be 0 */
    int64_t remote_blocked;  /* taken out */
    int64_t inline_images;
    LIST(struct mail_file) files;
    bool warns[MAIL_WARNINGS];
    bool has_event;
    struct mail_event event;
    bool is_machine;        /* never answered, never opens work */
    struct str of, read_by; /* of a bounce or a receipt: the Message-ID it is about, who saw it */
    LIST(struct mail_delivery) deliveries;
    enum mail_kind kind;
    struct str number; /* of the document, as written */
    struct date dated;
    int64_t mentioned; /* a document's bare number, "công văn 249"; 0: none */
    struct str petitioner;
    bool is_held;                     /* it bears a mark of secrecy */
    LIST(struct str) nested_ids;      /* Message-IDs of letters inside it */
    struct str body_hash, letter_key; /* SHA-256 of its text and files; of Message-ID and that */
};

/* Reads a letter. ours is our own mail domain; empty takes that of the first who is written to. ERR_INVALID with a
   Vietnamese sentence when it is larger than is let in or no letter at all; what is merely broken is read as far as it
   goes. Views of bytes live as long as they do. */
struct err mail_read(struct arena *a, struct str bytes, struct str ours, struct mail_letter *out);

/* What two letters are to each other; both were read by mail_read. */
enum mail_tie {
    MAIL_OTHER,
    MAIL_SAME_LETTER,  /* the same paper once more: forwarded, sent again, or the same number and day */
    MAIL_SAME_ID_ONLY, /* one Message-ID, two letters */
};
enum mail_tie mail_tie(const struct mail_letter *letter, const struct mail_letter *earlier);

/* Conversations: RFC 5256's references first; by subject only behind Re, Fwd, TL …, within 30 days, with a person in
   common. */
struct mail_mark {
    struct str id, in_reply_to, subject;
    LIST(struct str) references;
    struct date on;
    LIST(struct str) people;
    size_t thread; /* filled: the place of the first letter of its conversation */
};
void mail_threads(struct arena *a, struct mail_mark *marks, size_t n);
/* The subject without Re:, Fwd:, TL: …, folded; whether there were any. */
struct str mail_subject_bare(struct arena *a, struct str subject, bool *is_answer);
/* SHA-256, hexadecimal. */
struct str mail_hash(struct arena *a, struct str bytes);
#endif
