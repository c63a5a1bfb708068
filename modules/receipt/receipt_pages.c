/* The page where a code and three words open what was sent; the routes are last. */
#include "kernel/erase/erase.h"
#include "kernel/file/file.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/rights/password.h"
#include "kernel/shell/public.h"
#include "modules/citizen/citizen.h"
#include "modules/receipt/receipt_code.h"
#include "modules/receipt/receipt_inside.h"
#include "modules/receipt/receipt_pages_gen.h"
#include "modules/receipt/receipt_view.h"

#include "base/arena.h"
#include "base/buf.h"

/* Wrong words are counted by who tries and what is tried, so that a stranger keeps nobody out; and by who tries alone.
 */
enum { LOOK_ONE_MOST = 10, LOOK_ALL_MOST = 60, MINUTE_MS = 60 * 1000 };

static const struct field fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("code"),
     .label = S_INIT("Mã hồ sơ"),
     .is_required = true,
     .most = 60,
     .hint = S_INIT("In trên phiếu biên nhận, ví dụ 11911-261130-0003-K.")},
    {.kind = FIELD_LINE,
     .name = S_INIT("words"),
     .label = S_INIT("Ba chữ bí mật"),
     .is_required = true,
     .most = 120,
     .hint = S_INIT("Gõ không dấu cũng được, ví dụ: canh buom, mua rao, hoa gao.")},
    {.kind = FIELD_FLAG, .name = S_INIT("mine"), .label = S_INIT("Thêm vào “Hồ sơ của tôi”")},
    {0},
};
static const struct field query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("code"), .label = S_INIT("Mã hồ sơ"), .most = 60},
    {.kind = FIELD_LINE, .name = S_INIT("said"), .label = S_INIT("Kết quả"), .most = 10},
    {0},
};

/* What the code leads to; nothing is what is unknown or over. */
struct sought {
    struct receipt_item_id id;
};

static struct err look_get(struct get *g) {
    struct str said = query_param(g->request, S("said"));
    struct receipt_look v = {.form = form_begin(g->arena, fields, g->form),
                             .is_wrong = str_eq(said, S("wrong")),
                             .is_late = str_eq(said, S("late"))};
    if (!g->form) {
        form_set(v.form, "code", query_param(g->request, S("code")));
    }
    struct citizen c;
    TRY(citizen_of(g->db, g->request, &c));
    TRY(citizen_way(g->db, &v.way));
    v.is_citizen = c.id.v != 0;
    if (v.is_citizen) {
        return receipt_answer(g, &page_receipt_look, &v, &(struct public_page){.place = S("Tra cứu")});
    }
    return answer_public(g, &page_receipt_look, &v, &(struct public_page){.place = S("Tra cứu"), .is_unlisted = true});
}

/* A code that is none is said at once: anybody can see that from the code alone. Whatever else is tried takes as long
   as any other. */
static struct err look_before(struct get *g) {
    struct receipt_item_by_code_row *row = NULL;
    struct sought *sought = arena_take(g->arena, struct sought, 1);
    struct str code, sealed = password_of_nobody();
    if (!receipt_code_read(g->arena, form_text(g->form, "code"), &code)) {
        return REFUSE(ERR_INVALID, "code", "Mã này có chỗ gõ nhầm. Mời xem lại từng chữ số và chữ cái cuối.");
    }
    TRY(receipt_item_by_code(g->db, (struct receipt_item_by_code_in){.code = code}, &row));
    if (row && row->sealed.len && !str_eq(row->state, S("closed"))) {
        sought->id = row->id;
        sealed = row->sealed;
    }
    request_carry(g->request, sought);
    struct str words = receipt_words_plain(g->arena, form_text(g->form, "words"));
    password_want(g, &(struct password_work){.sealed = str_copy(g->arena, sealed),
                                             .tried = words.len ? words : S("-"),
                                             .network = receipt_network(g->arena, g->request)});
    return OK;
}

static struct err count_try(struct post *p, struct str code) {
    struct str network = receipt_network(p->arena, p->request);
    struct str both = str_format(p->arena, "%.*s %.*s", STR_ARG(network), STR_ARG(code));
    TRY(receipt_limit(p->db, S("look"), network, LOOK_ALL_MOST, 1));
    return receipt_limit(p->db, S("look"), receipt_mark(p->arena, both), LOOK_ONE_MOST, 1);
}

