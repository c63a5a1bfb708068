/* What a work is called, and what its force is on a day. */
#include "modules/law/law.h"

#include "base/arena.h"
#include "base/utf8.h"

struct str law_status_name(enum law_status status) {
    switch (status) {
    case LAW_PENDING: return S("Chưa có hiệu lực");
    case LAW_IN_FORCE: return S("Còn hiệu lực");
    case LAW_PARTLY: return S("Hết hiệu lực một phần");
    case LAW_SUSPENDED: return S("Ngưng hiệu lực");
    case LAW_EXPIRED: return S("Hết hiệu lực toàn bộ");
    case LAW_UNKNOWN: break;
    }
    return S("Không xác định hiệu lực");
}

struct str law_status_code(enum law_status status) {
    switch (status) {
    case LAW_PENDING: return S("pending");
    case LAW_IN_FORCE: return S("in_force");
    case LAW_PARTLY: return S("partly");
    case LAW_SUSPENDED: return S("suspended");
    case LAW_EXPIRED: return S("expired");
    case LAW_UNKNOWN: break;
    }
    return S("unknown");
}

/* Whether a day is there and has come. */
static bool has_come(struct date day, struct date on) { return day.year && date_cmp(day, on) <= 0; }

struct date law_force_end(const struct law_force *force) {
    bool is_ended_first =
        force->ended_on.year && (!force->expired_on.year || date_cmp(force->ended_on, force->expired_on) < 0);
    return is_ended_first ? force->ended_on : force->expired_on;
}

/* Dated to end before it begins: between the two days nothing can be said. */
static enum law_status status_contrary(struct date end, struct date from, struct date on) {
    return date_cmp(on, end) < 0 ? LAW_PENDING : date_cmp(on, from) < 0 ? LAW_UNKNOWN : LAW_EXPIRED;
}

static bool is_declared(const struct law_force *f, struct str word, struct date on) {
    return str_eq(f->declared, word) && (!f->declared_on.year || has_come(f->declared_on, on));
}

static bool is_suspended(const struct law_force *f, struct date on) {
    bool is_resumed = has_come(f->resumed_on, on) && date_cmp(f->resumed_on, f->suspended_on) > 0;
    return (has_come(f->suspended_on, on) && !is_resumed) || is_declared(f, S("suspended"), on);
}

enum law_status law_status_on(const struct law_force *f, struct date on) {
    struct date end = law_force_end(f);
    if (end.year && f->effective_on.year && date_cmp(end, f->effective_on) < 0) {
        return status_contrary(end, f->effective_on, on);
    }
    if (has_come(end, on) || is_declared(f, S("expired"), on)) {
        return LAW_EXPIRED;
    }
    if (!f->effective_on.year) {
        return LAW_UNKNOWN;
    }
    if (!has_come(f->effective_on, on)) {
        return LAW_PENDING;
    }
    if (is_suspended(f, on)) {
        return LAW_SUSPENDED;
    }
    return has_come(f->partly_on, on) || is_declared(f, S("partly"), on) ? LAW_PARTLY : LAW_IN_FORCE;
}

static bool ends_with_year(struct str s) {
    size_t digits = 0;
    while (digits < s.len && s.at[s.len - 1 - digits] >= '0' && s.at[s.len - 1 - digits] <= '9') {
        digits++;
    }
    return digits == 4;
}

struct str law_name(struct arena *a, struct str type, struct str code, struct str short_title, struct str title,
                    struct date issued_on) {
    struct law_type known;
    if (short_title.len) {
        return issued_on.year && !ends_with_year(short_title)
                   ? str_format(a, "%.*s %d", STR_ARG(short_title), (int)issued_on.year)
                   : short_title;
    }
    bool is_known = law_type_by_code(type, &known);
    if (code.len) {
        return is_known ? str_format(a, "%.*s %.*s", STR_ARG(known.name), STR_ARG(code)) : code;
    }
    if (!title.len) {
        return is_known ? known.name : S("Văn bản chưa rõ tên");
    }
    return is_known ? str_format(a, "%.*s %.*s", STR_ARG(known.name), STR_ARG(title)) : title;
}
