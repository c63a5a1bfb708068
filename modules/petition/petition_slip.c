/* The papers of a letter, made of slips.tsv as it stands on their day. Of a denunciation none tells who wrote. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "modules/petition/petition_forms.h"
#include "modules/petition/petition_pages_gen.h"

FACTS(petition_facts_slips, "modules/petition/slips.tsv");

enum { COLUMNS = 9 };
enum column { SLUG, TYPE, SINCE, NAME, SUBJECT, LAW, ARTICLE, CHECKED, LINES };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* The newest row of that paper in force on a day; one of the letter's own type before one of any. */
static bool row_find(struct str slug, struct str type, struct date on, struct str *found) {
    struct str rest = FACTS_STR(petition_facts_slips), line;
    struct date newest = {0};
    bool has_own = false, has_any = false;
    while (str_next(&rest, '\n', &line)) {
        struct str cells[COLUMNS] = {{0}}, left = line;
        struct date since;
        size_t n = 0;
        while (n < COLUMNS && str_next(&left, '\t', &cells[n])) {
            n++;
        }
        bool is_own = cells[TYPE].len && str_eq(cells[TYPE], type);
        bool fits = n == COLUMNS && line.at[0] != '#' && str_eq(cells[SLUG], slug) && (is_own || !cells[TYPE].len) &&
                    date_read_iso(cells[SINCE], &since) && date_cmp(since, on) <= 0;
        if (fits && is_own >= has_own && (is_own > has_own || !has_any || date_cmp(since, newest) >= 0)) {
            memcpy(found, cells, sizeof cells);
            newest = since;
            has_own = is_own;
            has_any = true;
        }
    }
    return has_any;
}

struct blank {
    const char *name;
    struct str value;
};
enum { BLANKS_MOST = 20 };
struct blanks {
    struct blank at[BLANKS_MOST];
    size_t n;
};

static void blank_add(struct blanks *b, const char *name, struct str value) {
    b->at[b->n++] = (struct blank){name, value.len ? value : S("…………………………")};
}

static struct str filled(struct arena *a, struct str text, const struct blanks *blanks) {
    struct buf b = buf_in(a);
    struct str before, rest, name;
    while (str_cut(text, S("{"), &before, &rest) && str_cut(rest, S("}"), &name, &text)) {
        buf_put(&b, before);
        for (size_t i = 0; i < blanks->n; i++) {
            buf_put(&b, is(name, blanks->at[i].name) ? blanks->at[i].value : S(""));
        }
    }
    buf_put(&b, text);
    return buf_str(&b);
}

static struct str day(struct arena *a, struct date d) { return d.year ? date_vi(a, d) : S(""); }

static struct str lacks_words(struct arena *a, struct str codes) {
    struct petition_reasons r = petition_reasons_of(a, codes);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < r.at.n; i++) {
        buf_printf(&b, "%.*s (%.*s). ", STR_ARG(petition_reason_words(r.at.at[i])),
                   STR_ARG(petition_reason_law(a, r.at.at[i])));
    }
    return r.at.n ? buf_str(&b) : S(" ");
}

static struct err blanks_fill(struct get *g, const struct petition_by_id_row *l, struct blanks *b) {
    struct petition_authors_rows authors;
    struct petition_transfers_rows sent;
    struct petition_files_rows files;
    struct arena *a = g->arena;
    TRY(petition_authors(g->db, (struct petition_authors_in){.letter = l->id}, &authors));
    TRY(petition_transfers(g->db, (struct petition_transfers_in){.letter = l->id}, &sent));
    TRY(petition_files(g->db, (struct petition_files_in){.letter = l->id}, &files));
    bool has_writer = authors.n && !l->is_protected;
    const struct petition_transfers_row *last = sent.n ? &sent.at[0] : NULL;
    struct str authority =
        l->authority.len ? l->authority : petition_word_or(petition_authorities, l->authority_kind, S(""));
    blank_add(b, "writer", has_writer ? authors.at[0].name : S(""));
    blank_add(b, "address", has_writer ? authors.at[0].address : S(""));
    blank_add(b, "organ", g->who->organ_name);
    blank_add(b, "title", l->title);
    blank_add(b, "number", str_format(a, "%lld/%lld", (long long)l->number, (long long)l->year));
    blank_add(b, "received", day(a, l->received_on));
    blank_add(b, "people", str_format(a, "%lld", (long long)l->people));
    blank_add(b, "files", str_format(a, "%zu", files.n));
    blank_add(b, "due", day(a, l->receipt_due_on));
    blank_add(b, "body", last ? last->body : authority);
    blank_add(b, "doc", last ? last->doc : S(""));
    blank_add(b, "sent", last ? day(a, last->sent_on) : S(""));
    blank_add(b, "authority", authority);
    blank_add(b, "lacks", lacks_words(a, l->lacks));
    blank_add(b, "reason", l->said);
    return OK;
}

