/* The settings: all of them with where each value comes from; the live ones can be changed. */
#include "modules/admin/admin_pages.h"

#include "kernel/config/config.h"
#include "modules/admin/admin_pages_gen.h"
#include "modules/org/org.h"

const struct field admin_setting_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("value"),
     .label = S_INIT("Giá trị"),
     .most = 500,
     .hint = S_INIT("Để trống thì trở về mặc định.")},
    FORM_VERSION,
    {0},
};

struct err admin_settings_get(struct get *g) {
    struct admin_settings v = {0};
    TRY(config_refresh(config_here(), g->db));
    const struct config *config = config_here();
    for (int i = 0; i < SET_COUNT; i++) {
        const struct setting_row *row = &config_table[i];
        enum setting s = (enum setting)i;
        LIST_ADD(g->arena, &v.settings,
                 (struct admin_setting){.name = str_of(row->name),
                                        .words = str_of(row->words),
                                        .normal = str_of(row->normal),
                                        .value = row->is_secret ? S("••••") : config_str(config, s),
                                        .source = str_of(config_source(config, s)),
                                        .is_changeable = row->is_live});
    }
    return answer_admin_settings(g, &v);
}

/* The live setting named in the address; MISSING for any other. */
static struct err setting_of(struct request *r, enum setting *s) {
    struct str name = path_param(r, S("name"));
    for (int i = 0; i < SET_COUNT; i++) {
        if (str_eq(str_of(config_table[i].name), name) && config_table[i].is_live) {
            *s = (enum setting)i;
            return OK;
        }
    }
    return FAIL(ERR_MISSING, "no such setting");
}

struct err admin_setting_get(struct get *g) {
    enum setting s;
    struct config_mark mark;
    TRY(setting_of(g->request, &s));
    TRY(config_refresh(config_here(), g->db));
    TRY(config_mark(g->db, s, &mark));
    struct admin_setting_form v = {.name = str_of(config_table[s].name),
                                   .words = str_of(config_table[s].words),
                                   .normal = str_of(config_table[s].normal),
                                   .form = form_begin_at(g->arena, admin_setting_fields, g->form, mark.version)};
    form_set(v.form, "value", config_str(config_here(), s));
    return answer_admin_setting_form(g, &v);
}

struct err admin_setting_post(struct post *p) {
    enum setting s;
    struct config_mark mark;
    int64_t version = form_version(p->form);
    TRY(setting_of(p->request, &s));
    TRY(config_mark(db_reading(p->db), s, &mark));
    if (version != mark.version) {
        return org_stale(db_reading(p->db), version, mark.post, mark.at);
    }
    struct err e = config_change(config_here(), p->db, s, form_text(p->form, "value"));
    if (e.why && (e.why->kind == ERR_INVALID || e.why->kind == ERR_DENIED)) {
        return err_refuse(p->arena, ERR_INVALID, "value", "%.*s", STR_ARG(e.why->message));
    }
    TRY(e);
    flash(p, "Đã lưu.");
    return see_other(p, "/admin/config");
}
