/* The register of outgoing documents: every number of a year, to look at, to print across, as Excel; numbers kept for
   papers. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/out/sheet.h"
#include "modules/outgoing/outgoing_pages.h"
#include "modules/outgoing/outgoing_pages_gen.h"

enum { ON_A_PAGE = 200, EXPORT_MOST = 20000, YEARS_BACK = 4 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct outgoing_book_in asked_of(struct get *g, int64_t most) {
    struct outgoing_book_in in = {.organ = g->who->organ.v,
                                  .type = query_param(g->request, S("type")),
                                  .state = query_param(g->request, S("state")),
                                  .most = most};
    if (!num_read_between(query_param(g->request, S("year")), 1990, 2200, &in.year)) {
        in.year = clock_today().year;
    }
    if (!num_read_between(query_param(g->request, S("after")), 1, INT64_MAX, &in.after)) {
        in.after = 0;
    }
    return in;
}

/* Whom it went to, in a few words: groups by their name, others as they are. */
static struct str receivers_of(struct arena *a, const struct outgoing_book_row *r,
                               const struct outgoing_book_receivers_rows *names) {
    struct buf b = buf_in(a);
    if (r->to_communes) {
        BUF_LIT(&b, "Các xã, phường, đặc khu");
    }
    for (size_t i = 0; i < names->n && b.len < 400; i++) {
        if (names->at[i].doc.v == r->doc.v) {
            buf_put(&b, b.len ? S("; ") : S(""));
            buf_put(&b, names->at[i].name);
        }
    }
    return buf_str(&b);
}

static struct str said_of(const struct outgoing_book_row *r) {
    return is(r->state, "void")           ? S("Số hủy")
           : is(r->state, "reserved")     ? S("Giữ chỗ")
           : is(r->doc_state, "recalled") ? S("Đã thu hồi")
           : is(r->doc_state, "replaced") ? S("Đã được thay thế")
           : is(r->doc_state, "numbered") ? S("Chờ phát hành")
                                          : S("");
}

static struct outgoing_book_line line_of(struct get *g, const struct outgoing_book_row *r,
                                         const struct outgoing_book_receivers_rows *names) {
    bool is_void = is(r->state, "void"), is_reserved = is(r->state, "reserved");
    struct str said = said_of(r);
    struct outgoing_book_line line = {
        .id = r->id.v,
        .code = r->code,
        .type_name = outgoing_type(g->arena, r->type).name,
        .subject = is_reserved || is_void ? S("") : r->subject,
        .signer = is_void ? S("") : r->signer_name,
        .keeper = r->unit_name.len && !is_void ? str_format(g->arena, "VT, %.*s", STR_ARG(r->unit_name)) : S(""),
        .note = r->note,
        .state_name = said,
        .dated_on = r->dated_on,
        .copies = r->copies,
        .is_reserved = is_reserved,
        .is_void = is_void};
    if (!is_void && r->doc.v) {
        line.receivers = receivers_of(g->arena, r, names);
    }
    return line;
}

struct lines {
    LIST(struct outgoing_book_line) all;
    bool has_more;
    int64_t last;
};

static struct err lines_read(struct get *g, struct outgoing_book_in in, struct lines *out) {
    struct outgoing_book_rows rows;
    struct outgoing_book_receivers_rows names;
    in.most++;
    TRY(outgoing_book(g->db, in, &rows));
    size_t n = (int64_t)rows.n < in.most ? rows.n : (size_t)in.most - 1;
    int64_t *some = arena_take(g->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        some[i] = rows.at[i].doc.v;
    }
    TRY(outgoing_book_receivers(g->db, (struct outgoing_book_receivers_in){.some = {some, n}}, &names));
    for (size_t i = 0; i < n; i++) {
        struct outgoing_book_line line = line_of(g, &rows.at[i], &names);
        bool is_out = is(rows.at[i].doc_state, "issued") || is(rows.at[i].doc_state, "replaced") ||
                      is(rows.at[i].doc_state, "recalled");
        bool may =
            rows.at[i].doc.v && (is_out || ((g->who->roles & ROLE_CLERK) && is(rows.at[i].doc_state, "numbered")));
        line.link = may ? link_record(g->arena, S("/outgoing/"), rows.at[i].doc.v, S("")) : (struct link){{0}};
        LIST_ADD(g->arena, &out->all, line);
        out->last = rows.at[i].id.v;
    }
    out->has_more = rows.n > n;
    return OK;
}