/* Which papers a letter has by now. */
static bool has_slip(const struct petition_by_id_row *l, const char *slug) {
    if (strcmp(slug, "receipt") == 0) {
        return true;
    }
    bool is_sent = is(l->state, "transferred") || is(l->state, "replied");
    if (strcmp(slug, "transfer") == 0 || strcmp(slug, "urging") == 0) {
        return is(l->disposition, "transfer") || is_sent;
    }
    return (strcmp(slug, "guidance") == 0 && (is(l->disposition, "guide") || is(l->state, "guided"))) ||
           (strcmp(slug, "acceptance") == 0 && (is(l->disposition, "accept") || is(l->state, "accepted"))) ||
           (strcmp(slug, "refusal") == 0 && (is(l->disposition, "refuse") || is(l->state, "refused")));
}

static const struct slip_name {
    const char *slug;
    struct str label;
} slip_names[] = {{"receipt", S_INIT("Giấy biên nhận")},         {"transfer", S_INIT("Phiếu chuyển đơn")},
                  {"guidance", S_INIT("Phiếu hướng dẫn")},       {"acceptance", S_INIT("Thông báo thụ lý")},
                  {"refusal", S_INIT("Thông báo không thụ lý")}, {"urging", S_INIT("Công văn đôn đốc")}};
enum { SLIPS = sizeof slip_names / sizeof *slip_names };

void petition_slips_fill(struct arena *a, const struct petition_by_id_row *l, struct petition_show *v) {
    for (size_t i = 0; i < SLIPS; i++) {
        if (has_slip(l, slip_names[i].slug)) {
            LIST_ADD(a, &v->slips,
                     (struct petition_link){slip_names[i].label, link_local(a, "/petition/%lld/slip/%s",
                                                                            (long long)l->id.v, slip_names[i].slug)});
        }
    }
}

static const char *slug_of(struct str asked) {
    for (size_t i = 0; i < SLIPS; i++) {
        if (is(asked, slip_names[i].slug)) {
            return slip_names[i].slug;
        }
    }
    return NULL;
}

struct err petition_slip_get(struct get *g) {
    struct petition_letter_id id;
    struct petition_by_id_row *l;
    struct blanks blanks = {0};
    struct str row[COLUMNS] = {{0}}, rest, line;
    TRY(petition_of_path(g->request, &id));
    TRY(petition_for(g->db, id, g->who, CAN_READ, &l));
    const char *slug = slug_of(path_param(g->request, S("slip")));
    if (!slug || !has_slip(l, slug) || !row_find(str_of(slug), l->type, clock_today(), row)) {
        return FAIL(ERR_MISSING, "the letter has no such paper");
    }
    TRY(blanks_fill(g, l, &blanks));
    struct petition_slip_view v = {.organ = g->who->organ_name,
                                   .title = row[NAME],
                                   .subject = row[SUBJECT],
                                   .law = str_format(g->arena, "%.*s%s%.*s", STR_ARG(row[LAW]),
                                                     row[ARTICLE].len ? ", " : "", STR_ARG(row[ARTICLE])),
                                   .on = clock_today(),
                                   .back = link_record(g->arena, S("/petition/"), id.v, S("")),
                                   .is_unchecked = is(row[CHECKED], "no")};
    rest = row[LINES];
    while (str_next(&rest, '|', &line)) {
        LIST_ADD(g->arena, &v.lines, (struct petition_slip_line){filled(g->arena, line, &blanks), false});
    }
    return answer_petition_slip(g, &v);
}
