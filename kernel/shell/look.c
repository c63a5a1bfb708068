/* The look of this device: theme and language, kept in cookies for a year. */
#include "kernel/page/form.h"
#include "kernel/module.h"
#include "kernel/shell/page.h"
#include "kernel/shell/shell.h"

#include "base/banned.h"

static const struct choice themes[] = {{S_INIT("light"), S_INIT("Sáng")},
                                       {S_INIT("dark"), S_INIT("Tối")},
                                       {S_INIT("auto"), S_INIT("Tự động")},
                                       {{0}, {0}}};
static const struct choice languages[] = {
    {S_INIT("vi"), S_INIT("Tiếng Việt")}, {S_INIT("en"), S_INIT("English")}, {{0}, {0}}};

static const struct field look_fields[] = {
    {.kind = FIELD_CHOICE, .name = S_INIT("theme"), .label = S_INIT("Giao diện"), .choices = themes},
    {.kind = FIELD_CHOICE, .name = S_INIT("language"), .label = S_INIT("Ngôn ngữ"), .choices = languages},
    {.kind = FIELD_LINE, .name = S_INIT("back"), .label = S_INIT("Trang đang xem")},
    {.kind = FIELD_END},
};

static void cookie_set(struct post *p, const char *name, struct str value) {
    if (value.len) {
        answer_header(p->request, S("Set-Cookie"),
                      str_format(p->arena, "%s=%.*s; Path=/; Max-Age=31536000; SameSite=Lax", name, STR_ARG(value)));
    }
}

static struct err look_change(struct post *p) {
    cookie_set(p, "theme", form_text(p->form, "theme"));
    cookie_set(p, "lang", form_text(p->form, "language"));
    struct link back = link_local(p->arena, "%.*s", STR_ARG(form_text(p->form, "back")));
    return see_other(p, "%.*s", STR_ARG(back.v));
}

static const struct route look_routes[] = {
    {.method = METHOD_POST,
     .path = "/look",
     .access = ACCESS_SIGNED_IN,
     .post = look_change,
     .fields = look_fields,
     .name = S_INIT("Đổi giao diện, ngôn ngữ")},
    {.method = METHOD_GET,
     .path = "/api/openapi.json",
     .access = ACCESS_SIGNED_IN,
     .get = api_openapi,
     .budget_bytes = 4 << 20, /* as large as the route table */
     .name = S_INIT("Mô tả giao diện lập trình")},
    {0},
};

const struct module shell_module = {.name = "shell", .title = "Khung trang", .routes = look_routes};
