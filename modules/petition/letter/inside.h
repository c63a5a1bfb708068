/* What the files of the room share: words of a letter, cues found in it, and what is known so far. */
#ifndef MODULES_PETITION_LETTER_INSIDE_H
#define MODULES_PETITION_LETTER_INSIDE_H
#include "modules/petition/letter/letter.h"
#include "modules/place/place.h"

enum { CUE_WORDS = 8, CUE_CHOICES = 8 };

enum gap { GAP_SPACE, GAP_COMMA, GAP_HARD, GAP_LINE };
enum zone { ZONE_BODY, ZONE_HEAD, ZONE_TITLE, ZONE_TO, ZONE_AUTHOR, ZONE_SIGN, ZONE_NOTE, ZONE_MAIL };

/* plain: the letters without marks; full: with them, the tone wherever it stands. */
struct key {
    uint64_t plain, full;
    bool is_marked;
};
struct word {
    struct key key;
    size_t from, to;
    enum gap gap; /* before it */
    enum zone zone;
    bool is_capital, is_shout, is_number, is_quoted;
};
struct words {
    struct word *at;
    size_t n;
    bool is_rough;    /* marks cannot be relied on: read from a scan, or written without any */
    bool is_caseless; /* written without capitals */
};
enum cue_kind {
    CUE_SAME,
    CUE_SAY,
    CUE_PRAISE,
    CUE_PAPER,
    CUE_MEASURE,
    CUE_REDRESS,
    CUE_ACT,
    CUE_CRIME,
    CUE_PUNISH,
    CUE_PRIVATE,
    CUE_TOPIC,
    CUE_ASK,
    CUE_REASON,
    CUE_WITHHELD,
    CUE_GUIDED,
    CUE_GUIDEPAPER,
    CUE_FOLLOWED,
    CUE_FIRST,
    CUE_SECOND,
    CUE_SETTLED,
    CUE_NONEW,
    CUE_NEWFACT,
    CUE_INSULT,
    CUE_DENIED,
    CUE_MATTER,
    CUE_MEET,
    CUE_GROUNDS,
    CUE_REACH,
    CUE_TRANSLATED,
    CUE_SURNAME,
    CUE_STOP,
    CUE_STREET,
    CUE_KIN,
    CUE_COMMON,
    CUE_ROLE,
    CUE_KINDS,
};
struct slot {
    struct key key[CUE_CHOICES];
    size_t n;
    bool is_number; /* also a number */
};
struct cue {
    enum cue_kind kind;
    struct str value, words;
    int weight;
    struct slot slot[CUE_WORDS];
    size_t n;
    size_t role; /* of CUE_ROLE: a place in the tables' roles */
};
/* Who settles what is about such a person or office. */
struct settler {
    struct str name, complaint, denunciation, field;
    int rank;
};
struct petition_tables {
    const struct place_index *places;
    LIST(struct cue) cues;
    LIST(struct settler) roles;
};
struct hit {
    const struct cue *cue;
    size_t at, n;
};
/* What is known of a letter while it is read. */
struct state {
    const struct petition_tables *t;
    struct arena *arena;
    const struct petition_letter *letter;
    struct petition_reading *out;
    struct words w;
    LIST(struct hit) hits;        /* in the order of the text */
    size_t author_at, author_end; /* words of the clause that says who writes */
    size_t name_at, name_n;
    bool has_name, has_address, is_commune_only, has_contact;
    int marks;                /* signatures and fingerprints */
    const struct hit *target; /* the role complained of */
    size_t named_at, named_n; /* words of the name of a person complained of */
};

struct str petition_text(struct arena *a, const struct petition_letter *letter, bool *is_rough);
struct key petition_key(struct str word);
void petition_words(struct state *s);
void petition_zones(struct state *s);
void petition_tables_read(struct petition_tables *t, struct arena *a);
void petition_hits(struct state *s);
bool petition_word_is(const struct words *w, size_t i, const struct slot *slot);

/* Sums the weights of a kind among words from … to; zone body only, quoted words left out. */
int petition_sum(const struct state *s, enum cue_kind kind, size_t from, size_t to);
const struct hit *petition_first(const struct state *s, enum cue_kind kind, size_t from, size_t to);
int petition_say(const struct state *s, const char *type, size_t from, size_t to);
void petition_span_add(struct state *s, const char *field, size_t word, size_t n);
struct str petition_slice(const struct state *s, size_t word, size_t n);
bool petition_is_word(const struct state *s, size_t i, const char *text);
/* How many words of a person's name stand at i: two to five, capitals or a family name first; 0: none. */
size_t petition_name_at(const struct state *s, size_t i);

/* A title and a name of somebody else begin at i: how many words the name has. */
size_t petition_person_at(const struct state *s, size_t i);

void petition_author_read(struct state *s);
void petition_target_read(struct state *s);
void petition_targets_list(struct state *s);
void petition_type_read(struct state *s);
enum petition_type petition_type_of(const struct state *s, size_t from, size_t to);
void petition_place_read(struct state *s);
struct petition_authority petition_authority_of(const struct state *s, enum petition_type type, size_t from, size_t to);
struct str petition_topic_of(const struct state *s, size_t from, size_t to);
void petition_reasons_read(struct state *s);
bool petition_is_illegible(const struct state *s);
bool petition_is_foreign(const struct state *s);
bool petition_is_secret(struct str text);
void petition_matter_read(struct state *s);
void petition_disposition_read(struct state *s);
void petition_redact(struct state *s);
static inline bool petition_is_reason(const struct petition_reading *r, enum petition_reason reason) {
    return (r->reasons >> reason & 1) != 0;
}
#endif
