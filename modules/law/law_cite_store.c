/* Keeps the references of a work's words, and what it says of other works as a whole. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/law/law_cite.h"
#include "modules/law/law_cite_queries.h"
#include "modules/law/law_change_read.h"

#include <string.h>

enum { EVIDENCE_MOST = 400, TABLE = 1 << 13, SAID_WHOLE = 95, NEW_MOST = 200 };

/* A document met in this work, resolved once. */
struct met {
    struct str key; /* number or name key */
    struct law_cite_work work;
    bool is_kept; /* in a relation "refers" already */
};

/* What an instruction is about, for those below it: "2. Sửa đổi, bổ sung một số khoản của Điều 34 như sau:". */
enum { AIMS = 10 };
struct aim {
    struct str eid; /* of the instruction */
    struct str at;  /* the place in the amended work; '' not said */
};

struct keeper {
    struct db_write *db;
    struct arena *arena;
    struct law_work_id work;
    struct law_cite_work_head_row *head;
    struct law_cite_words_rows words;
    LIST(struct met) met;
    uint32_t places[TABLE];      /* index into words + 1, by hash of the eid */
    struct law_cite_doc amended; /* what places without a document are of, below scope */
    struct str scope;            /* the place that says so; '' nothing does */
    bool is_amending;            /* not only in detail */
    bool is_transition;          /* the article is about what was before, or about what ends */
    struct aim aims[AIMS];       /* of the instructions above the one being read */
    size_t aims_n;
};

static size_t place_slot(const struct keeper *k, struct str eid) {
    size_t slot = str_hash(eid) & (TABLE - 1), tries = 0;
    while (k->places[slot] && !str_eq(k->words.at[k->places[slot] - 1].eid, eid) && tries++ < TABLE) {
        slot = (slot + 1) & (TABLE - 1);
    }
    return slot;
}

static void places_fill(struct keeper *k) {
    for (size_t i = 0; i < k->words.n && i < TABLE / 2; i++) {
        k->places[place_slot(k, k->words.at[i].eid)] = (uint32_t)i + 1;
    }
}

static bool has_place(const struct keeper *k, struct str eid) {
    return k->words.n > TABLE / 2 || k->places[place_slot(k, eid)] != 0;
}

static struct err resolve(struct keeper *k, const struct law_cite_doc *doc, struct met **out) {
    struct str key = doc->key.len ? doc->key : law_cite_name_key(k->arena, doc);
    for (size_t i = 0; i < k->met.n; i++) {
        if (str_eq(k->met.at[i].key, key)) {
            *out = &k->met.at[i];
            return OK;
        }
    }
    struct law_cite_work work;
    TRY(law_cite_resolve(db_reading(k->db), doc, k->head->issued_on, &work));
    LIST_ADD(k->arena, &k->met, (struct met){.key = key, .work = work});
    *out = &k->met.at[k->met.n - 1];
    return OK;
}

/* A place of the own work. In a regulation that came with the paper its own articles come first. */
static struct str own_eid(struct keeper *k, const struct law_cite *c, struct str at) {
    struct str first, rest;
    if (!str_starts(at, S("annex_")) || str_starts(c->eid, S("annex_")) || !str_cut(at, S("__"), &first, &rest)) {
        return c->eid;
    }
    struct str inside = str_format(k->arena, "%.*s__%.*s", STR_ARG(first), STR_ARG(c->eid));
    return has_place(k, inside) ? inside : c->eid;
}

static struct err xref_add(struct keeper *k, struct law_version_id version, const struct law_cite *c,
                           struct law_xref_add_in in) {
    in.id = (struct law_xref_id){id_new()};
    in.version = version;
    in.from_byte = (int64_t)c->from;
    in.to_byte = in.to_byte ? in.to_byte : (int64_t)c->to;
    in.to_last_eid = c->last_eid;
    in.mode = in.mode.len ? in.mode : S("reading");
    return law_xref_add(k->db, in, NULL);
}

