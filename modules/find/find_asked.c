#include "modules/find/find_asked.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"

enum { VALUES_MOST = 12, VALUE_MOST = 300 };

const struct field find_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("q"),
     .label = S_INIT("Từ cần tìm"),
     .most = SEARCH_TYPED_MOST,
     .is_many = true},
    {.kind = FIELD_TEXT, .name = S_INIT("kind"), .label = S_INIT("Nguồn"), .is_many = true},
    {.kind = FIELD_TEXT, .name = S_INIT("type"), .label = S_INIT("Loại"), .is_many = true},
    {.kind = FIELD_TEXT, .name = S_INIT("issuer"), .label = S_INIT("Cơ quan"), .is_many = true},
    {.kind = FIELD_TEXT, .name = S_INIT("field"), .label = S_INIT("Lĩnh vực"), .is_many = true},
    {.kind = FIELD_TEXT, .name = S_INIT("state"), .label = S_INIT("Tình trạng xử lý"), .is_many = true},
    {.kind = FIELD_TEXT, .name = S_INIT("force"), .label = S_INIT("Hiệu lực"), .is_many = true},
    {.kind = FIELD_FLAG, .name = S_INIT("in_force"), .label = S_INIT("Chỉ còn hiệu lực"), .is_many = true},
    {.kind = FIELD_DATE, .name = S_INIT("from"), .label = S_INIT("Từ ngày"), .is_many = true},
    {.kind = FIELD_DATE, .name = S_INIT("to"), .label = S_INIT("Đến ngày"), .is_many = true},
    {.kind = FIELD_DATE, .name = S_INIT("on"), .label = S_INIT("Hiệu lực tính tại ngày"), .is_many = true},
    {.kind = FIELD_FLAG, .name = S_INIT("literal"), .label = S_INIT("Đúng như đã gõ"), .is_many = true},
    {.kind = FIELD_INT,
     .name = S_INIT("after"),
     .label = S_INIT("Từ kết quả"),
     .most = SEARCH_DEEPEST,
     .is_many = true},
    {0},
};

const struct str find_force_codes[SEARCH_FORCES] = {
    [SEARCH_IN_FORCE] = S_INIT("in_force"),
    [SEARCH_PARTLY_IN_FORCE] = S_INIT("partly"),
    [SEARCH_NOT_YET_IN_FORCE] = S_INIT("not_yet"),
    [SEARCH_EXPIRED] = S_INIT("expired"),
};

struct str find_part_name(enum find_part part) {
    return find_fields[part].name;
}

static void add(struct arena *a, struct find_asked *asked, enum find_part part, struct str value) {
    if (value.len) {
        LIST_ADD(a, asked, (struct find_pair){part, value});
    }
}

/* The values of a filter that may be given several times. */
static void add_values(struct arena *a, struct find_asked *asked, enum find_part part, struct str typed) {
    struct str rest = typed, value;
    for (size_t n = 0; n < VALUES_MOST && str_next(&rest, '\n', &value);) {
        value = str_trim(utf8_clean(a, value));
        if (value.len && value.len <= VALUE_MOST && !find_asked_has(asked, part, value)) {
            add(a, asked, part, value);
            n++;
        }
    }
}

void find_asked_read(struct get *g, struct find_asked *asked) {
    struct arena *a = g->arena;
    struct form *f = g->form;
    *asked = (struct find_asked){0};
    for (size_t i = PART_Q; i < PARTS; i++) {
        const struct form_value *v = &f->values.at[i];
        switch ((enum find_part)i) {
        case PART_Q: add(a, asked, PART_Q, str_trim(utf8_clean(a, v->typed))); break;
        case PART_KIND:
        case PART_TYPE:
        case PART_ISSUER:
        case PART_FIELD:
        case PART_STATE:
        case PART_FORCE: add_values(a, asked, (enum find_part)i, v->typed); break;
        case PART_FROM:
        case PART_TO:
        case PART_ON: add(a, asked, (enum find_part)i, v->date.year ? date_vi(a, v->date) : S("")); break;
        case PART_IN_FORCE:
        case PART_LITERAL: add(a, asked, (enum find_part)i, v->number ? S("1") : S("")); break;
        case PART_AFTER:
            add(a, asked, PART_AFTER, v->number > 0 ? str_format(a, "%lld", (long long)v->number) : S(""));
            break;
        case PARTS: break;
        }
    }
    struct date from = form_date(f, "from"), to = form_date(f, "to");
    if (from.year && to.year && date_cmp(from, to) > 0) {
        form_fault(f, "to", "Đến ngày phải từ %.*s trở đi.", STR_ARG(date_vi(a, from)));
        *asked = find_asked_without(a, asked, PART_TO, S(""));
    }
}

