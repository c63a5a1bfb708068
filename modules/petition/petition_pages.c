/* The list, the book on paper and as Excel, and the forms that take a letter in and correct it. */
#include "modules/petition/petition_forms.h"
#include "modules/petition/petition_pages_gen.h"
#include "modules/place/place.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/file/file.h"
#include "kernel/out/sheet.h"

enum { ON_A_PAGE = 20, BOOK_MOST = 2000, EXPORT_MOST = 10000, AT_ONCE = 500 };

struct err petition_of_path(struct request *r, struct petition_letter_id *id) {
    return path_id(r, S("id"), &id->v);
}

struct str petition_due_words(struct arena *a, struct date due, struct date today) {
    if (!due.year) {
        return S("");
    }
    long long days = (long long)(date_number(due) - date_number(today));
    return days < 0    ? str_format(a, "Quá hạn %lld ngày", -days)
           : days == 0 ? S("Hạn hôm nay")
                       : str_format(a, "Còn %lld ngày", days);
}

struct petition_row_view petition_row_of(struct arena *a, const struct place_index *places,
                                         const struct petition_line *l) {
    struct date today = clock_today();
    bool is_over = petition_is_over(l->state);
    struct date due = is_over ? (struct date){0} : l->due_on;
    int64_t days = date_number(due) - date_number(today);
    return (struct petition_row_view){.link = link_record(a, S("/petition/"), l->id.v, S("")),
                                      .number = l->number,
                                      .title = l->title,
                                      .type_name = petition_word_or(petition_types, l->type, S("Chưa phân loại")),
                                      .channel_name = petition_word(petition_channels, l->channel),
                                      .writer = l->writer,
                                      .address = l->address,
                                      .state_name = petition_word(petition_states, l->state),
                                      .place_name = petition_place_name(places, l->place),
                                      .authority = l->authority,
                                      .due_words = petition_due_words(a, due, today),
                                      .received_on = l->received_on,
                                      .due_on = due,
                                      .disposed_on = l->disposed_on,
                                      .is_late = due.year && days < 0,
                                      .is_soon = due.year && days >= 0 && days <= PETITION_SOON_DAYS,
                                      .is_done = is_over,
                                      .is_protected = l->is_protected,
                                      .is_grave = str_eq(l->type, S("TC"))};
}

/* ---- Asked by the address */

static struct str query(struct get *g, const char *name) {
    return utf8_clean(g->arena, str_trim(query_param(g->request, str_of(name))));
}

static struct petition_filter filter_of(struct get *g) {
    struct petition_filter f = {.q = query(g, "q"),
                                .type = query(g, "type"),
                                .state = query(g, "state"),
                                .channel = query(g, "channel"),
                                .place = query(g, "place"),
                                .after = query(g, "after")};
    if (!petition_box_of_code(query(g, "tab"), &f.box)) {
        f.box = PETITION_ALL;
    }
    if (!date_read_vi(query(g, "from"), &f.from)) {
        f.from = (struct date){0};
    }
    if (!date_read_vi(query(g, "to"), &f.to)) {
        f.to = (struct date){0};
    }
    return f;
}

static bool is_filtered(const struct petition_filter *f) {
    return f->q.len || f->type.len || f->state.len || f->channel.len || f->place.len || f->from.year || f->to.year;
}

static void put_pair(struct buf *b, const char *name, struct str value) {
    if (value.len) {
        buf_put_char(b, b->len ? '&' : '?');
        buf_put(b, str_of(name));
        buf_put_char(b, '=');
        url_escape(b, value);
    }
}

/* An address of a page under the same filter, in another box, from another place. */
static struct link address(struct arena *a, const char *path, enum petition_box box, const struct petition_filter *f,
                           struct str after) {
    struct buf b = buf_in(a);
    put_pair(&b, "tab", petition_box_code(box));
    put_pair(&b, "q", f->q);
    put_pair(&b, "type", f->type);
    put_pair(&b, "state", f->state);
    put_pair(&b, "channel", f->channel);
    put_pair(&b, "place", f->place);
    put_pair(&b, "from", f->from.year ? date_iso(a, f->from) : S(""));
    put_pair(&b, "to", f->to.year ? date_iso(a, f->to) : S(""));
    put_pair(&b, "after", after);
    return link_local(a, "%s%.*s", path, STR_ARG(buf_str(&b)));
}

