/* The editor's forms, and the acts: each is the last word of its address. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/file/file.h"
#include "kernel/rights/access.h"
#include "modules/portal/portal_pages_gen.h"
#include "modules/portal/portal_queries.h"
#include "modules/portal/portal_work.h"

#define TEXT_FIELDS                                                                                                    \
    {.kind = FIELD_LINE,                                                                                               \
     .name = S_INIT("title"),                                                                                          \
     .label = S_INIT("Tiêu đề"),                                                                                       \
     .is_required = true,                                                                                              \
     .most = 200,                                                                                                      \
     .hint = S_INIT("Nói ai, việc gì; từ 10 đến 120 chữ cái.")},                                                       \
        {.kind = FIELD_CHOICE,                                                                                         \
         .name = S_INIT("category"),                                                                                   \
         .label = S_INIT("Chuyên mục"),                                                                                \
         .is_required = true,                                                                                          \
         .choices = portal_categories},                                                                                \
        {.kind = FIELD_TEXT,                                                                                           \
         .name = S_INIT("lead"),                                                                                       \
         .label = S_INIT("Mở đầu"),                                                                                    \
         .most = 600,                                                                                                  \
         .hint = S_INIT("Một, hai câu đứng dưới tiêu đề.")},                                                           \
        {.kind = FIELD_TEXT,                                                                                           \
         .name = S_INIT("body"),                                                                                       \
         .label = S_INIT("Nội dung"),                                                                                  \
         .most = 60000,                                                                                                \
         .hint = S_INIT("Dòng trống ngắt đoạn. ## đề mục, - gạch đầu dòng, > lời nói, **đậm**, [chữ](/địa-chỉ).")},    \
        {.kind = FIELD_LINE,                                                                                           \
         .name = S_INIT("author"),                                                                                     \
         .label = S_INIT("Người viết"),                                                                                \
         .most = 200,                                                                                                  \
         .hint = S_INIT("Như người đọc sẽ thấy.")},                                                                    \
        {.kind = FIELD_LINE,                                                                                           \
         .name = S_INIT("source"),                                                                                     \
         .label = S_INIT("Nguồn"),                                                                                     \
         .most = 300,                                                                                                  \
         .hint = S_INIT("Số liệu, lời nói trong bài lấy từ đâu.")},                                                    \
        {.kind = FIELD_FILE,                                                                                           \
         .name = S_INIT("file"),                                                                                       \
         .label = S_INIT("Ảnh chính"),                                                                                 \
         .most = PORTAL_PICTURE_MOST,                                                                                  \
         .hint = S_INIT("JPEG hoặc PNG, đến 12 MB, khổ ngang 3 : 2.")},                                                \
        {.kind = FIELD_LINE,                                                                                           \
         .name = S_INIT("alt"),                                                                                        \
         .label = S_INIT("Lời tả ảnh"),                                                                                \
         .most = 300,                                                                                                  \
         .hint = S_INIT("Cho người không nhìn thấy: ai, đang làm gì, ở đâu.")},                                        \
    {                                                                                                                  \
        .kind = FIELD_LINE, .name = S_INIT("credit"), .label = S_INIT("Người chụp"), .most = 200                       \
    }

const struct field portal_new_fields[] = {TEXT_FIELDS, {0}};
const struct field portal_edit_fields[] = {
    TEXT_FIELDS,
    {.kind = FIELD_FLAG, .name = S_INIT("drops_picture"), .label = S_INIT("Bỏ ảnh đang có")},
    {.kind = FIELD_LINE,
     .name = S_INIT("note"),
     .label = S_INIT("Đã sửa gì"),
     .most = 300,
     .hint = S_INIT("Người đọc thấy dòng này khi bài đã đăng được sửa.")},
    {.kind = FIELD_LINE,
     .name = S_INIT("slug"),
     .label = S_INIT("Địa chỉ"),
     .most = 100,
     .hint = S_INIT("Chữ không dấu, gạch nối. Địa chỉ cũ vẫn mở được.")},
    {.kind = FIELD_FLAG,
     .name = S_INIT("is_for_communes"),
     .label = S_INIT("Hiện trên trang của tất cả phường, xã, đặc khu")},
    FORM_VERSION,
    {0},
};
const struct field portal_submission_fields[] = {
    {.kind = FIELD_FLAG, .name = S_INIT("asks_city"), .label = S_INIT("Nhờ Mặt trận thành phố duyệt")},
    {.kind = FIELD_FLAG, .name = S_INIT("proposes"), .label = S_INIT("Đề nghị đưa lên trang thành phố")},
    FORM_VERSION,
    {0},
};
const struct field portal_version_fields[] = {FORM_VERSION, {0}};
const struct field portal_reason_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("reason"), .label = S_INIT("Cần sửa gì"), .is_required = true, .most = 1000},
    FORM_VERSION,
    {0},
};
const struct field portal_withdrawal_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("reason"),
     .label = S_INIT("Vì sao rút"),
     .is_required = true,
     .most = 500,
     .hint = S_INIT("Người mở địa chỉ cũ sẽ đọc lý do này.")},
    {.kind = FIELD_LINE,
     .name = S_INIT("instead"),
     .label = S_INIT("Bài thay thế"),
     .most = 300,
     .hint = S_INIT("Địa chỉ trên cổng, bắt đầu bằng /portal/; để trống nếu không có.")},
    FORM_VERSION,
    {0},
};
const struct field portal_approval_fields[] = {
    {.kind = FIELD_DATE,
     .name = S_INIT("publish_on"),
     .label = S_INIT("Đăng ngày"),
     .hint = S_INIT("Để trống: đăng ngay.")},
    {.kind = FIELD_LINE,
     .name = S_INIT("publish_hour"),
     .label = S_INIT("Lúc"),
     .most = 5,
     .hint = S_INIT("Giờ Việt Nam, ví dụ 07:30.")},
    FORM_VERSION,
    {0},
};

static struct err picture_keep(struct post *p, struct file_blob_id *file) {
    struct upload *u = form_upload(p->form, "file");
    *file = (struct file_blob_id){0};
    if (!u) {
        return OK;
    }
    if (u->type != FILE_JPEG && u->type != FILE_PNG) {
        return REFUSE(ERR_INVALID, "file", "Ảnh phải là JPEG hoặc PNG.");
    }
    return file_keep(p->db, p->arena, u, file);
}

static struct portal_draft draft_of(const struct form *f) {
    return (struct portal_draft){.title = form_text(f, "title"),
                                 .lead = form_text(f, "lead"),
                                 .body = form_text(f, "body"),
                                 .author = form_text(f, "author"),
                                 .source = form_text(f, "source"),
                                 .alt = form_text(f, "alt"),
                                 .credit = form_text(f, "credit"),
                                 .category = form_text(f, "category")};
}

struct err portal_new_get(struct get *g) {
    struct portal_edit v = {.to = {S("/portal/office")}, .back = {S("/portal/office")}, .is_new = true};
    v.form = form_begin(g->arena, portal_new_fields, g->form);
    if (!g->form) {
        form_set(v.form, "author", g->who->name);
        form_set(v.form, "source", g->who->organ_name);
        form_set(v.form, "category", S("activity"));
    }
    return answer_portal_edit(g, &v);
}

struct err portal_new_post(struct post *p) {
    struct portal_draft d = draft_of(p->form);
    struct portal_article_id id;
    TRY(picture_keep(p, &d.picture));
    TRY(portal_add(p->db, p->who, &d, &id));
    flash(p, "Đã lưu bản nháp.");
    return see_other(p, "/portal/office/%lld", (long long)id.v);
}

static void form_fill(struct form *f, const struct portal_article_by_id_row *a,
                      const struct portal_version_by_id_row *t) {
    form_set(f, "title", t->title);
    form_set(f, "category", a->category);
    form_set(f, "lead", t->lead);
    form_set(f, "body", t->body);
    form_set(f, "author", t->author);
    form_set(f, "source", t->source);
    form_set(f, "alt", t->alt);
    form_set(f, "credit", t->credit);
    form_set(f, "note", a->working ? t->note : S(""));
    form_set(f, "slug", a->slug);
    form_set_id(f, "is_for_communes", str_eq(a->reach, S("communes")));
}

struct err portal_edit_get(struct get *g) {
    int64_t id;
    struct portal_article_by_id_row *a;
    struct portal_version_by_id_row *t;
    TRY(path_id(g->request, S("id"), &id));
    TRY(portal_find(g->db, g->who, id, &a));
    TRY(access_require(g->db, id, g->who->post.v, CAN_MANAGE));
    if (!g->form && (str_eq(a->stage, S("submitted")) || str_eq(a->stage, S("approved")))) {
        return see_other_get(g, "/portal/office/%lld", (long long)id);
    }
    TRY(portal_version_now(g->db, a, &t));
    struct portal_edit v = {.to = link_record(g->arena, S("/portal/office/"), id, S("/edit")),
                            .back = link_record(g->arena, S("/portal/office/"), id, S("")),
                            .is_later = !str_eq(a->state, S("new")),
                            .picture_name = t->picture.v ? t->alt : S("")};
    TRY(portal_is_city(g->db, g->who, &v.is_city));
    v.form = form_begin_at(g->arena, portal_edit_fields, g->form, a->version);
    form_fill(v.form, a, t);
    return answer_portal_edit(g, &v);
}

struct err portal_edit_post(struct post *p) {
    int64_t id;
    struct portal_draft d = draft_of(p->form);
    TRY(path_id(p->request, S("id"), &id));
    TRY(picture_keep(p, &d.picture));
    d.note = form_text(p->form, "note");
    d.slug = form_text(p->form, "slug");
    d.drops_picture = form_flag(p->form, "drops_picture");
    d.is_for_communes = form_flag(p->form, "is_for_communes");
    d.version = form_version(p->form);
    TRY(portal_change(p->db, p->who, (struct portal_article_id){id}, &d));
    flash(p, "Đã lưu.");
    return see_other(p, "/portal/office/%lld", (long long)id);
}

/* ---- Acts */

