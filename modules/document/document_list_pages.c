/* The register as a list under filters, as Excel and CSV, and as the printed book. */
#include "kernel/out/sheet.h"
#include "modules/document/document_facts.h"
#include "modules/document/document_forms.h"
#include "modules/document/document_pages.h"
#include "modules/document/document_pages_gen.h"
#include "modules/document/document_sort.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

enum { ON_A_PAGE = 20, EXPORT_MOST = 20000, BOOK_MOST = 2000 };

struct document_item document_item_of(struct arena *a, const struct document_row *r) {
    const struct document_type *type = document_type_by_code(r->type);
    bool done = str_eq(r->state, S("done")) || str_eq(r->state, S("closed")) || str_eq(r->state, S("reported"));
    struct str due = done ? S("") : document_due_words(a, r);
    bool is_draft = str_eq(r->state, S("draft"));
    return (struct document_item){.link = link_record(a, S("/document/"), r->id.v, is_draft ? S("/register") : S("")),
                                  .subject = r->subject.len ? r->subject : S("(chưa có trích yếu)"),
                                  .code = r->code,
                                  .type_name = type ? type->name : r->type,
                                  .issuer = r->issuer,
                                  .state_name = document_word(document_states, r->state),
                                  .role_name = r->role.len ? document_word(document_roles, r->role) : S(""),
                                  .lead_name = r->lead_name,
                                  .priority_name = r->priority ? document_priority_name(r->priority) : S(""),
                                  .due_words = due,
                                  .signer = r->signer,
                                  .note = r->note,
                                  .arrival_no = r->arrival_no,
                                  .arrival_on = r->arrival_on,
                                  .issued_on = r->issued_on,
                                  .due_on = r->due_on,
                                  .done_on = r->done_on,
                                  .is_late = r->is_late,
                                  .is_soon = r->is_soon,
                                  .is_new = r->is_new,
                                  .is_done = done};
}

static struct str query(struct get *g, const char *name) {
    return utf8_clean(g->arena, str_trim(query_param(g->request, str_of(name))));
}

/* "arrival.doc.line" or "arrival.doc.line.day"; anything else is the first page. */
static void place_read(struct str text, struct document_place *p) {
    struct str piece[4] = {{0}};
    size_t n = 0;
    while (n < 4 && str_next(&text, '.', &piece[n])) {
        n++;
    }
    struct document_place read = {.due_day = piece[3]};
    struct date day;
    if (n >= 3 && num_read(piece[0], &read.arrival) && num_read(piece[1], &read.doc) &&
        num_read(piece[2], &read.line) && (n == 3 || date_read_iso(piece[3], &day))) {
        *p = read;
    }
}

static void filter_read(struct get *g, struct document_filter *f, struct document_place *after) {
    *f = (struct document_filter){.q = query(g, "q"),
                                  .type = query(g, "type"),
                                  .field = query(g, "field"),
                                  .issuer = query(g, "issuer"),
                                  .state = query(g, "state"),
                                  .outcome = query(g, "outcome"),
                                  .sort = query(g, "sort")};
    *after = (struct document_place){0};
    if (!document_box_of_code(query(g, "tab"), &f->box)) {
        f->box = DOCUMENT_BOX_ALL;
    }
    if (!id_read(query(g, "unit"), &f->unit)) {
        f->unit = 0;
    }
    if (!date_read_vi(query(g, "from"), &f->from)) {
        f->from = (struct date){0};
    }
    if (!date_read_vi(query(g, "to"), &f->to)) {
        f->to = (struct date){0};
    }
    place_read(query(g, "after"), after);
}

static void put_pair(struct buf *b, struct str name, struct str value) {
    if (value.len) {
        buf_put_char(b, '&');
        buf_put(b, name);
        buf_put_char(b, '=');
        url_escape(b, value);
    }
}

/* Addresses under one filter: what they share is written once. */
struct addresses {
    struct arena *a;
    struct str filter; /* "&q=…&type=…", empty without */
};

static struct addresses addresses_of(struct arena *a, const struct document_filter *f) {
    struct buf b = buf_in(a);
    put_pair(&b, S("q"), f->q);
    put_pair(&b, S("type"), f->type);
    put_pair(&b, S("field"), f->field);
    put_pair(&b, S("issuer"), f->issuer);
    put_pair(&b, S("state"), f->state);
    put_pair(&b, S("outcome"), f->outcome);
    put_pair(&b, S("sort"), f->sort);
    put_pair(&b, S("unit"), f->unit ? str_format(a, "%lld", (long long)f->unit) : S(""));
    put_pair(&b, S("from"), f->from.year ? date_iso(a, f->from) : S(""));
    put_pair(&b, S("to"), f->to.year ? date_iso(a, f->to) : S(""));
    return (struct addresses){a, buf_str(&b)};
}