static void tabs_fill(struct get *g, const struct petition_filter *f, const struct petition_counts *c,
                      struct tabs *tabs) {
    tabs->at = arena_take(g->arena, struct tab, PETITION_BOXES);
    for (enum petition_box b = 0; b < PETITION_BOXES; b++) {
        bool is_hot = b == PETITION_LATE || b == PETITION_URGE || b == PETITION_SILENT;
        if (b > PETITION_ANSWERED && !c->n[b] && b != f->box) {
            continue;
        }
        tabs->at[tabs->n++] =
            (struct tab){.label = petition_box_title(b),
                         .link = address(g->arena, "/petition", b, &(struct petition_filter){0}, S("")),
                         .count = c->n[b],
                         .is_counted = petition_box_is_counted(b) && c->n[b],
                         .is_current = b == f->box,
                         .is_hot = is_hot && c->n[b]};
    }
}

#define OPTIONS_FILL(list_, words_, chosen_)                                                                           \
    for (const struct petition_word *w = (words_); w->code.len; w++) {                                                 \
        LIST_ADD(g->arena, (list_), (struct petition_option){w->code, w->name, str_eq(w->code, (chosen_))});           \
    }

static void filters_fill(struct get *g, const struct place_index *places, const struct petition_filter *f,
                         struct petition_index *v) {
    struct commune_options communes = place_options(places, g->arena);
    OPTIONS_FILL(&v->types, petition_types, f->type)
    OPTIONS_FILL(&v->states, petition_states, f->state)
    OPTIONS_FILL(&v->channels, petition_channels, f->channel)
    for (size_t i = 0; i < communes.n; i++) {
        const struct commune_option *c = &communes.at[i];
        LIST_ADD(g->arena, &v->places, (struct petition_option){c->code, c->label, str_eq(c->code, f->place)});
    }
}

static bool may_receive(const struct who *who) {
    return (who->roles & (ROLE_CLERK | ROLE_OFFICER | ROLE_HEAD | ROLE_LEADER)) != 0;
}

static struct petition_index index_of(struct get *g, const struct petition_filter *f) {
    struct arena *a = g->arena;
    struct petition_filter none = {0};
    return (struct petition_index){.box = petition_box_code(f->box),
                                   .box_title = petition_box_title(f->box),
                                   .q = f->q,
                                   .from_text = f->from.year ? date_vi(a, f->from) : S(""),
                                   .to_text = f->to.year ? date_vi(a, f->to) : S(""),
                                   .is_filtered = is_filtered(f),
                                   .is_far = f->channel.len || f->place.len || f->from.year || f->to.year,
                                   .may_receive = may_receive(g->who),
                                   .clear = address(a, "/petition", f->box, &none, S("")),
                                   .book = address(a, "/petition/book", f->box, f, S("")),
                                   .excel = address(a, "/petition/export", f->box, f, S(""))};
}

struct err petition_index_get(struct get *g) {
    struct petition_filter f = filter_of(g);
    struct petition_counts counts;
    struct petition_lines lines;
    struct petition_index v = index_of(g, &f);
    const struct place_index *places = place_open(g->arena);
    TRY(petition_count(g->db, g->who, clock_today(), &counts));
    TRY(petition_list(g->db, g->who, &f, ON_A_PAGE, &lines));
    tabs_fill(g, &f, &counts, &v.tabs);
    filters_fill(g, places, &f, &v);
    for (size_t i = 0; i < lines.at.n; i++) {
        LIST_ADD(g->arena, &v.items, petition_row_of(g->arena, places, &lines.at.at[i]));
    }
    if (lines.has_more) {
        v.pages.older = address(g->arena, "/petition", f.box, &f, lines.at.at[lines.at.n - 1].after);
    }
    if (f.after.len) {
        v.pages.newer = address(g->arena, "/petition", f.box, &f, S(""));
    }
    return answer_petition_index(g, &v);
}

/* ---- The book */