static bool has_field(const struct form *f, const char *name) {
    for (size_t i = 0; i < f->values.n; i++) {
        if (str_eq(f->values.at[i].field->name, str_of(name))) {
            return true;
        }
    }
    return false;
}

/* "07:30" on a day, as an instant; a day alone is its morning, an hour alone is refused. */
static struct err publish_at(const struct form *f, struct instant *at) {
    struct date on = form_date(f, "publish_on");
    struct str hour = form_text(f, "publish_hour"), h, m;
    int64_t hours = 7, minutes = 0;
    *at = (struct instant){0};
    if (!on.year) {
        return hour.len ? REFUSE(ERR_INVALID, "publish_on", "Ghi cả ngày đăng, hoặc để trống cả hai để đăng ngay.")
                        : OK;
    }
    if (hour.len && !(str_cut(hour, S(":"), &h, &m) && num_read_between(h, 0, 23, &hours) &&
                      num_read_between(m, 0, 59, &minutes))) {
        return REFUSE(ERR_INVALID, "publish_hour", "Giờ ghi như 07:30.");
    }
    *at = date_at(on, (int)hours, (int)minutes);
    return OK;
}

static struct err said_of(struct post *p, struct portal_said *said) {
    const struct form *f = p->form;
    *said = (struct portal_said){.version = form_version(f)};
    if (has_field(f, "asks_city")) {
        said->asks_city = form_flag(f, "asks_city");
        said->proposes = form_flag(f, "proposes");
    }
    if (has_field(f, "reason")) {
        said->reason = form_text(f, "reason");
    }
    if (has_field(f, "instead")) {
        said->instead = form_text(f, "instead");
    }
    return has_field(f, "publish_on") ? publish_at(f, &said->publish_at) : OK;
}

struct err portal_act_post(struct post *p) {
    static const struct {
        const char *verb, *words;
    } done[] = {{"submission", "Đã gửi duyệt."},
                {"recall", "Đã rút lại, sửa tiếp được."},
                {"return", "Đã trả lại."},
                {"approval", "Đã duyệt."},
                {"withdrawal", "Đã rút khỏi cổng."},
                {"taking", "Đã đưa lên trang thành phố."},
                {"refusal", "Đã ghi: không đưa lên."}};
    int64_t id;
    struct portal_said said;
    TRY(path_id(p->request, S("id"), &id));
    TRY(said_of(p, &said));
    for (size_t i = 0; i < sizeof done / sizeof *done; i++) {
        if (str_ends(p->path, str_format(p->arena, "/%s", done[i].verb))) {
            TRY(portal_move(p->db, p->who, (struct portal_article_id){id}, done[i].verb, &said));
            flash(p, "%s", done[i].words);
            return see_other(p, "/portal/office/%lld", (long long)id);
        }
    }
    return FAIL(ERR_MISSING, "no such act");
}
