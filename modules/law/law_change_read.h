/* Within the rules of amendment only. */
#ifndef MODULES_LAW_LAW_CHANGE_READ_H
#define MODULES_LAW_LAW_CHANGE_READ_H
#include "modules/law/law_change.h"
#include "modules/law/law_change_why.h"

/* An instruction of one line: "Sửa đổi, bổ sung khoản 7, khoản 8 và bổ sung khoản 9 vào sau khoản 8 như sau:", and the
   block of quoted words behind it. mask: the instruction with all quoted words blanked out, byte for byte as long. */
struct change_says {
    struct str words, mask;
    struct str block; /* between the block's marks; '' none */
    bool has_block;
};

/* One verb with what it is said of. */
struct change_part {
    enum law_op op;
    bool is_phrase; /* words within places, not places */
    size_t from, to;
};
enum { CHANGE_PARTS_MOST = 64 };
struct change_parts {
    struct change_part at[CHANGE_PARTS_MOST];
    size_t n;
};

struct change_place {
    struct str eid;
    size_t part;
    enum law_why why;
    struct law_cite_doc doc; /* when the place says its own document */
    bool has_doc;
};
struct change_places {
    LIST(struct change_place) all;
};

/* The next instruction of a text with its block; false at the end. */
bool change_says_next(struct arena *a, struct str text, size_t *at, struct change_says *says);
/* A quotation opening at or after from: its first byte inside and the one after its last. False when none is left. */
bool change_quote(struct str text, size_t from, size_t *open, size_t *close);
struct str change_mask(struct arena *a, struct str text);

/* The verb words begin with; false when they begin with none. */
bool change_verb(struct str words, size_t at, enum law_op *op, size_t *end);
void change_parts(const struct change_says *says, struct change_parts *parts);
/* The places of all parts. context: the eid the line stands for ('' none). */
void change_places(struct arena *a, const struct change_says *says, const struct change_parts *parts,
                   struct str context, struct change_places *places);
/* The one place an instruction speaks of as a whole, for the lines below it: "một số khoản của Điều 34". */
struct str change_context(struct arena *a, struct str mask, struct str context);

/* The piece of a block that begins with a place's label; to the next of the places. False when there is none. */
bool change_piece(struct str block, const struct change_places *places, size_t nth, struct str *piece);
/* "Điều 4a. Tên điều" at the begin of a piece: its heading. */
struct str change_heading(struct str piece);

/* Days, and documents that end as a whole. */
void change_days(struct arena *a, struct law_change_lines lines, struct law_changes *found);
void change_wholes(struct arena *a, struct law_change_lines lines, struct law_changes *found);
#endif