static bool is_within(struct str eid, struct str above) {
    return above.len && str_starts(eid, above) &&
           (eid.len == above.len || str_starts(str_slice(eid, above.len, eid.len), S("__")));
}

/* New wording stands nowhere on the day it is enacted: "bổ sung khoản 2a vào sau khoản 2". */
static bool is_new_place(struct str text, const struct law_cite *c) {
    struct str line = str_slice(text, c->to, c->to + NEW_MOST), rest;
    str_cut(line, S("\n"), &line, &rest);
    bool is_before_after = str_find(line, S("vào sau"), 0) != SIZE_MAX || str_find(line, S("vào trước"), 0) != SIZE_MAX;
    struct str before = str_slice(text, c->from > 20 ? c->from - 20 : 0, c->from);
    return is_before_after || ((str_ends(before, S("ổ sung ")) || str_ends(before, S("ổ sung các "))) &&
                               str_find(before, S("ửa đổi"), 0) == SIZE_MAX);
}

/* Which words of another work are meant: those of the reader's day, or those that stood when this one was enacted. An
   instruction speaks of the words it changes, a transitional provision or one that ends an act of those that were. */
static struct str mode_of(const struct keeper *k, const struct law_cite_words_row *w, const struct law_cite *c) {
    bool is_old =
        k->is_amending && is_within(w->eid, k->scope) ? !c->is_quoted && !is_new_place(w->text, c) : k->is_transition;
    return is_old ? S("enactment") : S("reading");
}

static struct err keep_own(struct keeper *k, const struct law_cite_words_row *w, const struct law_cite *c) {
    struct str eid = own_eid(k, c, w->eid);
    return xref_add(k, w->id, c,
                    (struct law_xref_add_in){
                        .to_work = k->work, .to_eid = eid, .confidence = has_place(k, eid) ? c->confidence : 30});
}

static struct err relation_add(struct keeper *k, struct str type, const struct met *met, const struct law_cite_doc *doc,
                               struct law_provision_id from, struct str evidence) {
    if (met->work.id.v == k->work.v) {
        return OK;
    }
    return law_cite_relation_add(k->db,
                                 (struct law_cite_relation_add_in){.id = {id_new()},
                                                                   .type = type,
                                                                   .from_work = k->work,
                                                                   .from_provision = from,
                                                                   .to_work = met->work.id,
                                                                   .to_code = doc->code.len ? doc->code : doc->name,
                                                                   .to_key = met->key,
                                                                   .to_eid = S(""),
                                                                   .evidence = evidence,
                                                                   .made_at = clock_now()},
                                 NULL);
}

/* The words around a reference, cut at characters. */
static struct str around(struct str text, size_t from, size_t to) {
    size_t low = from > 120 ? from - 120 : 0,
           high = to + EVIDENCE_MOST / 2 < text.len ? to + EVIDENCE_MOST / 2 : text.len;
    while (low > 0 && ((unsigned char)text.at[low] & 0xC0) == 0x80) {
        low--;
    }
    while (high < text.len && ((unsigned char)text.at[high] & 0xC0) == 0x80) {
        high++;
    }
    return str_slice(text, low, high);
}

static struct err keep_doc(struct keeper *k, const struct law_cite_words_row *w, const struct law_cite *c,
                           const struct law_cite_doc *doc) {
    struct met *met;
    TRY(resolve(k, doc, &met));
    if (doc->is_weak && !met->work.id.v) {
        return OK;
    }
    if (!met->is_kept) {
        met->is_kept = true;
        TRY(relation_add(k, S("refers"), met, doc, w->provision, around(w->text, c->from, c->to)));
    }
    /* The name in the library says how far the words of a name go. */
    bool is_doc = c->from == doc->from && !c->eid.len;
    size_t named = is_doc && met->work.is_by_name && !doc->year ? doc->from + met->work.taken : 0;
    return xref_add(k, w->id, c,
                    (struct law_xref_add_in){.to_byte = (int64_t)named,
                                             .to_work = met->work.id,
                                             .to_eid = c->eid,
                                             .to_code = doc->code.len ? doc->code : doc->name,
                                             .to_key = met->key,
                                             .mode = mode_of(k, w, c),
                                             .confidence = met->work.id.v ? c->confidence : 50});
}

