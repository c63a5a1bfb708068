/* From an earlier version to this one: [{"since": 2, "rename": {"old": "new"}, "values": {"new": {"a": "b"}}}], each
   change applied in its turn. Of a cell of a table, the column is what is named. */
#include "fields/inside.h"

#include "base/banned.h"

static void names_check(struct fields_loading *l, const struct json_value *map, const char *key) {
    if (map && !json_is_map(map)) {
        fields_fault(l, "changes: %s phải là một đối tượng { … }.", key);
    }
}

void fields_changes_read(struct fields_loading *l, const struct json_value *changes) {
    static const char *const keys[] = {"since", "rename", "values", "note", NULL};
    int64_t last = 1;
    for (size_t i = 0; i < json_count(changes); i++) {
        const struct json_value *v = json_item(changes, i);
        struct fields_change c = {json_member_int(v, "since"), json_member(v, "rename"), json_member(v, "values")};
        fields_keys_check(l, v, keys);
        names_check(l, c.rename, "rename");
        names_check(l, c.values, "values");
        if (c.since <= last || c.since > l->form->version) {
            fields_fault(l, "changes: since phải tăng dần, lớn hơn 1 và không quá version.");
        }
        last = c.since;
        for (const char *name = json_name_after(c.rename, NULL); name; name = json_name_after(c.rename, name)) {
            if (!fields_is_name(json_member_text(c.rename, name))) {
                fields_fault(l, "changes: tên mới của “%s” không dùng được.", name);
            }
        }
        LIST_ADD(l->arena, &l->form->changes, c);
    }
}

/* "nguoi.3.tuoi": what stands before the last dot, dot and all, and what stands behind it. */
static struct str last_of(struct str name, struct str *before) {
    size_t at = name.len;
    while (at && name.at[at - 1] != '.') {
        at--;
    }
    *before = str_slice(name, 0, at);
    return str_slice(name, at, name.len);
}

/* The new name of a table, for what stands before its cells. */
static struct str before_renamed(struct arena *a, const struct fields_change *c, struct str before) {
    struct str table, rest;
    if (!str_cut(before, S("."), &table, &rest)) {
        return before;
    }
    struct str renamed = json_member_text(c->rename, str_z(a, table));
    return renamed.len ? str_format(a, "%.*s.%.*s", STR_ARG(renamed), STR_ARG(rest)) : before;
}

static struct str values_changed(struct arena *a, const struct fields_change *c, struct str name, struct str typed) {
    const struct json_value *map = json_member(c->values, str_z(a, name));
    struct buf b = buf_in(a);
    struct str piece, rest = typed;
    bool is_changed = false;
    while (json_is_map(map) && fields_choice_next(&rest, &piece)) {
        struct str now = json_member_text(map, str_z(a, piece));
        is_changed = is_changed || now.len;
        buf_printf(&b, "%s%.*s", b.len ? "," : "", STR_ARG(now.len ? now : piece));
    }
    return is_changed ? buf_str(&b) : typed;
}

static struct fields_said carried(struct arena *a, const struct fields_change *c, struct fields_said said) {
    struct str before, last = last_of(said.name, &before), renamed = json_member_text(c->rename, str_z(a, last));
    last = renamed.len ? renamed : last;
    before = before_renamed(a, c, before);
    return (struct fields_said){before.len ? str_format(a, "%.*s%.*s", STR_ARG(before), STR_ARG(last)) : last,
                                values_changed(a, c, last, said.typed)};
}

struct fields_said_list fields_carried(struct arena *a, const struct fields_form *form, int64_t version,
                                       struct fields_said_list saved) {
    struct fields_said_list now = {arena_take(a, struct fields_said, saved.n), saved.n};
    for (size_t i = 0; i < saved.n; i++) {
        now.at[i] = saved.at[i];
        for (size_t k = 0; k < form->changes.n; k++) {
            if (form->changes.at[k].since > version) {
                now.at[i] = carried(a, &form->changes.at[k], now.at[i]);
            }
        }
    }
    return now;
}
