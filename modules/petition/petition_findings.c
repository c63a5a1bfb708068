/* What was read of a letter beside the words it came from, and what the same person sent before, side by side. */
#include "modules/petition/petition_forms.h"
#include "modules/petition/petition_pages_gen.h"
#include "modules/place/place.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum { ALIKE_MOST = 12, SENTENCE_LEAST = 24, SIDE_MOST = 200000 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct str label_of(struct str name) {
    static const struct petition_word labels[] = {{S_INIT("type"), S_INIT("Loại đơn")},
                                                  {S_INIT("lacks"), S_INIT("Điều kiện")},
                                                  {S_INIT("place"), S_INIT("Địa bàn")},
                                                  {S_INIT("authority"), S_INIT("Thẩm quyền")},
                                                  {S_INIT("topic"), S_INIT("Lĩnh vực")},
                                                  {S_INIT("written_on"), S_INIT("Ngày viết đơn")},
                                                  {S_INIT("disposition"), S_INIT("Đề xuất xử lý")},
                                                  {S_INIT(""), S_INIT("")}};
    return petition_word(labels, name);
}

static struct str lacks_shown(struct arena *a, struct str codes) {
    struct petition_reasons r = petition_reasons_of(a, codes);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < r.at.n; i++) {
        buf_put(&b, i ? S("; ") : S(""));
        buf_put(&b, petition_reason_words(r.at.at[i]));
    }
    return r.at.n ? buf_str(&b) : S("Đủ điều kiện");
}

static struct str authority_shown(struct arena *a, struct str value) {
    struct str kind, org;
    str_cut(value, S("|"), &kind, &org);
    struct str name = petition_word_or(petition_authorities, kind, S("Chưa rõ"));
    return org.len ? str_format(a, "%.*s", STR_ARG(org)) : name;
}

static struct str shown_of(struct arena *a, struct str name, struct str value) {
    struct date day;
    if (is(name, "lacks")) {
        return lacks_shown(a, value);
    }
    if (is(name, "authority")) {
        return authority_shown(a, value);
    }
    if (is(name, "written_on")) {
        return date_read_iso(value, &day) ? date_vi(a, day) : S("Không ghi ngày");
    }
    if (is(name, "place")) {
        return value.len ? petition_place_name(place_open(a), value) : S("Chưa rõ");
    }
    const struct petition_word *words = is(name, "type")    ? petition_types
                                        : is(name, "topic") ? petition_topics
                                                            : petition_dispositions;
    return petition_word_or(words, value, S("Chưa rõ"));
}

/* The articles a letter is not eligible by, as dated in reasons.tsv. */
static struct str law_of(struct arena *a, struct str name, struct str value) {
    struct petition_reasons r = petition_reasons_of(a, value);
    return is(name, "lacks") && r.at.n ? petition_reason_law(a, r.at.at[0]) : S("");
}

static bool has_reason(const struct petition_reasons *had, enum petition_reason reason) {
    for (size_t k = 0; k < had->at.n; k++) {
        if (had->at.at[k] == reason) {
            return true;
        }
    }
    return false;
}

static void options_fill(struct arena *a, struct str value, struct petition_finding_view *f) {
    const struct petition_word *words = f->is_authority              ? petition_authorities
                                        : is(f->name, "type")        ? petition_types
                                        : is(f->name, "topic")       ? petition_topics
                                        : is(f->name, "disposition") ? petition_dispositions
                                                                     : NULL;
    for (const struct petition_word *w = words; w && w->code.len; w++) {
        LIST_ADD(a, &f->options, (struct petition_option){w->code, w->name, str_eq(w->code, f->kind)});
    }
    struct petition_reasons had = petition_reasons_of(a, value);
    for (int i = 0; f->is_lacks && i < REASONS; i++) {
        enum petition_reason reason = (enum petition_reason)i;
        LIST_ADD(a, &f->options,
                 (struct petition_option){petition_reason_code(reason), petition_reason_words(reason),
                                          has_reason(&had, reason)});
    }
}