/* An address of the list's tab, with one more pair ("&after=…") or none. */
static struct link address(const struct addresses *of, const char *path, enum document_box box, struct str more) {
    char line[256];
    struct buf b = {.at = line, .cap = sizeof line, .arena = of->a};
    buf_put(&b, str_of(path));
    size_t from = b.len;
    put_pair(&b, S("tab"), box == DOCUMENT_BOX_ALL ? S("") : document_box_code(box));
    buf_put(&b, of->filter);
    buf_put(&b, more);
    if (b.len > from) {
        b.at[from] = '?';
    }
    return link_local(of->a, "%.*s", STR_ARG(buf_str(&b)));
}

/* The tabs of an office: what each role works with, and whatever else holds something. */
static bool tab_is_for(uint64_t roles, enum document_box box) {
    static const unsigned clerk = 1u << DOCUMENT_BOX_DRAFT | 1u << DOCUMENT_BOX_RECEIVED |
                                  1u << DOCUMENT_BOX_PRESENTED | 1u << DOCUMENT_BOX_WORKING | 1u << DOCUMENT_BOX_CLOSED;
    static const unsigned leader = 1u << DOCUMENT_BOX_PRESENTED | 1u << DOCUMENT_BOX_GIVEN |
                                   1u << DOCUMENT_BOX_REPORTED | 1u << DOCUMENT_BOX_RETURNED |
                                   1u << DOCUMENT_BOX_CLOSED;
    static const unsigned officer = 1u << DOCUMENT_BOX_WAITING | 1u << DOCUMENT_BOX_WORKING |
                                    1u << DOCUMENT_BOX_INFORM | 1u << DOCUMENT_BOX_RETURNED | 1u << DOCUMENT_BOX_DONE;
    unsigned mine = 1u << DOCUMENT_BOX_ALL | 1u << DOCUMENT_BOX_SOON | 1u << DOCUMENT_BOX_LATE;
    mine |= roles & ROLE_CLERK ? clerk : 0;
    mine |= roles & ROLE_LEADER ? leader : 0;
    mine |= roles & (ROLE_OFFICER | ROLE_HEAD) ? officer : 0;
    return (mine >> box) & 1;
}

static void tabs_fill(struct get *g, struct document_index_view *v, enum document_box current,
                      const struct addresses *of, const struct document_counts *counts) {
    static const enum document_box order[] = {DOCUMENT_BOX_ALL,       DOCUMENT_BOX_DRAFT,    DOCUMENT_BOX_RECEIVED,
                                              DOCUMENT_BOX_PRESENTED, DOCUMENT_BOX_WAITING,  DOCUMENT_BOX_WORKING,
                                              DOCUMENT_BOX_GIVEN,     DOCUMENT_BOX_SOON,     DOCUMENT_BOX_LATE,
                                              DOCUMENT_BOX_REPORTED,  DOCUMENT_BOX_RETURNED, DOCUMENT_BOX_INFORM,
                                              DOCUMENT_BOX_DONE,      DOCUMENT_BOX_CLOSED,   DOCUMENT_BOX_VOID};
    v->tabs.at = arena_take(g->arena, struct tab, sizeof order / sizeof *order);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        enum document_box box = order[i];
        int64_t n = counts->n[box];
        if (!tab_is_for(g->who->roles, box) && !n && box != current) {
            continue;
        }
        bool counted = box != DOCUMENT_BOX_ALL && box != DOCUMENT_BOX_DONE && box != DOCUMENT_BOX_CLOSED &&
                       box != DOCUMENT_BOX_VOID;
        v->tabs.at[v->tabs.n++] = (struct tab){.label = document_box_title(box),
                                               .link = address(of, "/document", box, S("")),
                                               .count = n,
                                               .is_counted = counted && n,
                                               .is_current = box == current,
                                               .is_hot = box == DOCUMENT_BOX_LATE};
    }
}

static void options_fill(struct arena *a, struct document_index_view *v, const struct document_filter *f) {
    for (const struct choice *c = document_type_choices; c->value.len; c++) {
        LIST_ADD(a, &v->types, (struct document_option){c->value, c->label, str_eq(c->value, f->type)});
    }
    for (const struct document_word *w = document_fields; w->code.len; w++) {
        LIST_ADD(a, &v->fields, (struct document_option){w->code, w->name, str_eq(w->code, f->field)});
    }
    for (size_t i = 0; i < DOCUMENT_SORTS; i++) {
        const struct choice *c = &document_sorts[i];
        LIST_ADD(a, &v->sorts, (struct document_option){c->value, c->label, str_eq(c->value, f->sort)});
    }
    for (size_t i = 0; i < 7; i++) {
        const struct document_word *w = &document_states[i];
        LIST_ADD(a, &v->states, (struct document_option){w->code, w->name, str_eq(w->code, f->state)});
    }
}

