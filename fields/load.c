/* A whole definition, read and checked: everything that is wrong is told at once. */
#include "fields/inside.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

#include "base/banned.h"

void fields_fault(struct fields_loading *l, const char *format, ...) {
    enum { FAULTS_MOST = 200 };
    char words[1024];
    va_list args;
    if (l->faults->n >= FAULTS_MOST) {
        return;
    }
    va_start(args, format);
    int n = vsnprintf(words, sizeof words, format, args);
    va_end(args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof words ? (size_t)n : sizeof words - 1;
    LIST_ADD(l->arena, l->faults,
             (struct fields_fault){l->page, l->field, utf8_clean(l->arena, (struct str){words, len})});
}

struct str fields_fault_line(struct arena *a, struct str file, const struct fields_fault *fault) {
    struct buf b = buf_in(a);
    buf_put(&b, file);
    if (fault->page.len) {
        buf_printf(&b, ", trang “%.*s”", STR_ARG(fault->page));
    }
    if (fault->field.len) {
        buf_printf(&b, ", ô “%.*s”", STR_ARG(fault->field));
    }
    buf_printf(&b, ": %.*s", STR_ARG(fault->words));
    return buf_str(&b);
}

/* Columns are seen from inside their own table only. */
static bool is_in_sight(const struct fields_loading *l, const struct fields_item *item) {
    for (size_t i = 0; i < l->seen.n; i++) {
        const struct fields_item *table = l->seen.at[i];
        if (table->columns.n && item >= table->columns.at && item < table->columns.at + table->columns.n) {
            return false;
        }
    }
    return true;
}

const struct fields_item *fields_before(struct fields_loading *l, struct str name, const char *key) {
    for (size_t i = 0; i < l->seen.n; i++) {
        if (str_eq(l->seen.at[i]->name, name) && is_in_sight(l, l->seen.at[i])) {
            return l->seen.at[i];
        }
    }
    fields_fault(l, "%s nhắc tới ô “%.*s”, nhưng trước chỗ này không có ô nào tên ấy.", key, STR_ARG(name));
    return NULL;
}

static void page_head_read(struct fields_loading *l, const struct json_value *v, struct fields_page *page) {
    static const char *const keys[] = {"id", "title", "hint", "show_if", "fields", NULL};
    l->field = S("");
    l->page = json_member_text(v, "id");
    fields_keys_check(l, v, keys);
    page->id = fields_member(l, v, "id", true);
    page->title = fields_member(l, v, "title", true);
    page->hint = fields_member(l, v, "hint", false);
    struct str shown_if = fields_member(l, v, "show_if", false);
    if (shown_if.len) {
        page->shown_if = fields_condition_read(l, shown_if);
    }
    if (page->id.len && (!fields_is_name(page->id) || str_eq(page->id, S("attachments")))) {
        fields_fault(l, "id “%.*s” của trang không dùng được: chỉ chữ thường không dấu, số, gạch dưới.",
                     STR_ARG(page->id));
    }
    for (size_t i = 0; page->id.len && i < l->form->pages.n; i++) {
        if (str_eq(l->form->pages.at[i].id, page->id)) {
            fields_fault(l, "đã có trang khác mang id này.");
        }
    }
}

static void page_read(struct fields_loading *l, const struct json_value *v, struct fields_page *page) {
    const struct json_value *fields = json_member(v, "fields");
    page_head_read(l, v, page);
    size_t n = json_count(fields);
    if (!n) {
        fields_fault(l, "trang không có ô nào (fields).");
        return;
    }
    page->items.at = arena_take(l->arena, struct fields_item, n);
    for (size_t i = 0; i < n; i++) {
        fields_item_read(l, json_item(fields, i), &page->items.at[i]);
        page->items.n++;
    }
    l->field = S("");
}

static void attachments_read(struct fields_loading *l, const struct json_value *list) {
    size_t n = json_count(list);
    if (!n) {
        return;
    }
    struct fields_page page = {.id = S("attachments"), .title = S("Giấy tờ, ảnh gửi kèm")};
    l->page = page.id;
    page.items.at = arena_take(l->arena, struct fields_item, n);
    for (size_t i = 0; i < n; i++) {
        fields_attachment_read(l, json_item(list, i), &page.items.at[i]);
        page.items.n++;
    }
    LIST_ADD(l->arena, &l->form->pages, page);
    l->page = l->field = S("");
}

static void dates_read(struct fields_loading *l, const struct json_value *v) {
    struct str from = fields_member(l, v, "valid_from", true), to = fields_member(l, v, "valid_to", false);
    if (from.len && !date_read_iso(from, &l->form->valid_from)) {
        fields_fault(l, "valid_from “%.*s” phải là ngày viết như 2026-12-01.", STR_ARG(from));
    }
    if (to.len && !date_read_iso(to, &l->form->valid_to)) {
        fields_fault(l, "valid_to “%.*s” phải là ngày viết như 2026-12-01, hoặc null.", STR_ARG(to));
    }
    if (l->form->valid_to.year && date_cmp(l->form->valid_to, l->form->valid_from) < 0) {
        fields_fault(l, "valid_to trước valid_from.");
    }
}

static void final_read(struct fields_loading *l, const struct json_value *final) {
    const struct json_value *consent = json_member(final, "consent");
    bool is_ticked = false;
    l->form->declaration = fields_member(l, final, "declaration", false);
    l->form->consent = fields_member(l, consent, "text", consent != NULL);
    if (consent && (!json_bool_of(json_member(consent, "pre_ticked"), &is_ticked) || is_ticked)) {
        fields_fault(l, "final.consent.pre_ticked phải là false: sự đồng ý không được đánh dấu sẵn.");
    }
}

static void head_read(struct fields_loading *l, const struct json_value *v) {
    struct str schema = fields_member(l, v, "schema", true);
    if (schema.len && !str_eq(schema, S("doanket.procedure/1")) && !str_eq(schema, S("doanket.form/1"))) {
        fields_fault(l, "schema “%.*s” không có; dùng doanket.procedure/1 hoặc doanket.form/1.", STR_ARG(schema));
    }
    l->form->code = fields_member(l, v, "code", true);
    l->form->name = fields_member(l, v, "name", true);
    l->form->purpose = fields_member(l, v, "purpose", false);
    l->form->version = json_member_int(v, "version");
    if (l->form->version < 1) {
        fields_fault(l, "version phải là số từ 1.");
    }
    dates_read(l, v);
}

struct err fields_load(struct arena *a, struct str json, struct fields_form **form, struct fields_faults *faults) {
    size_t at;
    struct fields_loading l = {.arena = a, .form = arena_take(a, struct fields_form, 1), .faults = faults};
    const struct json_value *v = json_read(a, json, &at);
    *form = l.form;
    if (!json_is_map(v)) {
        struct str before = str_slice(json, 0, at);
        size_t line = 1;
        for (size_t i = 0; i < before.len; i++) {
            line += before.at[i] == '\n' ? 1 : 0;
        }
        fields_fault(&l, "không phải JSON đúng, hoặc có khoá viết hai lần (quanh dòng %zu).", line);
        return FAIL(ERR_INVALID, "the definition is no JSON");
    }
    l.form->whole = v;
    head_read(&l, v);
    const struct json_value *pages = json_member(v, "pages");
    for (size_t i = 0; i < json_count(pages); i++) {
        struct fields_page page = {0};
        page_read(&l, json_item(pages, i), &page);
        LIST_ADD(a, &l.form->pages, page);
    }
    l.page = l.field = S("");
    if (!json_count(pages)) {
        fields_fault(&l, "thiếu pages: các trang của biểu mẫu.");
    }
    attachments_read(&l, json_member(v, "attachments"));
    final_read(&l, json_member(v, "final"));
    fields_changes_read(&l, json_member(v, "changes"));
    fields_graph_check(&l);
    return faults->n ? FAIL(ERR_INVALID, "the definition has faults") : OK;
}

static const struct fields_item *item_among(const struct fields_item *items, size_t n, struct str name) {
    for (size_t i = 0; i < n; i++) {
        if (str_eq(items[i].name, name)) {
            return &items[i];
        }
        const struct fields_item *column = item_among(items[i].columns.at, items[i].columns.n, name);
        if (column) {
            return column;
        }
    }
    return NULL;
}

const struct fields_item *fields_item_named(const struct fields_form *form, struct str name) {
    const struct fields_item *found = NULL;
    for (size_t i = 0; i < form->pages.n && !found; i++) {
        found = item_among(form->pages.at[i].items.at, form->pages.at[i].items.n, name);
    }
    return found;
}