static struct err keep_cite(struct keeper *k, const struct law_cite_words_row *w, const struct law_cites *found,
                            const struct law_cite *c) {
    if (c->whose == LAW_CITE_DOC) {
        return keep_doc(k, w, c, &found->docs.at[c->doc - 1]);
    }
    /* Quoted new wording speaks for the law it goes into: "Điều này" there is no place of this one. So does an
       instruction that leaves out the article it is about. */
    bool is_theirs = c->whose == LAW_CITE_UNSAID || (k->is_amending && !c->is_quoted && c->confidence < SAID_WHOLE);
    if (k->scope.len && is_theirs) {
        return keep_doc(k, w, c, &k->amended);
    }
    return c->is_quoted ? OK : keep_own(k, w, c);
}

static bool says_amending(struct str words) {
    static const struct str verbs[] = {S_INIT("Sửa đổi"),  S_INIT("Bổ sung"),     S_INIT("Bãi bỏ"),
                                       S_INIT("Thay thế"), S_INIT("Thay cụm từ"), S_INIT("Đính chính"),
                                       S_INIT("Bỏ ")};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (str_starts(words, verbs[i])) {
            return true;
        }
    }
    return false;
}

/* "Nghị định này quy định chi tiết một số điều của Luật X về:" and below it "khoản 2 Điều 5;". */
static bool says_detailing(struct str words) {
    return str_ends(words, S(":")) &&
           (str_find(words, S("quy định chi tiết"), 0) != SIZE_MAX || str_find(words, S("hướng dẫn"), 0) != SIZE_MAX);
}

