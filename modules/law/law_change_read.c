/* The rules: line by line, an instruction in an article that amends gives changes of the places it names. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/law/law_change_read.h"
#include "modules/law/law_cite_inside.h"

/* What a line passes on to the lines below it. */
struct level {
    struct str eid; /* of the line */
    struct law_cite_doc target;
    bool has_target;
    struct str context; /* place in the target */
    enum law_op op;
    bool has_op;
    bool is_phrase;
};
enum { DEPTH = 12 };
struct walk {
    struct arena *arena;
    struct law_change_lines lines;
    struct law_changes *found;
    struct level stack[DEPTH];
    size_t depth;
};

static bool is_below(struct str eid, struct str above) {
    return above.len && str_starts(eid, above) && str_starts(str_slice(eid, above.len, eid.len), S("__"));
}

static struct level *level_enter(struct walk *w, struct str eid) {
    while (w->depth > 1 && !is_below(eid, w->stack[w->depth - 1].eid)) {
        w->depth--;
    }
    struct level above = w->stack[w->depth - 1];
    if (w->depth < DEPTH) {
        w->depth++;
    }
    struct level *l = &w->stack[w->depth - 1];
    *l = above;
    l->eid = eid;
    return l;
}

/* The document an instruction amends: the first it names before any history. */
static bool target_of(struct arena *a, struct str mask, struct law_cite_doc *target) {
    struct law_cites found;
    law_cite_find(a, utf8_cut(mask, 3000), S(""), &found);
    for (size_t i = 0; i < found.docs.n; i++) {
        if (!found.docs.at[i].is_weak || found.docs.at[i].year) {
            *target = found.docs.at[i];
            return true;
        }
    }
    return false;
}

static void change_add(struct walk *w, const struct level *l, size_t line, struct law_change c) {
    c.line = line;
    if (!c.has_target) {
        c.target = l->target;
        c.has_target = l->has_target;
    }
    if (!c.why.len && !c.has_target) {
        c.why = law_why_words(LAW_WHY_NO_TARGET);
    }
    *LIST_PUSH(w->arena, &w->found->changes) = c;
}

static bool says_name(struct str words, struct str eid) {
    size_t at = str_find(words, S("tên "), 0);
    return at != SIZE_MAX && at < 40 && str_find(eid, S("__cl_"), 0) == SIZE_MAX;
}

/* New words of a place from the block behind the instruction. */
static enum law_why words_take(const struct change_says *says, const struct change_places *places, size_t nth,
                               struct law_change *c) {
    struct str piece;
    if (!says->has_block || !str_trim(says->block).len) {
        return LAW_WHY_NO_WORDS;
    }
    if (says_name(says->words, c->eid)) {
        c->heading = change_heading(str_trim(says->block));
        c->heading = c->heading.len ? c->heading : str_trim(says->block);
        return LAW_WHY_SURE;
    }
    if (change_piece(says->block, places, nth, &piece)) {
        c->new_text = piece;
        c->heading = change_heading(piece);
        return LAW_WHY_SURE;
    }
    c->new_text = str_trim(says->block);
    bool is_lead = str_find(says->words, S("đoạn"), 0) != SIZE_MAX;
    return is_lead && places->all.n == 1 ? LAW_WHY_SURE : LAW_WHY_LABEL;
}

static enum law_why phrase_why(struct arena *a, struct str evidence) {
    struct law_phrase_pairs pairs;
    law_change_phrases(a, evidence, &pairs);
    bool is_many_removed = pairs.pairs.n > 1 && pairs.pairs.at[0].kind == LAW_PHRASE_REMOVE;
    return pairs.pairs.n == 1 || is_many_removed ? LAW_WHY_SURE : LAW_WHY_PHRASES;
}

static bool is_sure_kind(enum law_op op) {
    return op == LAW_AMEND || op == LAW_SUPPLEMENT || op == LAW_REPEAL || op == LAW_REPLACE;
}

