/* Watches and notes as pages and forms. */
#include "kernel/out/sheet.h"
#include "modules/law/law_keep.h"
#include "modules/law/law_keep_queries.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"

enum { ON_A_PAGE = 40, EXPORT_MOST = 5000, ALL_MOST = 2000 };

static const struct choice owners[] = {
    {S_INIT("me"), S_INIT("Chỉ mình tôi")}, {S_INIT("unit"), S_INIT("Cả đơn vị tôi")}, {S_INIT(""), S_INIT("")}};

const struct field law_note_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("words"), .label = S_INIT("Ghi chú"), .is_required = true, .most = 5000},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("owner"),
     .label = S_INIT("Ai xem được"),
     .is_required = true,
     .choices = owners},
    {.kind = FIELD_LINE, .name = S_INIT("eid"), .label = S_INIT("Chỗ"), .most = 200},
    {0},
};
const struct field law_words_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("words"), .label = S_INIT("Ghi chú"), .is_required = true, .most = 5000},
    FORM_VERSION,
    {0},
};
const struct field law_topic_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("topic"), .label = S_INIT("Chủ đề"), .is_required = true, .most = 100},
    {0},
};

struct str law_place_path(struct arena *a, int64_t work, struct str eid) {
    return eid.len ? str_format(a, "/law/%lld/place/%.*s", (long long)work, STR_ARG(law_escaped(a, eid)))
                   : str_format(a, "/law/%lld/facts", (long long)work);
}

/* ---- Watches. */
struct err law_watches_get(struct get *g) {
    int64_t before = INT64_MAX;
    struct law_keep_watches_rows rows;
    struct law_watches_view v = {0};
    if (!num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before)) {
        before = INT64_MAX;
    }
    TRY(law_keep_watches(
        g->db, (struct law_keep_watches_in){.post = g->who->post.v, .before = before, .most = ON_A_PAGE + 1}, &rows));
    for (size_t i = 0; i < rows.n && i < ON_A_PAGE; i++) {
        const struct law_keep_watches_row *w = &rows.at[i];
        struct law_force force = LAW_FORCE_OF(w);
        enum law_status status = law_status_on(&force, clock_today());
        struct law_watch_view x = {.id = w->id, .made_at = w->made_at, .is_topic = !w->work.v};
        if (w->work.v) {
            x.name = law_name(g->arena, w->type, w->code, w->short_title, w->title, w->issued_on);
            x.title = w->title;
            x.status_name = law_status_name(status);
            x.status_tone = law_status_tone(status);
            x.changed_at = w->changed_at;
            x.link = law_link(g->arena, w->work.v, S(""), (struct date){0});
        } else {
            x.name = law_topic_name(w->topic);
            x.link = link_local(g->arena, "/law?topic=%.*s", STR_ARG(law_escaped(g->arena, w->topic)));
        }
        LIST_ADD(g->arena, &v.watches, x);
    }
    if (rows.n > ON_A_PAGE) {
        v.pages.older = link_local(g->arena, "/law/watch?before=%lld", (long long)rows.at[ON_A_PAGE - 1].id.v);
    }
    return answer_law_watches(g, &v);
}

struct err law_watch_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(law_watch_begin(p->db, p->who, (struct law_work_id){id}, S("")));
    flash(p, "Đã theo dõi. Có thay đổi sẽ được báo.");
    return see_other(p, "/law/%lld", (long long)id);
}

struct err law_topic_watch_post(struct post *p) {
    struct str topic = form_text(p->form, "topic");
    TRY(law_watch_begin(p->db, p->who, (struct law_work_id){0}, topic));
    flash(p, "Đã theo dõi chủ đề. Có văn bản mới hay thay đổi sẽ được báo.");
    return see_other(p, "/law?topic=%.*s", STR_ARG(law_escaped(p->arena, topic)));
}

struct err law_watch_end(struct post *p) {
    int64_t id, back = form_id(p->form, "back");
    TRY(path_id(p->request, S("watch"), &id));
    TRY(law_watch_stop(p->db, p->who, (struct law_watch_id){id}));
    flash(p, "Đã thôi theo dõi.");
    return back ? see_other(p, "/law/%lld", (long long)back) : see_other(p, "/law/watch");
}

/* ---- Notes. */
struct form *law_note_form(struct get *g, struct str eid) {
    bool is_note = g->form && g->form->values.n && g->form->values.at[0].field == &law_note_fields[0];
    struct form *f = form_begin(g->arena, law_note_fields, is_note ? g->form : NULL);
    if (!is_note) {
        form_set(f, "owner", S("me"));
        form_set(f, "eid", eid);
    }
    return f;
}

struct err law_note_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(form_check(p->form));
    struct law_note_new n = {.work = {id},
                             .eid = form_text(p->form, "eid"),
                             .words = form_text(p->form, "words"),
                             .is_unit = str_eq(form_text(p->form, "owner"), S("unit"))};
    TRY(law_note_write(p->db, p->who, &n));
    flash(p, "Đã ghi chú.");
    return see_other(p, "%.*s#notes", STR_ARG(law_place_path(p->arena, id, n.eid)));
}

static struct err note_id(struct request *r, struct law_note_id *id) { return path_id(r, S("note"), &id->v); }

