/* What the office says of a procedure: whether it is open, its settings, and the lists that questions choose from. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/page/form.h"
#include "kernel/record/act.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"
#include "modules/service/service_pages.h"
#include "modules/service/service_pages_gen.h"
#include "modules/service/service_view.h"

#include "base/banned.h"

const struct field service_office_fields[] = {
    {.kind = FIELD_FLAG, .name = S_INIT("is_open"), .label = S_INIT("Mở thủ tục này cho người dân")},
    {.kind = FIELD_PAIRS, .name = S_INIT("s"), .label = S_INIT("Cài đặt")},
    FORM_VERSION,
    {0},
};
const struct field service_list_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("rows"),
     .label = S_INIT("Các dòng"),
     .most = 20000,
     .hint = S_INIT("Mỗi dòng: mã | điều người dân đọc. Ví dụ: 2026-12-02T08:00 | Thứ Tư 02/12/2026, 08:00.")},
    FORM_VERSION,
    {0},
};

/* Lists nobody else keeps: names as definitions say them. */
static const struct {
    struct str name, title;
} lists[] = {{S_INIT("campaign"), S_INIT("Cuộc vận động đang nhận ủng hộ")},
             {S_INIT("slot"), S_INIT("Giờ tiếp công dân còn trống")},
             {S_INIT("consult"), S_INIT("Dự thảo đang lấy ý kiến")},
             {S_INIT("clause"), S_INIT("Điều khoản của dự thảo")},
             {S_INIT("mo_hinh"), S_INIT("Mô hình")},
             {S_INIT("tiep_xuc_cu_tri"), S_INIT("Cuộc tiếp xúc cử tri")},
             {S_INIT("ky_hop"), S_INIT("Kỳ họp")},
             {S_INIT("phong_trao"), S_INIT("Phong trào")},
             {S_INIT("linh_vuc"), S_INIT("Lĩnh vực")}};
enum { LISTS = sizeof lists / sizeof *lists };

static struct err lacking(struct db_read *db, const struct service_form *f, struct str settings, struct str *words) {
    struct str values = service_settings_lacking(db_arena(db), f, settings), names;
    TRY(service_lists_lacking(db, f, &names));
    *words = values.len && names.len
                 ? str_format(db_arena(db), "%.*s; danh sách: %.*s", STR_ARG(values), STR_ARG(names))
             : names.len ? str_format(db_arena(db), "danh sách: %.*s", STR_ARG(names))
                         : values;
    return OK;
}

struct err service_offices_get(struct get *g) {
    struct service_heads heads = service_heads(g->arena);
    struct service_offices v = {0};
    for (size_t i = 0; i < heads.all.n; i++) {
        struct service_form *f;
        struct service_office_of_row *row;
        struct service_office_line line = {.code = heads.all.at[i].code, .name = heads.all.at[i].name};
        TRY(service_form_load(g->arena, line.code, 0, &f));
        TRY(service_office_of(g->db, (struct service_office_of_in){.procedure = f->code}, &row));
        TRY(lacking(g->db, f, row ? row->settings : S(""), &line.lacking));
        line.link = link_local(g->arena, "/service/procedure/%.*s", STR_ARG(f->code));
        line.version = f->version;
        line.is_open = row && row->is_open;
        LIST_ADD(g->arena, &v.lines, line);
    }
    for (size_t i = 0; i < LISTS; i++) {
        LIST_ADD(g->arena, &v.lists,
                 (struct service_guide_line){.link = link_local(g->arena, "/service/list/%.*s", STR_ARG(lists[i].name)),
                                             .short_name = lists[i].name,
                                             .name = lists[i].title});
    }
    return answer_service_offices(g, &v);
}

static struct str typed_of(struct get *g, struct str key) {
    const struct form_value *v = g->form ? form_value(g->form, "s") : NULL;
    for (size_t i = 0; v && i < v->pairs.n; i++) {
        if (str_eq(v->pairs.at[i].name, key)) {
            return v->pairs.at[i].value;
        }
    }
    return S("");
}

/* Before anybody said anything of a procedure it is in its first state. */
struct err service_office_get(struct get *g) {
    struct service_form *f;
    struct service_office_of_row *row;
    TRY(service_form_load(g->arena, path_param(g->request, S("procedure")), 0, &f));
    TRY(service_office_of(g->db, (struct service_office_of_in){.procedure = f->code}, &row));
    struct service_office_form v = {.code = f->code,
                                    .name = f->name,
                                    .to = link_local(g->arena, "/service/procedure/%.*s", STR_ARG(f->code)),
                                    .form =
                                        form_begin_at(g->arena, service_office_fields, g->form, row ? row->version : 1),
                                    .is_open = row && row->is_open};
    form_set(v.form, "is_open", row && row->is_open ? S("1") : S(""));
    TRY(service_lists_lacking(g->db, f, &v.lacking_lists));
    for (size_t i = 0; i < f->settings.n; i++) {
        const struct service_setting_def *s = &f->settings.at[i];
        struct str value = service_setting_value(f, row ? row->settings : S(""), s->key), typed = typed_of(g, s->key);
        LIST_ADD(g->arena, &v.settings, (struct service_office_setting){s->key, s->note, typed.len ? typed : value});
    }
    return answer_service_office_form(g, &v);
}

