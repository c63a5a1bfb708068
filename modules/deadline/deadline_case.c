/* Reads one case: only id, rule, rule_version, start and facts. What cannot be read is refused at its field. */
#include <jansson.h>

#include "base/num.h"
#include "modules/deadline/deadline_inside.h"

enum { CASE_MOST = 1 << 20, LIST_MOST = 100 };

static struct str text_of(struct arena *a, const json_t *v) {
    return json_is_string(v) ? str_copy(a, (struct str){json_string_value(v), json_string_length(v)}) : S("");
}

static bool read_day(const json_t *v, struct date *on) {
    *on = (struct date){0};
    return !v || json_is_null(v) ||
           (json_is_string(v) &&
            date_read_iso(str_slice((struct str){json_string_value(v), json_string_length(v)}, 0, 10), on));
}

/* 2026-10-16, or with a civil time in Việt Nam: 2026-10-16T17:45, seconds and +07:00 allowed. */
static bool read_start(struct str s, struct deadline_ask *ask) {
    ask->minute = -1;
    if (!date_read_iso(str_slice(s, 0, 10), &ask->start)) {
        return false;
    }
    struct str rest = str_slice(s, 10, s.len);
    if (!rest.len) {
        return true;
    }
    if (str_ends(rest, S("+07:00"))) {
        rest = str_slice(rest, 0, rest.len - 6);
    }
    int64_t second;
    bool has_seconds = rest.len == 9 && rest.at[6] == ':' && num_read_between(str_slice(rest, 7, 9), 0, 59, &second);
    return (rest.len == 6 || has_seconds) && (rest.at[0] == 'T' || rest.at[0] == ' ') &&
           deadline_minute_read(str_slice(rest, 1, 6), &ask->minute);
}

static struct err read_pauses(struct arena *a, const json_t *list, struct deadline_ask *ask) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *v = json_array_get(list, i);
        struct deadline_pause p = {.doc = text_of(a, json_object_get(v, "doc")),
                                   .resume_doc = text_of(a, json_object_get(v, "resume_doc"))};
        if (i >= LIST_MOST || !read_day(json_object_get(v, "from"), &p.from) ||
            !read_day(json_object_get(v, "to"), &p.to)) {
            return REFUSE(ERR_INVALID, "pauses", "Ngày tạm dừng hoặc ngày tiếp tục chưa đúng.");
        }
        LIST_ADD(a, &ask->pauses, p);
    }
    return OK;
}

static struct err read_extensions(struct arena *a, const json_t *list, struct deadline_ask *ask) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *v = json_array_get(list, i);
        struct deadline_extension x = {.doc = text_of(a, json_object_get(v, "doc")),
                                       .article = text_of(a, json_object_get(v, "article")),
                                       .amount = json_integer_value(json_object_get(v, "days"))};
        if (i >= LIST_MOST || x.amount < 0 || x.amount > 4000 || !read_day(json_object_get(v, "date"), &x.on)) {
            return REFUSE(ERR_INVALID, "extensions", "Ngày hoặc số ngày gia hạn chưa đúng.");
        }
        LIST_ADD(a, &ask->extensions, x);
    }
    return OK;
}

static bool is_small(json_int_t n) { return n >= -9999 && n <= 9999; }

static struct err read_lunar(const json_t *v, struct deadline_ask *ask) {
    json_int_t day = json_integer_value(json_object_get(v, "day")),
               month = json_integer_value(json_object_get(v, "month"));
    json_int_t year = json_integer_value(json_object_get(v, "year"));
    if (!is_small(day) || !is_small(month) || !is_small(year) || year < 1) {
        return REFUSE(ERR_INVALID, "lunar", "Ngày âm lịch chưa đúng.");
    }
    ask->lunar = (struct deadline_lunar){
        .day = (int)day, .month = (int)month, .year = (int)year, .is_leap = json_is_true(json_object_get(v, "leap"))};
    return OK;
}

static struct err read_hours(const json_t *facts, struct deadline_ask *ask) {
    const json_t *hours = json_object_get(facts, "office_hours");
    const char *closes = json_string_value(json_array_get(hours, json_array_size(hours) - 1));
    if (!json_is_true(json_object_get(facts, "after_hours_rule"))) {
        return OK;
    }
    ask->has_hours = true;
    if (!closes || !deadline_minute_read(str_of(closes), &ask->closes)) {
        return REFUSE(ERR_INVALID, "office_hours", "Giờ làm việc của cơ quan chưa đúng.");
    }
    return OK;
}

static void read_fact(struct arena *a, const char *name, const json_t *v, struct deadline_ask *ask) {
    struct deadline_fact f = {.name = str_copy(a, str_of(name))};
    if (json_is_integer(v)) {
        f.value = str_format(a, "%lld", (long long)json_integer_value(v));
    } else if (json_is_boolean(v)) {
        f.value = json_is_true(v) ? S("true") : S("false");
    } else {
        f.value = text_of(a, v);
    }
    LIST_ADD(a, &ask->facts, f);
}

static struct err read_facts(struct arena *a, json_t *facts, struct deadline_ask *ask) {
    for (void *i = json_object_iter(facts); i; i = json_object_iter_next(facts, i)) {
        if (ask->facts.n < LIST_MOST) {
            read_fact(a, json_object_iter_key(i), json_object_iter_value(i), ask);
        }
    }
    const struct deadline_fact *calendar = deadline_fact(ask, S("calendar"));
    ask->has_saturday = calendar && str_eq(calendar->value, S("mon_sat"));
    TRY(read_pauses(a, json_object_get(facts, "pauses"), ask));
    TRY(read_extensions(a, json_object_get(facts, "extensions"), ask));
    if (json_object_get(facts, "lunar")) {
        TRY(read_lunar(json_object_get(facts, "lunar"), ask));
    }
    return read_hours(facts, ask);
}

static struct err read_case(struct arena *a, json_t *all, struct str *id, struct deadline_ask *ask) {
    const json_t *at = json_object_get(json_object_get(all, "start"), "at");
    *id = text_of(a, json_object_get(all, "id"));
    ask->rule = text_of(a, json_object_get(all, "rule"));
    ask->version = text_of(a, json_object_get(all, "rule_version"));
    if (json_is_string(at) && !read_start(text_of(a, at), ask)) {
        return REFUSE(ERR_INVALID, "start", "Ngày bắt đầu tính hạn chưa đúng.");
    }
    return read_facts(a, json_object_get(all, "facts"), ask);
}

struct err deadline_case_read(struct arena *a, struct str line, struct str *id, struct deadline_ask *ask) {
    json_error_t why;
    *ask = (struct deadline_ask){.minute = -1};
    *id = S("");
    json_t *all = line.len && line.len <= CASE_MOST ? json_loadb(line.at, line.len, 0, &why) : NULL;
    struct err e = json_is_object(all) ? read_case(a, all, id, ask)
                                       : REFUSE(ERR_INVALID, "", "Dòng này không phải một đối tượng JSON.");
    json_decref(all);
    return e;
}