static struct link older(const struct addresses *of, enum document_box box, const struct document_row *last) {
    bool by_due = box == DOCUMENT_BOX_LATE || box == DOCUMENT_BOX_SOON;
    struct buf b = buf_in(of->a);
    buf_printf(&b, "&after=%lld.%lld.%lld", (long long)last->arrival, (long long)last->id.v, (long long)last->line);
    if (by_due) {
        buf_put_char(&b, '.');
        date_put_iso(&b, last->due_on);
    }
    return address(of, "/document", box, buf_str(&b));
}

struct err document_index_get(struct get *g) {
    struct arena *a = g->arena;
    struct document_filter f;
    struct document_place after;
    struct document_counts counts;
    struct document_rows rows;
    bool more, is_too_many;
    struct date today = clock_today();
    filter_read(g, &f, &after);
    TRY(document_counts(g->db, g->who->post, today, &counts));
    TRY(document_list_sorted(g->db, g->who, &(struct document_list_asked){&f, after, today, ON_A_PAGE}, &rows, &more,
                             &is_too_many));
    struct addresses of = addresses_of(a, &f), unfiltered = {a, S("")};
    struct document_index_view v = {.tab = document_box_code(f.box),
                                    .tab_name = document_box_title(f.box),
                                    .q = f.q,
                                    .issuer = f.issuer,
                                    .outcome = f.outcome,
                                    .from_text = f.from.year ? date_vi(a, f.from) : S(""),
                                    .to_text = f.to.year ? date_vi(a, f.to) : S(""),
                                    .unit_text = f.unit ? str_format(a, "%lld", (long long)f.unit) : S(""),
                                    .is_filtered = document_is_filtered(&f),
                                    .is_too_many = is_too_many,
                                    .sort_most = DOCUMENT_SORT_MOST,
                                    .may_register = (g->who->roles & ROLE_CLERK) != 0,
                                    .is_far = f.issuer.len || f.from.year || f.to.year,
                                    .excel = address(&of, "/document/export", f.box, S("&format=xlsx")),
                                    .csv = address(&of, "/document/export", f.box, S("&format=csv")),
                                    .book = address(&of, "/document/book", f.box, S("")),
                                    .clear = address(&unfiltered, "/document", f.box, S(""))};
    tabs_fill(g, &v, f.box, &of, &counts);
    options_fill(a, &v, &f);
    v.items.at = arena_take(a, struct document_item, rows.n);
    for (v.items.n = 0; v.items.n < rows.n; v.items.n++) {
        v.items.at[v.items.n] = document_item_of(a, &rows.at[v.items.n]);
    }
    if (more) {
        v.pages.older = older(&of, f.box, &rows.at[rows.n - 1]);
    }
    if (after.doc) {
        v.pages.newer = address(&of, "/document", f.box, S(""));
    }
    return answer_document_index(g, &v);
}

/* All rows under the filters, by the keys of the list, at most so many. */
static struct err all_rows(struct get *g, const struct document_filter *f, size_t most, struct document_rows *all,
                           bool *is_cut) {
    LIST(struct document_row) rows = {0};
    struct document_place after = {0};
    bool more = true;
    while (more && rows.n < most) {
        struct document_rows some;
        TRY(document_list(g->db, g->who, &(struct document_list_asked){f, after, clock_today(), 500}, &some, &more));
        for (size_t i = 0; i < some.n; i++) {
            LIST_ADD(g->arena, &rows, some.at[i]);
        }
        if (some.n) {
            const struct document_row *last = &some.at[some.n - 1];
            after = (struct document_place){last->arrival, last->id.v, last->line,
                                            last->due_on.year ? date_iso(g->arena, last->due_on) : S("")};
        }
        more = more && some.n;
    }
    *is_cut = more;
    *all = (struct document_rows){rows.at, rows.n};
    document_rows_sort(g->arena, all, f->sort);
    return OK;
}

static struct str filter_words(struct arena *a, const struct document_filter *f) {
    struct buf b = buf_in(a);
    buf_put(&b, document_box_title(f->box));
    if (f->q.len) {
        buf_printf(&b, " · tìm “%.*s”", STR_ARG(f->q));
    }
    if (f->type.len) {
        buf_printf(&b, " · loại %.*s", STR_ARG(f->type));
    }
    if (f->field.len) {
        buf_printf(&b, " · %.*s", STR_ARG(document_word(document_fields, f->field)));
    }
    if (f->issuer.len) {
        buf_printf(&b, " · %.*s", STR_ARG(f->issuer));
    }
    if (f->state.len) {
        buf_printf(&b, " · %.*s", STR_ARG(document_word(document_states, f->state)));
    }
    if (f->from.year || f->to.year) {
        buf_printf(&b, " · đến từ %.*s đến %.*s", STR_ARG(f->from.year ? date_vi(a, f->from) : S("đầu sổ")),
                   STR_ARG(f->to.year ? date_vi(a, f->to) : date_vi(a, clock_today())));
    }
    return buf_str(&b);
}