/* Every try is counted, right or wrong: the answer goes by another address, so that the count stays. */
static struct err look_post(struct post *p) {
    const struct sought *sought = request_carried(p->request);
    struct receipt_item_by_id_row *row;
    struct str code;
    if (!receipt_code_read(p->arena, form_text(p->form, "code"), &code)) {
        return FAIL(ERR_INVALID, "no code");
    }
    struct err e = count_try(p, code);
    if (err_is(e, ERR_BUSY)) {
        return see_other(p, "/receipt?said=late&code=%.*s", STR_ARG(code));
    }
    TRY(e);
    if (!password_wanted(p->request)->is_right || !sought->id.v) {
        return see_other(p, "/receipt?said=wrong&code=%.*s", STR_ARG(code));
    }
    struct instant until = {clock_now().ms + (int64_t)RECEIPT_OPEN_MINUTES * MINUTE_MS};
    TRY(receipt_let_in(p->db, receipt_cookie_made(p), sought->id, false, until));
    TRY(receipt_item_by_id(db_reading(p->db), (struct receipt_item_by_id_in){.id = sought->id}, &row));
    if (form_flag(p->form, "mine")) {
        TRY(citizen_sent(p->db, p->request, sought->id));
    }
    return see_other(p, "/%.*s/receipt/%lld", STR_ARG(row->kind), (long long)sought->id.v);
}

struct err receipt_answer(struct get *g, const struct page *page, const void *view, const struct public_page *frame) {
    struct public_page own = *frame;
    own.is_unlisted = true;
    own.has_cookie = true;
    TRY(answer_public(g, page, view, &own));
    answer_header(g->request, S("Cache-Control"), S("no-store"));
    return OK;
}

/* A front speaks TLS for us; on this very machine nobody does. */
struct str receipt_address(struct get *g, struct str code) {
    struct str host = header_value(g->request, S("Host"));
    const char *scheme = request_is_loopback(g->request) ? "http" : "https";
    return str_format(g->arena, "%s://%.*s/receipt?code=%.*s", scheme, STR_ARG(host), STR_ARG(code));
}

struct str receipt_prefix(struct arena *a, struct str unit_code) {
    enum { MOST = 5 };
    struct buf b = buf_in(a);
    for (size_t i = 0; i < unit_code.len && b.len < MOST; i++) {
        if (unit_code.at[i] >= '0' && unit_code.at[i] <= '9') {
            buf_put_char(&b, unit_code.at[i]);
        }
    }
    return b.len ? buf_str(&b) : S("31");
}

const struct route receipt_routes[] = {
    {.method = METHOD_GET,
     .path = "/receipt",
     .access = ACCESS_PUBLIC,
     .get = look_get,
     .fields = query,
     .name = S_INIT("Tra cứu")},
    {.method = METHOD_POST,
     .path = "/receipt",
     .access = ACCESS_PUBLIC,
     .post = look_post,
     .fields = fields,
     .again = look_get,
     .before = look_before,
     .name = S_INIT("Tra cứu hồ sơ")},
    {0},
};

/* ---- What others ask of every module. */

static struct err forget(struct db_write *db, const struct erase *e) {
    if (e->file) {
        return receipt_erase_file(db, (struct receipt_erase_file_in){.file = *e->file}, NULL);
    }
    TRY(receipt_erase_files(db, (struct receipt_erase_files_in){.record = e->record, .name = S("Đã xóa theo yêu cầu")},
                            NULL));
    return receipt_erase_items(db, (struct receipt_erase_items_in){.record = e->record}, NULL);
}

static struct err file_uses_of(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct receipt_file_of_rows rows;
    TRY(receipt_file_of(db, (struct receipt_file_of_in){.file = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct link to = link_local(a, "/%.*s/%lld", STR_ARG(rows.at[i].kind), (long long)rows.at[i].record);
        LIST_ADD(a, uses, (struct file_use){rows.at[i].record ? S("Tệp gửi kèm một hồ sơ") : S(""), to.v});
    }
    return OK;
}

const struct module receipt_module = {.name = "receipt",
                                      .title = "Phiếu biên nhận",
                                      .routes = receipt_routes,
                                      .job_kinds = receipt_job_kinds,
                                      .file_uses = file_uses_of,
                                      .seed = receipt_sweep_seed,
                                      .erase = forget};
