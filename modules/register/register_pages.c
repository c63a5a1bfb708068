/* All registers, what one asks, one as a table, and the table as a file. */
#include "modules/register/register_pages.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/out/sheet.h"
#include "modules/register/register_ask.h"
#include "modules/register/register_pages_gen.h"
#include "read/json.h"

#include "base/banned.h"

enum { FILE_PAGE = 1000, FILE_MOST = 20000 };

/* --- All --- */
static struct register_index_group *group_of(struct arena *a, struct register_index *v, struct str name) {
    for (size_t i = 0; i < v->groups.n; i++) {
        if (str_eq(v->groups.at[i].name, name)) {
            return &v->groups.at[i];
        }
    }
    LIST_ADD(a, &v->groups, (struct register_index_group){.name = name});
    return &v->groups.at[v->groups.n - 1];
}

struct err register_index_get(struct get *g) {
    struct register_index v = {0};
    struct register_head head;
    for (size_t i = 0; register_head_at(i, &head); i++) {
        struct register_seat seat;
        struct err e = register_seat(g->db, g->who, &head, &seat);
        if (e.why && !err_is(e, ERR_MISSING)) {
            return e;
        }
        struct register_index_line line = {.name = head.name,
                                           .unit = head.unit,
                                           .is_open = !e.why,
                                           .n = seat.n_rows,
                                           .link = link_local(g->arena, "/register/%.*s", STR_ARG(head.code)),
                                           .form =
                                               link_local(g->arena, "/register/%.*s/definition", STR_ARG(head.code))};
        struct register_index_group *group = group_of(g->arena, &v, head.area);
        LIST_ADD(g->arena, &group->lines, line);
    }
    return answer_register_index(g, &v);
}

/* --- What it asks --- */
static struct str kind_words(enum fields_kind kind) {
    switch ((int)kind) {
    case FIELDS_LONGTEXT: return S("Chữ, nhiều dòng");
    case FIELDS_INT: return S("Số nguyên");
    case FIELDS_DECIMAL: return S("Số thập phân");
    case FIELDS_MONEY: return S("Số tiền (đồng)");
    case FIELDS_PERCENT: return S("Phần trăm");
    case FIELDS_DATE: return S("Ngày");
    case FIELDS_BOOL: return S("Có hoặc không");
    case FIELDS_ENUM: return S("Chọn trong danh mục");
    case FIELDS_PERSON_NAME: return S("Họ và tên");
    case FIELDS_ID_NO: return S("Số căn cước");
    case FIELDS_PHONE: return S("Số điện thoại");
    case FIELDS_EMAIL: return S("Thư điện tử");
    case FIELDS_GEO: return S("Tọa độ");
    default: return S("Chữ");
    }
}

static struct str class_words(enum fields_class class) {
    return class == FIELDS_BASIC        ? S("Cơ bản")
           : class == FIELDS_SENSITIVE  ? S("Nhạy cảm")
           : class == FIELDS_RESTRICTED ? S("Hạn chế")
                                        : S("Không phải dữ liệu cá nhân");
}

static struct str options_words(struct arena *a, const struct fields_item *k) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < k->options.n; i++) {
        buf_printf(&b, "%s%.*s", i ? " · " : "", STR_ARG(k->options.at[i].label));
    }
    return buf_str(&b);
}

static struct str keeper_words(struct str scope) {
    return str_eq(scope, S("commune")) ? S("Mỗi xã, phường giữ một sổ; ban chuyên môn của thành phố xem được tất cả.")
           : str_eq(scope, S("city"))  ? S("Thành phố giữ một sổ.")
           : str_eq(scope, S("union")) ? S("Mỗi tổ chức giữ một sổ.")
                                       : S("Thành phố và mỗi xã, phường giữ một sổ.");
}

