#include "kernel/record/bind.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "kernel/db/db.h"
#include "kernel/page/json.h"

#include "base/banned.h"

static const struct db_field *member_named(const struct db_shape *shape, struct str name) {
    for (size_t i = 0; i < shape->n; i++) {
        if (str_eq(str_of(shape->at[i].name), name)) {
            return &shape->at[i];
        }
    }
    return NULL;
}

/* The value of a member, in one form for all types. */
struct value {
    struct str text;
    int64_t number;
    double real;
    struct date on;
    struct db_ids ids;
};

enum value_kind { VALUE_TEXT, VALUE_NUMBER, VALUE_REAL, VALUE_ON, VALUE_AT, VALUE_IDS };

static enum value_kind kind_of(const struct db_field *m) {
    switch ((enum db_type)m->type) {
    case DB_TEXT:
    case DB_TEXT_OR_NULL:
    case DB_BYTES:
    case DB_BYTES_OR_NULL: return VALUE_TEXT;
    case DB_INT:
    case DB_BOOL:
    case DB_ID: return VALUE_NUMBER;
    case DB_REAL: return VALUE_REAL;
    case DB_ON: return VALUE_ON;
    case DB_AT: return VALUE_AT;
    case DB_IDS: return VALUE_IDS;
    }
    return VALUE_NUMBER;
}

static struct value value_get(const void *thing, const struct db_field *m) {
    const char *at = (const char *)thing + m->at;
    struct value v = {0};
    switch (kind_of(m)) {
    case VALUE_TEXT: memcpy(&v.text, at, sizeof v.text); break;
    case VALUE_REAL: memcpy(&v.real, at, sizeof v.real); break;
    case VALUE_ON: memcpy(&v.on, at, sizeof v.on); break;
    case VALUE_IDS: memcpy(&v.ids, at, sizeof v.ids); break;
    case VALUE_AT: memcpy(&v.number, at, sizeof v.number); break;
    case VALUE_NUMBER:
        if (m->type == DB_BOOL) {
            bool is;
            memcpy(&is, at, sizeof is);
            v.number = is;
        } else {
            memcpy(&v.number, at, sizeof v.number);
        }
        break;
    }
    return v;
}

static void value_put(void *thing, const struct db_field *m, const struct value *v) {
    char *at = (char *)thing + m->at;
    switch (kind_of(m)) {
    case VALUE_TEXT: memcpy(at, &v->text, sizeof v->text); break;
    case VALUE_REAL: memcpy(at, &v->real, sizeof v->real); break;
    case VALUE_ON: memcpy(at, &v->on, sizeof v->on); break;
    case VALUE_IDS: memcpy(at, &v->ids, sizeof v->ids); break;
    case VALUE_AT: memcpy(at, &v->number, sizeof v->number); break;
    case VALUE_NUMBER:
        if (m->type == DB_BOOL) {
            bool is = v->number != 0;
            memcpy(at, &is, sizeof is);
        } else {
            memcpy(at, &v->number, sizeof v->number);
        }
        break;
    }
}

/* Two that share a name but not a kind of value. */
static void must_fit(const char *name, bool fits) {
    if (!fits) {
        log_line(LOG_ERROR, "\"%s\" is one thing in the query and another where it meets it", name);
        abort();
    }
}

/* What a form's value is to a member; false for uploads and secrets, which no member takes. */
static bool typed_value(const struct form_value *f, const struct db_field *m, struct value *v) {
    *v = (struct value){.text = f->text, .number = f->number, .on = f->date, .ids = {f->ids.at, f->ids.n}};
    enum value_kind kind = kind_of(m);
    switch (f->field->kind) {
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_CHOICE: must_fit(m->name, kind == VALUE_TEXT); return true;
    case FIELD_INT:
    case FIELD_FLAG:
    case FIELD_VERSION:
    case FIELD_ID: must_fit(m->name, kind == VALUE_NUMBER); return true;
    case FIELD_DATE: must_fit(m->name, kind == VALUE_ON); return true;
    case FIELD_IDS: must_fit(m->name, kind == VALUE_IDS); return true;
    case FIELD_SECRET:
    case FIELD_FILE:
    case FIELD_PAIRS:
    case FIELD_END: break;
    }
    return false;
}