static void sheet_put(struct sheet *s, struct arena *a, const struct document_row *r) {
    const struct document_type *type = document_type_by_code(r->type);
    sheet_date(s, r->arrival_on);
    if (r->arrival_no) {
        sheet_int(s, r->arrival_no);
    } else {
        sheet_text(s, S(""));
    }
    sheet_text(s, r->issuer);
    sheet_text(s, r->code);
    sheet_date(s, r->issued_on);
    sheet_text(s, type ? type->name : r->type);
    sheet_text(s, r->subject);
    sheet_text(s, r->signer);
    sheet_text(s, document_priority_name(r->priority));
    sheet_text(s, r->field.len ? document_word(document_fields, r->field) : S(""));
    sheet_text(s, r->lead_name);
    sheet_text(s, document_word(document_states, r->state));
    sheet_date(s, r->due_on);
    sheet_date(s, r->done_on);
    sheet_text(s, r->is_late ? document_due_words(a, r) : S(""));
    sheet_text(s, r->note);
    sheet_row(s);
}

struct err document_export_get(struct get *g) {
    static const struct sheet_column columns[] = {
        {S_INIT("Ngày đến"), 12},
        {S_INIT("Số đến"), 9},
        {S_INIT("Cơ quan ban hành"), 32},
        {S_INIT("Số, ký hiệu"), 20},
        {S_INIT("Ngày văn bản"), 12},
        {S_INIT("Loại"), 14},
        {S_INIT("Trích yếu"), 60},
        {S_INIT("Người ký"), 22},
        {S_INIT("Độ khẩn"), 11},
        {S_INIT("Lĩnh vực"), 26},
        {S_INIT("Chủ trì"), 28},
        {S_INIT("Trạng thái"), 16},
        {S_INIT("Hạn xử lý"), 12},
        {S_INIT("Xong ngày"), 12},
        {S_INIT("Quá hạn"), 16},
        {S_INIT("Ghi chú"), 24},
        {.width = 0},
    };
    struct document_filter f;
    struct document_place after;
    struct document_rows rows;
    struct sheet *s;
    struct str bytes;
    bool is_cut;
    filter_read(g, &f, &after);
    enum sheet_format format = str_eq(query(g, "format"), S("csv")) ? SHEET_CSV : SHEET_XLSX;
    TRY(all_rows(g, &f, EXPORT_MOST, &rows, &is_cut));
    struct buf notes = buf_in(g->arena);
    buf_printf(&notes, "%.*s\n%.*s\nLập lúc ", STR_ARG(g->who->organ_name), STR_ARG(filter_words(g->arena, &f)));
    instant_put_vi(&notes, clock_now());
    if (is_cut) {
        buf_printf(&notes, "\nChỉ gồm %d văn bản đầu. Mời thu hẹp bộ lọc.", EXPORT_MOST);
    }
    TRY(sheet_begin(g->arena, format, S("Văn bản đến"), buf_str(&notes), columns, &s));
    for (size_t i = 0; i < rows.n; i++) {
        sheet_put(s, g->arena, &rows.at[i]);
    }
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(format), format == SHEET_CSV ? S("van-ban-den.csv") : S("van-ban-den.xlsx"),
                           bytes);
}

/* "Báo cáo" is not written twice, before a subject that begins with it. */
static struct str type_before(struct arena *a, const struct document_item *x) {
    return str_starts(utf8_fold(a, x->subject), utf8_fold(a, x->type_name)) ? S("") : x->type_name;
}

struct err document_book_get(struct get *g) {
    struct document_filter f;
    struct document_place after;
    struct document_rows rows;
    struct document_book_view v = {
        .organ = g->who->organ_name, .title = S("Sổ đăng ký văn bản đến"), .most = BOOK_MOST};
    filter_read(g, &f, &after);
    /* On paper a register begins with its first number. */
    f.sort = f.sort.len ? f.sort : S("oldest");
    TRY(all_rows(g, &f, BOOK_MOST, &rows, &v.is_cut));
    v.words = filter_words(g->arena, &f);
    for (size_t i = 0; i < rows.n; i++) {
        struct document_item item = document_item_of(g->arena, &rows.at[i]);
        item.type_name = type_before(g->arena, &item);
        if (item.arrival_no) {
            LIST_ADD(g->arena, &v.items, item);
        }
    }
    return answer_document_book(g, &v);
}