static void lines_fill(struct get *g, const struct register_type *type, struct register_form_view *v) {
    const struct json_value *checks = json_member(type->more, "checks");
    for (size_t i = 0; i < type->page->items.n; i++) {
        const struct fields_item *k = &type->page->items.at[i];
        LIST_ADD(g->arena, &v->lines,
                 (struct register_form_line){.name = k->name,
                                             .label = k->label,
                                             .kind = kind_words(k->kind),
                                             .class_name = class_words(k->pd),
                                             .rule = options_words(g->arena, k),
                                             .is_required = k->is_required,
                                             .is_key = register_has(type, "key", k->name)});
    }
    for (size_t i = 0; i < json_count(checks); i++) {
        LIST_ADD(g->arena, &v->checks, json_member_text(json_item(checks, i), "words"));
    }
}

struct err register_form_get(struct get *g) {
    struct register_type type;
    struct register_seat seat;
    TRY(register_type(g->arena, path_param(g->request, S("type")), &type));
    struct err e = register_seat(g->db, g->who, &type.head, &seat);
    struct register_form_view v = {.code = type.head.code,
                                   .title = type.head.name,
                                   .keeper = keeper_words(type.head.scope),
                                   .version = type.form->version};
    if (!e.why) {
        v.list = link_local(g->arena, "/register/%.*s", STR_ARG(type.head.code));
    }
    lines_fill(g, &type, &v);
    return err_is(e, ERR_MISSING) || !e.why ? answer_register_definition(g, &v) : e;
}

/* --- The table --- */
/* The i-th column that is shown: those of the definition's list, in its order. */
static const struct fields_item *column_at(const struct register_type *type, size_t i) {
    const struct json_value *columns = json_member(type->more, "columns");
    int at = i < json_count(columns) ? register_field(type, json_text_of(json_item(columns, i))) : -1;
    return at < 0 ? NULL : &type->page->items.at[at];
}

static void columns_fill(struct get *g, const struct register_address *x, struct register_list_view *v) {
    const struct fields_item *k;
    for (size_t i = 0; (k = column_at(&x->type, i)); i++) {
        bool is_it = str_eq(k->name, x->asked.sort);
        struct register_column c = {.label = k->label,
                                    .is_number = register_is_number(k->kind),
                                    .is_up = is_it && !x->asked.is_down,
                                    .is_down = is_it && x->asked.is_down};
        if (register_may_sort(x, k)) {
            c.link = register_address_with(g->arena, x, S("sort"), k->name);
        }
        LIST_ADD(g->arena, &v->columns, c);
    }
}

static struct err judged(struct arena *a, const struct register_type *type, struct str answers, int64_t version,
                         struct fields_state **s) {
    struct fields_said_list said;
    TRY(register_said(a, answers, &said));
    *s = register_judge(a, type, version, said);
    return OK;
}

static struct err line_fill(struct get *g, const struct register_address *x, const struct register_listed *r,
                            struct register_list_view *v) {
    const struct register_book_seen *book = register_book_seen(&x->seat, r->book);
    enum fields_class may = register_class(g->who, book ? book->owner : 0);
    struct register_line line = {.link = link_record(g->arena, S("/register/row/"), r->id, S("")),
                                 .owner = book ? book->name : S("")};
    struct fields_state *s;
    const struct fields_item *k;
    TRY(judged(g->arena, &x->type, r->answers, r->type_version, &s));
    line.title = register_title(&x->type, s);
    for (size_t i = 0; (k = column_at(&x->type, i)); i++) {
        const struct fields_answer *answer = &s->all.at[register_field(&x->type, k->name)];
        LIST_ADD(g->arena, &line.cells,
                 (struct register_cell){.text = register_cell_shown(g->arena, answer, may),
                                        .is_number = register_is_number(k->kind),
                                        .is_veiled = k->pd > may && answer->text.len});
    }
    LIST_ADD(g->arena, &v->lines, line);
    return OK;
}