struct err law_note_edit_get(struct get *g) {
    struct law_note_id id;
    struct law_keep_note_row *note;
    struct law_work_head head;
    struct law_owners mine = law_owners(g->who);
    TRY(note_id(g->request, &id));
    TRY(law_keep_note(g->db, (struct law_keep_note_in){.id = id, .owners = {mine.at, mine.n}}, &note));
    if (!note || note->removed_at.ms) {
        return FAIL(ERR_MISSING, "no such note, or another's");
    }
    TRY(law_work_head(g->db, note->work, clock_today(), &head));
    struct law_note_edit_view v = {.id = id,
                                   .name = head.name,
                                   .place = law_place_words(g->arena, note->eid),
                                   .is_unit = note->owner != g->who->person.v,
                                   .form = form_begin_at(g->arena, law_words_fields, g->form, note->version)};
    v.back = link_local(g->arena, "%.*s", STR_ARG(law_place_path(g->arena, note->work.v, note->eid)));
    form_set(v.form, "words", note->words);
    return answer_law_note(g, &v);
}

struct err law_note_edit_post(struct post *p) {
    struct law_note_id id;
    struct law_note_at at;
    TRY(note_id(p->request, &id));
    TRY(form_check(p->form));
    TRY(law_note_change(p->db, p->who, id, form_version(p->form), form_text(p->form, "words"), &at));
    flash(p, "Đã sửa ghi chú.");
    return see_other(p, "%.*s#notes", STR_ARG(law_place_path(p->arena, at.work.v, at.eid)));
}

struct err law_note_end(struct post *p) {
    struct law_note_id id;
    struct law_note_at at;
    TRY(note_id(p->request, &id));
    TRY(law_note_remove(p->db, p->who, id, &at));
    return see_other(p, "%.*s?removed=%lld#notes", STR_ARG(law_place_path(p->arena, at.work.v, at.eid)),
                     (long long)id.v);
}

struct err law_note_back_post(struct post *p) {
    struct law_note_id id;
    struct law_note_at at;
    TRY(note_id(p->request, &id));
    TRY(law_note_restore(p->db, p->who, id, &at));
    flash(p, "Ghi chú đã trở lại.");
    return see_other(p, "%.*s#notes", STR_ARG(law_place_path(p->arena, at.work.v, at.eid)));
}

/* ---- All notes. */
static struct law_note_view note_view(struct get *g, const struct law_keep_notes_mine_row *n) {
    struct str name = law_name(g->arena, n->type, n->code, n->short_title, n->title, n->issued_on),
               place = law_place_words(g->arena, n->eid);
    return (struct law_note_view){
        .id = n->id,
        .words = n->words,
        .place = place.len ? str_format(g->arena, "%.*s %.*s", STR_ARG(place), STR_ARG(name)) : name,
        .place_link = link_local(g->arena, "%.*s", STR_ARG(law_place_path(g->arena, n->work.v, n->eid))),
        .changed_at = n->changed_at,
        .is_unit = n->owner != g->who->person.v,
        .may_change = n->owner == g->who->person.v || n->made_by == g->who->post.v};
}

static struct err notes_read(struct get *g, int64_t before, int64_t most, struct law_keep_notes_mine_rows *rows) {
    struct law_owners mine = law_owners(g->who);
    return law_keep_notes_mine(
        g->db, (struct law_keep_notes_mine_in){.owners = {mine.at, mine.n}, .before = before, .most = most}, rows);
}

struct err law_notes_get(struct get *g) {
    struct law_keep_notes_mine_rows rows;
    struct law_notes_view v = {.is_all = str_eq(law_query(g, "all"), S("1")),
                               .excel = link_local(g->arena, "/law/note/export")};
    int64_t before = INT64_MAX;
    if (!num_read_between(law_query(g, "before"), 1, INT64_MAX, &before)) {
        before = INT64_MAX;
    }
    size_t most = v.is_all ? ALL_MOST : ON_A_PAGE;
    TRY(notes_read(g, before, (int64_t)most + 1, &rows));
    for (size_t i = 0; i < rows.n && i < most; i++) {
        LIST_ADD(g->arena, &v.notes, note_view(g, &rows.at[i]));
    }
    if (rows.n > most) {
        v.pages.older = link_local(g->arena, "/law/note?before=%lld", (long long)rows.at[most - 1].id.v);
    }
    return answer_law_notes_all(g, &v);
}

struct err law_notes_export_get(struct get *g) {
    static const struct sheet_column columns[] = {{S_INIT("Văn bản, chỗ"), 50},
                                                  {S_INIT("Ghi chú"), 90},
                                                  {S_INIT("Ai xem được"), 18},
                                                  {S_INIT("Sửa lúc"), 18},
                                                  {.width = 0}};
    struct law_keep_notes_mine_rows rows;
    struct sheet *s;
    struct str bytes;
    TRY(notes_read(g, INT64_MAX, EXPORT_MOST, &rows));
    TRY(sheet_begin(g->arena, SHEET_XLSX, S("Ghi chú pháp luật"), g->who->organ_name, columns, &s));
    for (size_t i = 0; i < rows.n; i++) {
        struct law_note_view x = note_view(g, &rows.at[i]);
        sheet_text(s, x.place);
        sheet_text(s, x.words);
        sheet_text(s, x.is_unit ? S("Cả đơn vị") : S("Chỉ mình tôi"));
        sheet_instant(s, x.changed_at);
        sheet_row(s);
    }
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("ghi-chu-phap-luat.xlsx"), bytes);
}