static struct err all_lines(struct get *g, size_t most, struct petition_lines *all) {
    struct petition_filter f = filter_of(g);
    struct petition_lines some = {.has_more = true};
    *all = (struct petition_lines){0};
    f.after = S("");
    while (some.has_more && all->at.n < most) {
        size_t room = most - all->at.n;
        TRY(petition_list(g->db, g->who, &f, room < AT_ONCE ? room : AT_ONCE, &some));
        for (size_t i = 0; i < some.at.n; i++) {
            LIST_ADD(g->arena, &all->at, some.at.at[i]);
        }
        f.after = all->at.n ? all->at.at[all->at.n - 1].after : S("");
    }
    all->has_more = some.has_more;
    return OK;
}

static struct str filter_words(struct arena *a, const struct petition_filter *f) {
    struct buf b = buf_in(a);
    buf_put(&b, petition_box_title(f->box));
    if (f->type.len) {
        buf_printf(&b, " · %.*s", STR_ARG(petition_word(petition_types, f->type)));
    }
    if (f->from.year) {
        buf_printf(&b, " · nhận từ %.*s", STR_ARG(date_vi(a, f->from)));
    }
    if (f->to.year) {
        buf_printf(&b, " · nhận đến %.*s", STR_ARG(date_vi(a, f->to)));
    }
    return buf_str(&b);
}

/* On paper a book begins with its first number. */
struct err petition_book_get(struct get *g) {
    struct petition_filter f = filter_of(g);
    struct petition_lines lines;
    struct petition_book v = {.organ = g->who->organ_name, .words = filter_words(g->arena, &f), .most = BOOK_MOST};
    TRY(all_lines(g, BOOK_MOST, &lines));
    v.is_cut = lines.has_more;
    const struct place_index *places = place_open(g->arena);
    for (size_t i = lines.at.n; i-- > 0;) {
        LIST_ADD(g->arena, &v.items, petition_row_of(g->arena, places, &lines.at.at[i]));
    }
    return answer_petition_book(g, &v);
}

static void sheet_put(struct sheet *s, struct arena *a, const struct place_index *places,
                      const struct petition_line *l) {
    struct petition_row_view r = petition_row_of(a, places, l);
    sheet_int(s, r.number);
    sheet_date(s, r.received_on);
    sheet_text(s, r.writer);
    sheet_text(s, r.address);
    sheet_int(s, l->people);
    sheet_text(s, r.channel_name);
    sheet_text(s, r.type_name);
    sheet_text(s, r.title);
    sheet_text(s, r.place_name);
    sheet_text(s, r.authority);
    sheet_text(s, r.state_name);
    sheet_date(s, r.due_on);
    sheet_date(s, r.disposed_on);
    sheet_row(s);
}

static const struct sheet_column columns[] = {{S_INIT("Số"), 8},           {S_INIT("Ngày nhận"), 12},
                                              {S_INIT("Người gửi"), 28},   {S_INIT("Địa chỉ"), 36},
                                              {S_INIT("Số người ký"), 10}, {S_INIT("Đường đến"), 20},
                                              {S_INIT("Loại đơn"), 20},    {S_INIT("Nội dung"), 60},
                                              {S_INIT("Địa bàn"), 22},     {S_INIT("Cơ quan có thẩm quyền"), 34},
                                              {S_INIT("Trạng thái"), 24},  {S_INIT("Hạn"), 12},
                                              {S_INIT("Ngày xử lý"), 12},  {.width = 0}};

static struct str export_notes(struct get *g, const struct petition_filter *f, bool is_cut) {
    struct buf notes = buf_in(g->arena);
    buf_printf(&notes, "%.*s\n%.*s\nLập lúc ", STR_ARG(g->who->organ_name), STR_ARG(filter_words(g->arena, f)));
    instant_put_vi(&notes, clock_now());
    if (is_cut) {
        buf_printf(&notes, "\nChỉ gồm %d đơn đầu. Mời thu hẹp bộ lọc.", EXPORT_MOST);
    }
    return buf_str(&notes);
}