static struct petition_finding_view finding_view(struct arena *a, const struct petition_findings_row *r) {
    struct str now = r->decided_by ? r->kept : r->value;
    struct date day;
    struct petition_finding_view f = {.name = r->name,
                                      .label = label_of(r->name),
                                      .value = r->value,
                                      .shown = shown_of(a, r->name, now),
                                      .law = law_of(a, r->name, now),
                                      .is_sure = r->is_sure,
                                      .is_decided = r->decided_by != 0,
                                      .is_place = is(r->name, "place"),
                                      .is_day = is(r->name, "written_on"),
                                      .is_authority = is(r->name, "authority"),
                                      .is_lacks = is(r->name, "lacks"),
                                      .kind = now};
    if (r->decided_by && !str_eq(r->kept, r->value)) {
        f.words = str_format(a, "Máy đọc: %.*s", STR_ARG(shown_of(a, r->name, r->value)));
    }
    if (f.is_authority) {
        str_cut(now, S("|"), &f.kind, &f.org);
    }
    if (f.is_day && date_read_iso(now, &day)) {
        f.day_text = date_vi(a, day);
    }
    f.is_pick = !f.is_place && !f.is_day && !f.is_lacks;
    options_fill(a, now, &f);
    return f;
}

/* A stretch of the shown text and the finding it belongs to. */
struct stretch {
    size_t from, to;
    int64_t n;
};
struct stretches {
    LIST(struct stretch) at;
};

static int stretch_order(const void *a, const void *b) {
    const struct stretch *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

#define PIECES_FILL(a_, text_, spans_, list_)                                                                          \
    do {                                                                                                               \
        size_t done_ = 0;                                                                                              \
        list_sort((spans_)->at.at, (spans_)->at.n, sizeof *(spans_)->at.at, stretch_order);                            \
        for (size_t i_ = 0; i_ < (spans_)->at.n; i_++) {                                                               \
            const struct stretch *s_ = &(spans_)->at.at[i_];                                                           \
            if (s_->from < done_) {                                                                                    \
                continue;                                                                                              \
            }                                                                                                          \
            LIST_ADD((a_), (list_), (struct petition_piece){str_slice((text_), done_, s_->from), 0});                  \
            LIST_ADD((a_), (list_), (struct petition_piece){str_slice((text_), s_->from, s_->to), s_->n});             \
            done_ = s_->to;                                                                                            \
        }                                                                                                              \
        LIST_ADD((a_), (list_), (struct petition_piece){str_slice((text_), done_, (text_).len), 0});                   \
    } while (0)

static bool is_apart(const struct stretches *all, size_t from, size_t to) {
    for (size_t i = 0; i < all->at.n; i++) {
        if (from < all->at.at[i].to && to > all->at.at[i].from) {
            return false;
        }
    }
    return true;
}

struct err petition_findings_fill(struct get *g, const struct petition_by_id_row *l, struct petition_show *v) {
    struct petition_findings_rows rows;
    struct stretches spans = {0};
    bool is_back = g->form && str_ends(g->path, S("/finding"));
    TRY(petition_findings(g->db, (struct petition_findings_in){.letter = l->id}, &rows));
    int64_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        struct petition_finding_view f = finding_view(g->arena, &rows.at[i]);
        size_t from = rows.at[i].seen.len ? str_find(l->working, rows.at[i].seen, 0) : SIZE_MAX;
        if (from != SIZE_MAX && is_apart(&spans, from, from + rows.at[i].seen.len)) {
            f.n = ++n;
            LIST_ADD(g->arena, &spans.at, (struct stretch){from, from + rows.at[i].seen.len, n});
        }
        v->unsure += !f.is_sure && !f.is_decided;
        v->decided += f.is_decided;
        LIST_ADD(g->arena, &v->findings, f);
    }
    PIECES_FILL(g->arena, l->working, &spans, &v->pieces);
    v->judge = form_begin_at(g->arena, petition_finding_fields, is_back ? g->form : NULL, l->version);
    struct commune_options communes = place_options(place_open(g->arena), g->arena);
    for (size_t i = 0; v->may_manage && i < communes.n; i++) {
        LIST_ADD(
            g->arena, &v->places,
            (struct petition_option){communes.at[i].code, communes.at[i].label, str_eq(communes.at[i].code, l->place)});
    }
    return OK;
}

/* ---- The same person's letters */

static void read_of(struct get *g, struct str text, struct str channel, struct date on, struct petition_reading *r) {
    struct petition_letter letter = {.bytes = text, .channel = channel, .received_by = S("city"), .received_on = on};
    petition_read(petition_tables_here(g->arena), g->arena, &letter, r);
}