static struct str settings_of(struct arena *a, const struct form *f) {
    const struct form_value *v = form_value(f, "s");
    struct buf b = buf_in(a);
    for (size_t i = 0; i < v->pairs.n; i++) {
        buf_printf(&b, "%.*s=%.*s\n", STR_ARG(v->pairs.at[i].name), STR_ARG(str_trim(v->pairs.at[i].value)));
    }
    return buf_str(&b);
}

static struct err office_save(struct post *p, const struct service_form *f, struct str settings, bool is_open) {
    struct service_office_of_row *row;
    int64_t changed = 1;
    TRY(service_office_of(db_reading(p->db), (struct service_office_of_in){.procedure = f->code}, &row));
    if (!row) {
        return service_office_add(p->db,
                                  (struct service_office_add_in){.procedure = f->code,
                                                                 .is_open = is_open,
                                                                 .settings = settings,
                                                                 .changed_by = p->who->post.v,
                                                                 .changed_at = clock_now()},
                                  NULL);
    }
    TRY(service_office_set(p->db,
                           (struct service_office_set_in){.procedure = f->code,
                                                          .is_open = is_open,
                                                          .settings = settings,
                                                          .version = form_version(p->form),
                                                          .changed_by = p->who->post.v,
                                                          .changed_at = clock_now()},
                           &changed));
    return changed ? OK : REFUSE(ERR_CONFLICT, "version", "Có người vừa sửa cài đặt này. Mời xem lại rồi lưu lần nữa.");
}

struct err service_office_post(struct post *p) {
    struct service_form *f;
    struct str words, settings = settings_of(p->arena, p->form);
    bool is_open = form_flag(p->form, "is_open");
    TRY(service_form_load(p->arena, path_param(p->request, S("procedure")), 0, &f));
    TRY(lacking(db_reading(p->db), f, settings, &words));
    if (is_open && words.len) {
        return err_refuse(p->arena, ERR_INVALID, "is_open", "Chưa mở được, còn thiếu: %.*s.", STR_ARG(words));
    }
    TRY(office_save(p, f, settings, is_open));
    TRY(audit_note(p->db, &(struct audit){.verb = S("service.office"),
                                          .after = str_format(p->arena, "{\"procedure\":\"%.*s\",\"is_open\":%s}",
                                                              STR_ARG(f->code), is_open ? "true" : "false")}));
    flash(p, "Đã lưu.");
    return see_other(p, "/service/procedure");
}

static struct err list_title(struct request *r, struct str *name, struct str *title) {
    *name = path_param(r, S("list"));
    for (size_t i = 0; i < LISTS; i++) {
        if (str_eq(lists[i].name, *name)) {
            *title = lists[i].title;
            return OK;
        }
    }
    return FAIL(ERR_MISSING, "no such list");
}

struct err service_list_get(struct get *g) {
    struct service_list_of_row *row;
    struct str name;
    struct service_list_form v = {0};
    TRY(list_title(g->request, &name, &v.name));
    TRY(service_list_of(g->db, (struct service_list_of_in){.name = name}, &row));
    v.to = link_local(g->arena, "/service/list/%.*s", STR_ARG(name));
    v.form = form_begin_at(g->arena, service_list_fields, g->form, row ? row->version : 1);
    form_set(v.form, "rows", row ? row->rows : S(""));
    return answer_service_list_form(g, &v);
}

static struct err list_save(struct post *p, struct str name, struct str rows) {
    struct service_list_of_row *row;
    int64_t changed = 1;
    TRY(service_list_of(db_reading(p->db), (struct service_list_of_in){.name = name}, &row));
    if (!row) {
        return service_list_add(
            p->db,
            (struct service_list_add_in){
                .name = name, .rows = rows, .changed_by = p->who->post.v, .changed_at = clock_now()},
            NULL);
    }
    TRY(service_list_set(p->db,
                         (struct service_list_set_in){.name = name,
                                                      .rows = rows,
                                                      .version = form_version(p->form),
                                                      .changed_by = p->who->post.v,
                                                      .changed_at = clock_now()},
                         &changed));
    return changed ? OK
                   : REFUSE(ERR_CONFLICT, "version", "Có người vừa sửa danh sách này. Mời xem lại rồi lưu lần nữa.");
}

struct err service_list_post(struct post *p) {
    struct str name, title;
    TRY(list_title(p->request, &name, &title));
    TRY(list_save(p, name, form_text(p->form, "rows")));
    TRY(audit_note(p->db, &(struct audit){.verb = S("service.list"),
                                          .after = str_format(p->arena, "{\"list\":\"%.*s\"}", STR_ARG(name))}));
    flash(p, "Đã lưu.");
    return see_other(p, "/service/procedure");
}
