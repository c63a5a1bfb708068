/* Where an address is: a text of any era, misspelt, abbreviated or without marks → the communes of today that fit.
   Knows the 114 communes of Hải Phòng, what they were before 1 July 2025 and earlier, and a map of them. Needs no
   database; docs/place.md shows the smallest use.
   needs: http kernel page read search/words shell   shows: place_view */
#ifndef MODULES_PLACE_PLACE_H
#define MODULES_PLACE_PLACE_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/module.h"

struct form;
struct commune_options;
struct commune_map;

extern const struct module place_module;

/* A commune as it is today. */
struct place_commune {
    struct str code, type, name;
    struct str full;   /* type and name */
    struct str former; /* the province before 1 July 2025: "30" Hải Dương, "31" Hải Phòng */
    double km2;        /* the official area */
    int64_t people;
    struct str neighbours; /* codes, separated by spaces */
    struct str seat;
};

/* The tables, read from the program itself; lives in the arena. A third of a millisecond. */
struct place_index;
struct place_index *place_open(struct arena *a);

struct place_communes {
    const struct place_commune *at;
    size_t n; /* 114, in the order of their codes */
};
struct place_communes place_communes(const struct place_index *index);
const struct place_commune *place_commune(const struct place_index *index, struct str code); /* NULL: no such */

enum place_class {
    PLACE_UNKNOWN,   /* no commune is named, or none that the tables have */
    PLACE_SURE,      /* one commune fits all that is written */
    PLACE_AMBIGUOUS, /* several may be meant: ask, never choose */
    PLACE_OUTSIDE,   /* in another province */
};
struct place_found {
    enum place_class class;
    LIST(const struct place_commune *) communes; /* in the order of their codes */
    struct str province;                         /* of today, when outside */
    LIST(struct str) why;                        /* how it was read, a Vietnamese sentence each */
};
/* Reads the address, as of the day it was written ({0}: not known). Only the first 2,000 bytes are read. */
struct place_found place_find(const struct place_index *index, struct arena *a, struct str text,
                              struct date written_on);
const char *place_class_name(enum place_class c); /* "sure" "ambiguous" "outside" "unknown" */

/* A form's field for a commune is a FIELD_LINE, drawn by the part `commune`. The code of the commune that was typed or
   chosen, or empty, with a fault at the field: several fit (it names them), outside, unknown. Empty without a fault
   when nothing was typed. */
struct str place_field(const struct place_index *index, struct form *f, const char *name);
struct commune_options place_options(const struct place_index *index, struct arena *a);

/* The map with a value for each commune, in the order of place_communes; a value below 0 means none. Each shape is a
   link to path followed by its code; an empty path makes none. unit says what is counted: "văn bản". */
struct place_values {
    const int64_t *at;
    size_t n;
    struct str title, unit, path;
};
struct commune_map place_map(const struct place_index *index, struct arena *a, const struct place_values *values);

/* The map with a mark for each commune, in the order of place_communes: 1 to 5 are what words[0] … words[4] say (ended
   by an empty one), 0 is none. Marked shapes are links to path followed by their code. */
struct place_marks {
    const int *at;
    size_t n;
    const struct str *words;
    struct str none, title, path;
};
struct commune_map place_map_marked(const struct place_index *index, struct arena *a, const struct place_marks *marks);

/* The tables as they lie: communes.tsv, before.tsv. */
struct str place_communes_table(void);
struct str place_before_table(void);
#endif