/* "Điều 7. Sửa đổi, bổ sung một số điều của Luật Đường bộ": places in it without a document are that law's. */
static bool is_of_before(struct str heading) {
    static const struct str words[] = {
        S_INIT("huyển tiếp"),      S_INIT("iệu lực thi hành"), S_INIT("iều khoản thi hành"), S_INIT("ãi bỏ, thay thế"),
        S_INIT("hay thế, bãi bỏ"), S_INIT("ãi bỏ một số"),     S_INIT("ãi bỏ các văn bản"),  S_INIT("hay thế một số")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_find(heading, words[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static void scope_begin(struct keeper *k, const struct law_cite_words_row *w) {
    struct law_cites found;
    bool is_article = str_eq(w->level, S("article"));
    k->is_transition = is_article ? is_of_before(w->heading) : k->is_transition;
    struct str says = str_trim(is_article && w->heading.len ? w->heading : w->text);
    if (!is_within(w->eid, k->scope)) {
        k->scope = S("");
        k->is_amending = false;
        k->aims_n = 0;
    }
    bool amends = is_article && says_amending(says);
    says = amends ? says : str_trim(w->text);
    if (k->is_amending || (!amends && !says_detailing(says))) {
        return;
    }
    law_cite_find(k->arena, utf8_cut(says, 1500), S(""), &found);
    if (found.docs.n) {
        k->amended = found.docs.at[0];
        k->scope = w->eid;
        k->is_amending = amends;
    }
}

/* Where the words of a place stand: in this work, or, in an instruction, in the work it amends. */
static struct str place_of(struct keeper *k, const struct law_cite_words_row *w) {
    if (!k->is_amending) {
        return w->eid;
    }
    while (k->aims_n && !is_within(w->eid, k->aims[k->aims_n - 1].eid)) {
        k->aims_n--;
    }
    struct str above = k->aims_n ? k->aims[k->aims_n - 1].at : S("");
    if (k->aims_n < AIMS) {
        struct str says = str_trim(w->text.len ? w->text : w->heading);
        k->aims[k->aims_n++] =
            (struct aim){w->eid, change_context(k->arena, change_mask(k->arena, utf8_cut(says, 1500)), above)};
    }
    return above;
}

static struct err keep_words(struct keeper *k) {
    for (size_t i = 0; i < k->words.n; i++) {
        const struct law_cite_words_row *w = &k->words.at[i];
        struct law_cites found;
        scope_begin(k, w);
        law_cite_find(k->arena, w->text, place_of(k, w), &found);
        for (size_t c = 0; c < found.cites.n; c++) {
            TRY(keep_cite(k, w, &found, &found.cites.at[c]));
        }
    }
    return OK;
}

static struct err keep_basis(struct keeper *k) {
    struct str rest = k->head->preamble, line;
    while (str_next(&rest, '\n', &line)) {
        struct law_cites found;
        line = str_trim(line);
        if (!str_starts(line, S("Căn cứ"))) {
            continue;
        }
        law_cite_find(k->arena, line, S(""), &found);
        for (size_t i = 0; i < found.docs.n; i++) {
            struct met *met;
            TRY(resolve(k, &found.docs.at[i], &met));
            if (met->work.id.v || !found.docs.at[i].is_weak) {
                TRY(relation_add(k, S("based_on"), met, &found.docs.at[i], (struct law_provision_id){0}, line));
            }
        }
    }
    return OK;
}

/* What a title does to the documents it names. Amending, repealing, replacing and suspending come from events. */
static struct str title_type(struct arena *a, struct str title) {
    static const struct {
        struct str words, type;
    } ways[] = {
        {S_INIT("quy dinh chi tiet"), S_INIT("details")},
        {S_INIT("quy dinh mot so dieu"), S_INIT("details")},
        {S_INIT("huong dan"), S_INIT("guides")},
        {S_INIT("dinh chinh"), S_INIT("corrects")},
        {S_INIT("dinh chi"), S_INIT("halts")},
        {S_INIT("giai thich"), S_INIT("explains")},
        {S_INIT("cong bo"), S_INIT("publishes")},
        {S_INIT("hop nhat"), S_INIT("consolidates")},
    };
    struct str folded = utf8_fold(a, title);
    struct str type = S("");
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t at = str_find(folded, ways[i].words, 0);
        type = at < first ? ways[i].type : type;
        first = at < first ? at : first;
    }
    return type;
}

static struct err keep_title(struct keeper *k) {
    struct str type = title_type(k->arena, k->head->title);
    struct law_cites found;
    if (!type.len) {
        return OK;
    }
    law_cite_find(k->arena, k->head->title, S(""), &found);
    for (size_t i = 0; i < found.docs.n; i++) {
        struct met *met;
        TRY(resolve(k, &found.docs.at[i], &met));
        if (met->work.id.v || !found.docs.at[i].is_weak) {
            TRY(relation_add(k, type, met, &found.docs.at[i], (struct law_provision_id){0}, k->head->title));
        }
    }
    return OK;
}

struct err law_cite_store(struct db_write *db, struct law_work_id work) {
    struct arena *scratch = arena_new();
    struct keeper *k = arena_take(scratch, struct keeper, 1);
    *k = (struct keeper){.db = db, .arena = scratch, .work = work};
    struct err e = law_cite_work_head(db_reading(db), (struct law_cite_work_head_in){.id = work}, &k->head);
    e = e.why || k->head ? e : FAIL(ERR_MISSING, "no such work");
    e = e.why ? e : law_cite_words(db_reading(db), (struct law_cite_words_in){.work = work}, &k->words);
    e = e.why ? e : law_xref_clear(db, (struct law_xref_clear_in){.work = work}, NULL);
    e = e.why ? e : law_cite_relations_clear(db, (struct law_cite_relations_clear_in){.from_work = work}, NULL);
    if (!e.why) {
        places_fill(k);
        e = keep_words(k);
    }
    e = e.why ? e : keep_basis(k);
    e = e.why ? e : keep_title(k);
    arena_free(scratch);
    return e.why ? e : law_cite_arrived(db, work);
}