static struct err sums_fill(struct get *g, const struct register_address *x, struct register_list_view *v) {
    struct register_totals totals;
    const struct fields_item *k;
    TRY(register_list_totals(g->db, &x->asked, &totals));
    for (size_t i = 0; (k = column_at(&x->type, i)); i++) {
        struct register_cell cell = {.is_number = true};
        for (size_t t = 0; t < totals.n && k->pd <= x->may && register_has(&x->type, "sums", k->name); t++) {
            if (str_eq(totals.at[t].field, k->name)) {
                cell.text = register_shown_number(g->arena, k->kind, totals.at[t].total);
            }
        }
        LIST_ADD(g->arena, &v->sums, cell);
    }
    return OK;
}

static void owners_fill(struct get *g, const struct register_address *x, struct register_list_view *v) {
    v->has_owners = x->seat.books.n > 1;
    v->is_one = x->asked.book != 0;
    for (size_t i = 0; v->has_owners && i < x->seat.books.n; i++) {
        const struct register_book_seen *b = &x->seat.books.at[i];
        LIST_ADD(g->arena, &v->owners,
                 (struct register_option){str_format(g->arena, "%lld", (long long)b->owner), b->name,
                                          b->id.v == x->asked.book});
    }
}

static struct register_list_view list_head(struct get *g, const struct register_address *x) {
    struct arena *a = g->arena;
    struct str code = x->type.head.code;
    struct register_list_view v = {.code = code,
                                   .title = x->type.head.name,
                                   .unit = x->type.head.unit,
                                   .words = x->asked.words,
                                   .sort = query_param(g->request, S("sort")),
                                   .is_down = x->asked.is_down,
                                   .may_write = x->seat.may_write,
                                   .is_filtered = x->asked.words.len || x->asked.n_filters,
                                   .fault = x->fault,
                                   .add = link_local(a, "/register/%.*s/new", STR_ARG(code)),
                                   .import = link_local(a, "/register/%.*s/import", STR_ARG(code)),
                                   .export_ = register_address_at(a, x, "export"),
                                   .template_ = link_local(a, "/register/%.*s/template", STR_ARG(code)),
                                   .form = link_local(a, "/register/%.*s/definition", STR_ARG(code)),
                                   .clear = link_local(a, "/register/%.*s", STR_ARG(code))};
    v.chips.at = x->chips.at, v.chips.n = x->chips.n;
    v.filters.at = x->filters.at, v.filters.n = x->filters.n;
    return v;
}

struct err register_list_get(struct get *g) {
    struct register_address x;
    struct register_rows rows;
    TRY(register_address(g, &x));
    struct register_list_view v = list_head(g, &x);
    columns_fill(g, &x, &v);
    owners_fill(g, &x, &v);
    TRY(register_list(g->db, &x.asked, &rows));
    size_t most = (size_t)x.asked.most - 1;
    for (size_t i = 0; i < rows.n && i < most; i++) {
        TRY(line_fill(g, &x, &rows.at[i], &v));
    }
    TRY(register_list_count(g->db, &x.asked, &v.n));
    TRY(sums_fill(g, &x, &v));
    if (rows.n > most) {
        v.next = register_address_with(g->arena, &x, S("after"),
                                       str_format(g->arena, "%lld", (long long)rows.at[most - 1].id));
    }
    if (x.asked.after) {
        v.first = register_address_with(g->arena, &x, S("after"), S(""));
    }
    return answer_register_list(g, &v);
}

/* --- As a file --- */
static struct err file_begin(struct get *g, const struct register_type *type, struct str notes, bool with_owner,
                             struct sheet **sheet) {
    size_t n = type->page->items.n;
    struct sheet_column *columns = arena_take(g->arena, struct sheet_column, n + 2);
    size_t at = 0;
    if (with_owner) {
        columns[at++] = (struct sheet_column){S("Đơn vị"), 28};
    }
    for (size_t i = 0; i < n; i++) {
        const struct fields_item *k = &type->page->items.at[i];
        columns[at++] = (struct sheet_column){k->label, k->kind == FIELDS_PERSON_NAME ? 28 : 18};
    }
    return sheet_begin(g->arena, SHEET_XLSX, type->head.name, notes, columns, sheet);
}