static void choices_fill(struct get *g, const struct outgoing_book_in *in, struct outgoing_book_view *v) {
    struct outgoing_types types;
    outgoing_types(g->arena, &types);
    for (size_t i = 0; i < types.all.n; i++) {
        const struct outgoing_type *t = &types.all.at[i];
        LIST_ADD(g->arena, &v->types, (struct outgoing_option){t->code, t->name, str_eq(t->code, in->type)});
    }
    for (int i = 0; i < YEARS_BACK; i++) {
        struct str year = str_format(g->arena, "%d", clock_today().year - i);
        LIST_ADD(g->arena, &v->years, (struct outgoing_option){year, year, in->year == clock_today().year - i});
    }
}

static void ways_fill(struct get *g, const struct outgoing_book_in *in, const struct lines *lines,
                      struct outgoing_book_view *v) {
    struct str base = str_format(g->arena, "year=%lld&type=%.*s&state=%.*s", (long long)in->year, STR_ARG(in->type),
                                 STR_ARG(in->state));
    v->excel = link_local(g->arena, "/outgoing/book/export?%.*s", STR_ARG(base));
    if (lines->has_more) {
        v->pages.older = link_local(g->arena, "/outgoing/book?%.*s&after=%lld", STR_ARG(base), (long long)lines->last);
    }
    if (in->after) {
        v->pages.newer = link_local(g->arena, "/outgoing/book?%.*s", STR_ARG(base));
    }
}

struct err outgoing_book_get(struct get *g) {
    struct outgoing_book_in in = asked_of(g, ON_A_PAGE);
    struct lines lines = {0};
    bool is_back = outgoing_came_back(g), is_reserve = is_back && str_ends(g->path, S("/reservation"));
    struct outgoing_book_view v = {
        .organ = g->who->organ_name,
        .year = in.year,
        .is_clerk = (g->who->roles & ROLE_CLERK) != 0,
        .is_reserved_only = is(in.state, "reserved"),
        .reserve = form_begin(g->arena, outgoing_reserve_fields, is_reserve ? g->form : NULL),
        .void_form = form_begin(g->arena, outgoing_reason_fields, is_back && !is_reserve ? g->form : NULL)};
    if (is_back && !is_reserve) {
        TRY(path_id(g->request, S("number"), &v.void_of));
    }
    TRY(lines_read(g, in, &lines));
    v.items.at = lines.all.at;
    v.items.n = lines.all.n;
    choices_fill(g, &in, &v);
    ways_fill(g, &in, &lines, &v);
    return answer_outgoing_book(g, &v);
}

static const struct sheet_column columns[] = {{S_INIT("Số, ký hiệu"), 20},
                                              {S_INIT("Ngày tháng"), 12},
                                              {S_INIT("Tên loại"), 14},
                                              {S_INIT("Trích yếu"), 60},
                                              {S_INIT("Người ký"), 22},
                                              {S_INIT("Nơi nhận"), 48},
                                              {S_INIT("Đơn vị, người nhận bản lưu"), 24},
                                              {S_INIT("Số bản"), 9},
                                              {S_INIT("Ghi chú"), 30},
                                              {.width = 0}};

static void row_put(struct sheet *s, struct arena *a, const struct outgoing_book_line *r) {
    sheet_text(s, r->code);
    sheet_date(s, r->dated_on);
    sheet_text(s, r->type_name);
    sheet_text(s, r->subject);
    sheet_text(s, r->signer);
    sheet_text(s, r->receivers);
    sheet_text(s, r->keeper);
    sheet_int(s, r->copies);
    sheet_text(s, str_format(a, "%.*s%s%.*s", STR_ARG(r->state_name), r->state_name.len && r->note.len ? ": " : "",
                             STR_ARG(r->note)));
    sheet_row(s);
}

struct err outgoing_book_export_get(struct get *g) {
    struct outgoing_book_in in = asked_of(g, EXPORT_MOST);
    struct lines lines = {0};
    struct sheet *s;
    struct str bytes;
    TRY(lines_read(g, in, &lines));
    struct str notes = str_format(g->arena, "%.*s\nNăm %lld", STR_ARG(g->who->organ_name), (long long)in.year);
    TRY(sheet_begin(g->arena, SHEET_XLSX, S("Sổ văn bản đi"), notes, columns, &s));
    for (size_t i = 0; i < lines.all.n; i++) {
        row_put(s, g->arena, &lines.all.at[i]);
    }
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("so-van-ban-di.xlsx"), bytes);
}