struct err petition_export_get(struct get *g) {
    struct petition_filter f = filter_of(g);
    struct petition_lines lines;
    struct sheet *s;
    struct str bytes;
    TRY(all_lines(g, EXPORT_MOST, &lines));
    const struct place_index *places = place_open(g->arena);
    TRY(sheet_begin(g->arena, SHEET_XLSX, S("Sổ đơn thư"), export_notes(g, &f, lines.has_more), columns, &s));
    for (size_t i = 0; i < lines.at.n; i++) {
        sheet_put(s, g->arena, places, &lines.at.at[i]);
    }
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("so-don-thu.xlsx"), bytes);
}

/* ---- Taking in */

static struct petition_writer writer_of(const struct form *f) {
    return (struct petition_writer){form_text(f, "name"), form_text(f, "address"), form_text(f, "phone"),
                                    form_text(f, "email")};
}

struct err petition_new_get(struct get *g) {
    struct petition_form_view v = {.to = link_local(g->arena, "/petition/new"),
                                   .back = link_local(g->arena, "/petition"),
                                   .form = form_begin(g->arena, petition_new_fields, g->form),
                                   .is_new = true};
    if (!g->form) {
        form_set(v.form, "channel", S("counter"));
        form_set_date(v.form, "received_on", clock_today());
    }
    return answer_petition_form(g, &v);
}

struct err petition_new_post(struct post *p) {
    const struct form_value *files = form_value(p->form, "file");
    struct petition_letter_id id;
    TRY(form_check(p->form));
    struct petition_new l = {.channel = form_text(p->form, "channel"),
                             .source = form_text(p->form, "source"),
                             .title = form_text(p->form, "title"),
                             .text = form_text(p->form, "text"),
                             .received_on = form_date(p->form, "received_on"),
                             .people = form_number(p->form, "people"),
                             .writer = writer_of(p->form)};
    for (size_t i = 0; i < files->uploads.n; i++) {
        const struct upload *u = files->uploads.at[i];
        struct petition_paper paper = {.name = utf8_cut(u->name, 200), .size = u->size};
        TRY(file_keep(p->db, p->arena, u, &paper.file));
        LIST_ADD(p->arena, &l.papers, paper);
    }
    TRY(petition_keep(p->db, p->who, &l, &id));
    flash(p, "Đã vào sổ. Mời xem các đề xuất bên phải.");
    return see_other(p, "/petition/%lld", (long long)id.v);
}

struct err petition_edit_get(struct get *g) {
    struct petition_letter_id id;
    struct petition_by_id_row *l;
    struct petition_authors_rows authors;
    TRY(petition_of_path(g->request, &id));
    TRY(petition_for(g->db, id, g->who, CAN_MANAGE, &l));
    TRY(petition_authors(g->db, (struct petition_authors_in){.letter = id}, &authors));
    struct petition_form_view v = {.to = link_record(g->arena, S("/petition/"), id.v, S("/edit")),
                                   .back = link_record(g->arena, S("/petition/"), id.v, S("")),
                                   .form = form_begin_at(g->arena, petition_edit_fields, g->form, l->version),
                                   .is_protected = l->is_protected};
    form_set(v.form, "title", l->title);
    form_set(v.form, "channel", l->channel);
    form_set(v.form, "source", l->source);
    form_set(v.form, "people", str_format(g->arena, "%lld", (long long)l->people));
    if (authors.n && !l->is_protected) {
        form_set(v.form, "name", authors.at[0].name);
        form_set(v.form, "address", authors.at[0].address);
        form_set(v.form, "phone", authors.at[0].phone);
        form_set(v.form, "email", authors.at[0].email);
    }
    return answer_petition_form(g, &v);
}

struct err petition_edit_post(struct post *p) {
    struct petition_letter_id id;
    TRY(petition_of_path(p->request, &id));
    TRY(form_check(p->form));
    struct petition_change c = {.title = form_text(p->form, "title"),
                                .channel = form_text(p->form, "channel"),
                                .source = form_text(p->form, "source"),
                                .people = form_number(p->form, "people"),
                                .version = form_version(p->form),
                                .writer = writer_of(p->form)};
    TRY(petition_change(p->db, p->who, id, &c));
    flash(p, "Đã lưu.");
    return see_other(p, "/petition/%lld", (long long)id.v);
}