static void places_add(struct walk *w, const struct level *l, size_t line, const struct change_says *says,
                       const struct change_parts *parts, const struct change_places *places) {
    for (size_t i = 0; i < places->all.n; i++) {
        const struct change_place *p = &places->all.at[i];
        const struct change_part *part = &parts->at[p->part];
        struct law_change c = {
            .op = part->op, .eid = p->eid, .heading = S(""), .new_text = S(""), .evidence = says->words};
        enum law_why why = p->why;
        c.target = p->doc;
        c.has_target = p->has_doc;
        if (part->is_phrase) {
            c.evidence = str_trim(str_slice(says->words, part->from, part->to));
            c.op = LAW_AMEND;
            why = why ? why : phrase_why(w->arena, c.evidence);
        } else if (part->op == LAW_AMEND || part->op == LAW_SUPPLEMENT || part->op == LAW_REPLACE) {
            enum law_why words = words_take(says, places, i, &c);
            why = why ? why : words;
            c.op = part->op == LAW_REPLACE ? LAW_AMEND : part->op;
        }
        why = why || is_sure_kind(part->op) ? why : LAW_WHY_KIND;
        c.why = law_why_words(why);
        change_add(w, l, line, c);
    }
}

static bool has_verb(struct str words) {
    enum law_op op;
    size_t end;
    return change_verb(str_trim(words), 0, &op, &end);
}

/* Whether lines below this one give the instructions it announces. */
static bool is_container(const struct walk *w, size_t line, const struct change_says *says) {
    bool has_child = line + 1 < w->lines.n && is_below(w->lines.at[line + 1].eid, w->lines.at[line].eid);
    return has_child && !says->has_block && (str_ends(says->words, S(":")) || has_verb(w->lines.at[line + 1].text));
}

/* "a) Khoản 1 Điều 3;" below "Bãi bỏ các khoản sau đây:": said as if the verb stood before it. */
static bool parts_inherit(const struct level *above, const struct change_says *says, struct change_parts *parts) {
    if (!above->has_op || !says->words.len) {
        return false;
    }
    parts->n = 1;
    parts->at[0] = (struct change_part){
        .op = above->op, .is_phrase = above->is_phrase && says->words.len != 0, .from = 0, .to = says->mask.len};
    return true;
}

static void target_take(struct walk *w, struct level *l, struct str mask) {
    struct law_cite_doc target;
    if (target_of(w->arena, mask, &target)) {
        l->target = target;
        l->has_target = true;
        l->context = S("");
    }
}

static void says_read(struct walk *w, struct level *l, size_t line, const struct change_says *says) {
    struct change_parts parts;
    struct change_places places;
    struct level above = w->depth > 1 ? w->stack[w->depth - 2] : *l;
    change_parts(says, &parts);
    if (!parts.n && !parts_inherit(&above, says, &parts)) {
        return;
    }
    target_take(w, l, says->mask);
    if (is_container(w, line, says)) {
        l->context = change_context(w->arena, says->mask, l->context);
        l->op = parts.at[0].op;
        l->is_phrase = parts.at[0].is_phrase;
        l->has_op = true;
        return;
    }
    change_places(w->arena, says, &parts, l->context, &places);
    places_add(w, l, line, says, &parts, &places);
}

static bool has_instruction(struct str heading) {
    return has_verb(heading) && str_find(heading, S("một số"), 0) == SIZE_MAX &&
           (str_find(heading, S("như sau"), 0) != SIZE_MAX || str_starts(heading, S("Bãi bỏ")) ||
            str_starts(heading, S("Thay")));
}

static void line_read(struct walk *w, size_t i) {
    const struct law_change_line *x = &w->lines.at[i];
    struct level *l = level_enter(w, x->eid);
    struct change_says says;
    size_t at = 0;
    struct str heading = str_trim(x->heading), text = x->text;
    if (has_verb(heading)) {
        target_take(w, l, change_mask(w->arena, heading));
        l->context = change_context(w->arena, heading, S(""));
        /* "Điều 3. Bãi bỏ Điều 9 của Luật …" has no words but its heading. */
        if (has_instruction(heading)) {
            text = str_format(w->arena, "%.*s\n%.*s", STR_ARG(heading), STR_ARG(text));
        }
    }
    while (change_says_next(w->arena, text, &at, &says)) {
        says_read(w, l, i, &says);
    }
}

void law_change_find(struct arena *a, struct law_change_lines lines, struct str title, struct law_changes *found) {
    *found = (struct law_changes){0};
    struct walk w = {.arena = a, .lines = lines, .found = found, .depth = 1};
    if (str_find(utf8_fold(a, title), S("sua doi"), 0) != SIZE_MAX ||
        str_find(utf8_fold(a, title), S("bai bo"), 0) != SIZE_MAX) {
        target_take(&w, &w.stack[0], title);
    }
    for (size_t i = 0; i < lines.n; i++) {
        line_read(&w, i);
    }
    change_wholes(a, lines, found);
    change_days(a, lines, found);
}