bool find_asked_has(const struct find_asked *asked, enum find_part part, struct str value) {
    for (size_t i = 0; i < asked->n; i++) {
        if (asked->at[i].part == part && (!value.len || str_eq(asked->at[i].value, value))) {
            return true;
        }
    }
    return false;
}

struct str find_asked_value(const struct find_asked *asked, enum find_part part) {
    for (size_t i = 0; i < asked->n; i++) {
        if (asked->at[i].part == part) {
            return asked->at[i].value;
        }
    }
    return S("");
}

bool find_asked_narrows(const struct find_asked *asked) {
    for (size_t i = 0; i < asked->n; i++) {
        if (asked->at[i].part >= PART_KIND && asked->at[i].part <= PART_TO) {
            return true;
        }
    }
    return false;
}

struct find_asked find_asked_without(struct arena *a, const struct find_asked *asked, enum find_part part,
                                     struct str value) {
    struct find_asked out = {0};
    for (size_t i = 0; i < asked->n; i++) {
        const struct find_pair *p = &asked->at[i];
        if (p->part != PART_AFTER && (p->part != part || (value.len && !str_eq(p->value, value)))) {
            LIST_ADD(a, &out, *p);
        }
    }
    return out;
}

struct find_asked find_asked_with(struct arena *a, const struct find_asked *asked, enum find_part part,
                                  struct str value) {
    struct find_asked out = find_asked_without(a, asked, PART_AFTER, S(""));
    add(a, &out, part, value);
    return out;
}

struct link find_asked_link(struct arena *a, const char *path, const struct find_asked *asked) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < asked->n; i++) {
        buf_printf(&b, "%c%.*s=", i ? '&' : '?', STR_ARG(find_part_name(asked->at[i].part)));
        url_escape(&b, asked->at[i].value);
    }
    return link_local(a, "%s%.*s", path, STR_ARG(buf_str(&b)));
}

static unsigned force_bit(struct str code) {
    for (unsigned i = 0; i < SEARCH_FORCES; i++) {
        if (str_eq(find_force_codes[i], code)) {
            return 1u << i;
        }
    }
    return 0;
}

void find_asked_query(struct arena *a, const struct find_asked *asked, struct search_query *q) {
    int64_t after = 0;
    *q = (struct search_query){0};
    for (size_t i = 0; i < asked->n; i++) {
        const struct find_pair *p = &asked->at[i];
        switch (p->part) {
        case PART_Q: q->text = p->value; break;
        case PART_KIND: LIST_ADD(a, &q->kinds, p->value); break;
        case PART_TYPE:
        case PART_ISSUER:
        case PART_FIELD:
        case PART_STATE: LIST_ADD(a, &q->facet[p->part - PART_TYPE], p->value); break;
        case PART_FORCE: q->forces |= force_bit(p->value); break;
        case PART_IN_FORCE: q->in_force = true; break;
        case PART_FROM: date_read_vi(p->value, &q->from); break;
        case PART_TO: date_read_vi(p->value, &q->to); break;
        case PART_ON: date_read_vi(p->value, &q->on); break;
        case PART_LITERAL: q->is_literal = true; break;
        case PART_AFTER: q->after = num_read(p->value, &after) ? (size_t)after : 0; break;
        case PARTS: break;
        }
    }
}