static void cell_put(struct get *g, struct sheet *sheet, const struct fields_answer *x, enum fields_class may) {
    enum fields_kind kind = x->item->kind;
    struct date d;
    if (x->item->pd > may) {
        sheet_text(sheet, fields_masked(g->arena, x, may));
    } else if (register_is_number(kind) && x->text.len && x->number % FIELDS_ONE == 0) {
        sheet_int(sheet, x->number / FIELDS_ONE);
    } else if (register_is_number(kind) && x->text.len) {
        sheet_number(sheet, (double)x->number / FIELDS_ONE);
    } else if (register_is_date(kind) && date_read_iso(x->text, &d)) {
        sheet_date(sheet, d);
    } else {
        sheet_text(sheet, fields_shown(g->arena, x));
    }
}

static struct err rows_put(struct get *g, const struct register_address *x, const struct register_rows *rows,
                           struct sheet *sheet) {
    for (size_t i = 0; i < rows->n; i++) {
        const struct register_book_seen *book = register_book_seen(&x->seat, rows->at[i].book);
        enum fields_class may = register_class(g->who, book ? book->owner : 0);
        struct fields_state *s;
        TRY(judged(g->arena, &x->type, rows->at[i].answers, rows->at[i].type_version, &s));
        if (x->seat.books.n > 1) {
            sheet_text(sheet, book ? book->name : S(""));
        }
        for (size_t k = 0; k < x->type.page->items.n; k++) {
            cell_put(g, sheet, &s->all.at[k], may);
        }
        sheet_row(sheet);
    }
    return OK;
}

struct err register_export_get(struct get *g) {
    struct register_address x;
    struct register_rows rows = {0};
    struct sheet *sheet;
    struct str bytes;
    size_t done = 0;
    TRY(register_address(g, &x));
    struct str notes =
        str_format(g->arena, "%.*s, ngày %.*s", STR_ARG(g->who->organ_name), STR_ARG(date_vi(g->arena, clock_today())));
    TRY(file_begin(g, &x.type, notes, x.seat.books.n > 1, &sheet));
    x.asked.most = FILE_PAGE;
    x.asked.after = 0;
    do {
        TRY(register_list(g->db, &x.asked, &rows));
        TRY(rows_put(g, &x, &rows, sheet));
        done += rows.n;
        x.asked.after = rows.n ? rows.at[rows.n - 1].id : 0;
    } while (rows.n == FILE_PAGE && done < FILE_MOST);
    TRY(sheet_end(sheet, &bytes));
    struct str name = str_format(g->arena, "%.*s.xlsx", STR_ARG(x.type.head.code));
    return answer_download(g, sheet_type(SHEET_XLSX), name, bytes);
}

struct err register_template_get(struct get *g) {
    struct register_type type;
    struct register_seat seat;
    struct sheet *sheet;
    struct str bytes;
    struct buf notes = buf_in(g->arena);
    TRY(register_type(g->arena, path_param(g->request, S("type")), &type));
    TRY(register_seat(g->db, g->who, &type.head, &seat));
    BUF_LIT(&notes, "Điền từ dòng dưới hàng tên cột. Ô bắt buộc:");
    for (size_t i = 0; i < type.page->items.n; i++) {
        const struct fields_item *k = &type.page->items.at[i];
        buf_printf(&notes, "%s%.*s", k->is_required ? " · " : "", STR_ARG(k->is_required ? k->label : S("")));
    }
    for (size_t i = 0; i < type.page->items.n; i++) {
        const struct fields_item *k = &type.page->items.at[i];
        struct str list = options_words(g->arena, k);
        buf_printf(&notes, "%s%.*s%s%.*s", list.len ? "\n" : "", STR_ARG(list.len ? k->label : S("")),
                   list.len ? ": " : "", STR_ARG(list));
    }
    TRY(file_begin(g, &type, buf_str(&notes), false, &sheet));
    TRY(sheet_end(sheet, &bytes));
    struct str name = str_format(g->arena, "mau-%.*s.xlsx", STR_ARG(type.head.code));
    return answer_download(g, sheet_type(SHEET_XLSX), name, bytes);
}