void bind_from_form(void *to, const struct db_shape *shape, const struct form *f) {
    for (size_t i = 0; i < f->values.n; i++) {
        struct value v;
        const struct db_field *m = member_named(shape, f->values.at[i].field->name);
        if (m && typed_value(&f->values.at[i], m, &v)) {
            value_put(to, m, &v);
        }
    }
}

void bind_to_form(struct form *f, const struct db_shape *shape, const void *row) {
    for (size_t i = 0; i < f->values.n && !f->is_refused; i++) {
        const struct field *k = f->values.at[i].field;
        const struct db_field *m = member_named(shape, k->name);
        struct value v;
        if (!m || !typed_value(&f->values.at[i], m, &v)) {
            continue;
        }
        v = value_get(row, m);
        char *name = str_z(f->arena, k->name);
        if (kind_of(m) == VALUE_TEXT) {
            form_set(f, name, v.text);
        } else if (kind_of(m) == VALUE_ON) {
            form_set_date(f, name, v.on);
        } else if (kind_of(m) == VALUE_NUMBER) {
            bool is_shown = v.number != 0 || k->kind == FIELD_INT;
            form_set(f, name, is_shown ? str_format(f->arena, "%lld", (long long)v.number) : S(""));
        }
    }
}

void bind_copy(void *to, const struct db_shape *to_shape, const void *from, const struct db_shape *from_shape) {
    for (size_t i = 0; i < to_shape->n; i++) {
        const struct db_field *m = &to_shape->at[i], *other = member_named(from_shape, str_of(m->name));
        if (other) {
            must_fit(m->name, kind_of(m) == kind_of(other));
            struct value v = value_get(from, other);
            value_put(to, m, &v);
        }
    }
}

static void put_value(struct buf *b, const struct db_field *m, const struct value *v) {
    switch (kind_of(m)) {
    case VALUE_TEXT: json_str(b, v->text); break;
    case VALUE_REAL: json_double(b, v->real); break;
    case VALUE_ON: json_date(b, v->on); break;
    case VALUE_AT: json_instant(b, (struct instant){v->number}); break;
    case VALUE_IDS: BUF_LIT(b, "null"); break;
    case VALUE_NUMBER:
        if (m->type == DB_BOOL) {
            json_bool(b, v->number != 0);
        } else if (m->type == DB_ID) {
            json_id(b, v->number);
        } else {
            json_int(b, v->number);
        }
        break;
    }
}

static void put_member(struct buf *b, const struct db_field *m, const struct value *v) {
    buf_put(b, b->len > 1 ? S(", ") : S(""));
    json_z(b, m->name);
    BUF_LIT(b, ": ");
    put_value(b, m, v);
}

void bind_json(struct buf *b, const struct db_shape *shape, const void *row) {
    const char *comma = "";
    buf_put_char(b, '{');
    for (size_t i = 0; i < shape->n; i++) {
        struct value v = value_get(row, &shape->at[i]);
        buf_printf(b, "%s", comma);
        json_z(b, shape->at[i].name);
        BUF_LIT(b, ": ");
        put_value(b, &shape->at[i], &v);
        comma = ", ";
    }
    buf_put_char(b, '}');
}

static bool is_same(const struct db_field *m, const struct value *a, const struct value *b) {
    switch (kind_of(m)) {
    case VALUE_TEXT: return str_eq(a->text, b->text);
    case VALUE_REAL: return !(a->real < b->real || a->real > b->real);
    case VALUE_ON: return date_cmp(a->on, b->on) == 0;
    case VALUE_NUMBER:
    case VALUE_AT: return a->number == b->number;
    case VALUE_IDS: return true;
    }
    return true;
}

struct str bind_changes(struct arena *a, const struct db_shape *shape, const void *before, const void *after) {
    struct buf b = buf_in(a);
    buf_put_char(&b, '{');
    for (size_t i = 0; i < shape->n; i++) {
        const struct db_field *m = &shape->at[i];
        struct value was = value_get(before, m), is = value_get(after, m);
        if (!is_same(m, &was, &is)) {
            put_member(&b, m, &was);
        }
    }
    buf_put_char(&b, '}');
    return b.len > 2 ? buf_str(&b) : S("");
}