static struct petition_same_view same_view(struct get *g, const struct petition_by_id_row *l,
                                           const struct petition_alike_row *r) {
    return (struct petition_same_view){
        .link = link_record(g->arena, S("/petition/"), r->id.v, S("")),
        .beside = link_local(g->arena, "/petition/%lld/same/%lld", (long long)l->id.v, (long long)r->id.v),
        .title = r->title,
        .number = r->number,
        .received_on = r->received_on,
        .state_name = petition_word(petition_states, r->state),
        .is_same_case = r->of_case.v == l->of_case.v};
}

struct err petition_alike_fill(struct get *g, const struct petition_by_id_row *l, struct petition_show *v) {
    struct petition_alike_rows rows;
    struct petition_reading mine = {0};
    TRY(petition_alike(g->db,
                       (struct petition_alike_in){.organ = l->organ,
                                                  .id = l->id,
                                                  .is_protected = l->is_protected,
                                                  .name_key = l->name_key,
                                                  .phone_key = l->phone_key,
                                                  .post = g->who->post.v,
                                                  .most = ALIKE_MOST},
                       &rows));
    if (rows.n) {
        read_of(g, l->text, l->channel, l->received_on, &mine);
    }
    for (size_t i = 0; i < rows.n; i++) {
        struct petition_reading other;
        read_of(g, rows.at[i].text, rows.at[i].channel, rows.at[i].received_on, &other);
        struct petition_same_view s = same_view(g, l, &rows.at[i]);
        s.score = petition_same(&mine, &other);
        if (s.is_same_case) {
            LIST_ADD(g->arena, &v->of_case, s);
        } else if (petition_is_same(&mine, &other)) {
            LIST_ADD(g->arena, &v->alike, s);
        }
    }
    return OK;
}

/* Sentences of text that stand in the other too, marks and capitals aside. */
static void shared_find(struct arena *a, struct str text, struct str other, struct stretches *out) {
    struct str folded = utf8_fold(a, other);
    size_t at = 0;
    while (at < text.len) {
        size_t end = at;
        while (end < text.len && text.at[end] != '\n' && text.at[end] != '.' && text.at[end] != ';') {
            end++;
        }
        struct str sentence = utf8_fold(a, str_trim(str_slice(text, at, end)));
        if (sentence.len >= SENTENCE_LEAST && str_find(folded, sentence, 0) != SIZE_MAX) {
            LIST_ADD(a, &out->at, (struct stretch){at, end, 1});
        }
        at = end + 1;
    }
}

static struct err side_fill(struct get *g, const struct petition_by_id_row *l, struct str other,
                            struct petition_side *v) {
    struct petition_authors_rows authors;
    struct stretches spans = {0};
    TRY(petition_authors(g->db, (struct petition_authors_in){.letter = l->id}, &authors));
    *v =
        (struct petition_side){.id = l->id.v,
                               .number = l->number,
                               .title = l->title,
                               .writer = petition_writer_shown(l->is_protected, authors.n ? authors.at[0].name : S("")),
                               .channel_name = petition_word(petition_channels, l->channel),
                               .received_on = l->received_on};
    shared_find(g->arena, l->working, other, &spans);
    PIECES_FILL(g->arena, l->working, &spans, &v->pieces);
    return OK;
}

struct err petition_beside_get(struct get *g) {
    struct petition_letter_id id, other;
    struct petition_by_id_row *l, *o;
    struct petition_reading mine, theirs;
    TRY(petition_of_path(g->request, &id));
    TRY(path_id(g->request, S("other"), &other.v));
    TRY(petition_for(g->db, id, g->who, CAN_READ, &l));
    TRY(petition_for(g->db, other, g->who, CAN_READ, &o));
    if (l->organ != o->organ || l->is_protected != o->is_protected || id.v == other.v) {
        return FAIL(ERR_MISSING, "letters that are not compared");
    }
    struct petition_beside v = {.back = link_record(g->arena, S("/petition/"), id.v, S("")),
                                .is_same_case = l->of_case.v == o->of_case.v};
    read_of(g, l->text, l->channel, l->received_on, &mine);
    read_of(g, o->text, o->channel, o->received_on, &theirs);
    v.score = petition_same(&mine, &theirs);
    TRY(side_fill(g, l, o->working, &v.left));
    TRY(side_fill(g, o, l->working, &v.right));
    v.may_join = !v.is_same_case && (g->who->roles & (ROLE_CLERK | ROLE_OFFICER | ROLE_HEAD | ROLE_LEADER));
    return answer_petition_beside(g, &v);
}
