/* From a rule, a start, facts and a calendar to the due day. */
#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "modules/deadline/deadline_inside.h"

enum { HOUR = 60, DAY = 24 * HOUR };

static struct err outside(void) {
    return REFUSE(ERR_INVALID, "start", "Hạn vượt ra ngoài các năm mà lịch làm việc tính được.");
}

static struct err look(struct deadline_counter *k, struct date on, struct deadline_day *day) {
    if (!deadline_calendar_day(k->calendar, k->ask->has_saturday, on, day)) {
        return outside();
    }
    return OK;
}

/* Whether a day is worked decides something: then its year's notice must be known. */
static struct err look_decides(struct deadline_counter *k, struct date on, struct deadline_day *day) {
    TRY(look(k, on, day));
    k->out->is_provisional |= !day->is_known;
    return OK;
}

/* What comes after hours or on a day off is received on the next working day (office rule). */
static struct err day_zero(struct deadline_counter *k) {
    struct date on = k->ask->start;
    struct deadline_day day;
    if (k->ask->has_hours) {
        on = k->ask->minute > k->ask->closes ? date_plus(on, 1) : on;
        TRY(look_decides(k, on, &day));
        while (!day.is_work) {
            on = date_plus(on, 1);
            TRY(look_decides(k, on, &day));
        }
        if (!date_is(on, k->ask->start)) {
            deadline_note(k, "Đến sau giờ làm việc hoặc vào ngày nghỉ nên coi như nhận vào ngày làm việc tiếp theo.");
        }
    }
    k->out->day0 = on;
    return OK;
}

static bool pause_has_effect(const struct deadline_counter *k, const struct deadline_pause *p) {
    struct date from = k->out->rule.pause_from;
    return str_trim(p->doc).len && p->from.year && from.year && date_cmp(p->from, from) >= 0;
}

static bool is_resumed(const struct deadline_pause *p) { return str_trim(p->resume_doc).len && p->to.year; }

/* The day of the pause counts, the day of resuming does not. */
static const struct deadline_pause *pause_on(const struct deadline_counter *k, struct date on) {
    const struct deadline_pause *found = NULL;
    for (size_t i = 0; i < k->ask->pauses.n; i++) {
        const struct deadline_pause *p = &k->ask->pauses.at[i];
        bool is_in = date_cmp(on, p->from) > 0 && (!is_resumed(p) || date_cmp(on, p->to) <= 0);
        if (is_in && pause_has_effect(k, p) && (!found || !is_resumed(p))) {
            found = p;
        }
    }
    return found;
}

/* The units after or before day 0 one by one, up to the amount. */
static struct err count_days(struct deadline_counter *k, int64_t amount) {
    struct deadline *d = k->out;
    struct date on = d->day0;
    bool is_working = d->rule.unit == DEADLINE_WORKING_DAY;
    d->counted = 0;
    while (d->counted < amount) {
        struct deadline_day day;
        on = date_plus(on, d->rule.is_before ? -1 : 1);
        TRY(look(k, on, &day));
        const struct deadline_pause *p = pause_on(k, on);
        if (p && !is_resumed(p)) {
            d->is_paused = true;
            d->remaining = amount - d->counted;
            return OK;
        }
        d->is_provisional |= is_working && !day.is_known && !p;
        bool counts = !p && (!is_working || day.is_work);
        d->counted += counts;
        deadline_step(k, p ? DEADLINE_PAUSED : counts ? DEADLINE_COUNTED : DEADLINE_OFF, counts ? d->counted : 0, &day);
    }
    d->nominal_on = on;
    return OK;
}

static struct date plus_months(struct date on, int64_t months) {
    int64_t of_year = on.month - 1 + months;
    struct date d = {(int16_t)(on.year + of_year / 12), (int8_t)(of_year % 12 + 1), on.day};
    while (!date_valid(d) && d.day > 28) {
        d.day--;
    }
    return d;
}

/* A last day that is a day off is moved once, at the very end: onwards, or back when it was counted back. */
static struct err move_off(struct deadline_counter *k) {
    struct deadline *d = k->out;
    struct deadline_day day;
    d->due_on = d->nominal_on;
    if (!d->counted) {
        return OK;
    }
    TRY(look_decides(k, d->due_on, &day));
    while (!day.is_work) {
        d->is_moved = true;
        d->due_on = date_plus(d->due_on, d->rule.is_before ? -1 : 1);
        TRY(look_decides(k, d->due_on, &day));
        deadline_step(k, DEADLINE_MOVED, 0, &day);
    }
    return OK;
}

static struct err count_once(struct deadline_counter *k, int64_t amount) {
    struct deadline *d = k->out;
    struct deadline_day day;
    d->due_minute = d->rule.ends;
    d->counted = amount;
    if (d->rule.unit == DEADLINE_HOUR) {
        int64_t end = (k->ask->minute < 0 ? 0 : k->ask->minute) + amount * HOUR;
        d->nominal_on = d->due_on = date_plus(d->day0, (int)(end / DAY));
        d->due_minute = (int)(end % DAY);
        return OK;
    }
    if (d->rule.unit == DEADLINE_MONTH || d->rule.unit == DEADLINE_YEAR) {
        d->nominal_on = plus_months(d->day0, amount * (d->rule.unit == DEADLINE_YEAR ? 12 : 1));
        return move_off(k);
    }
    TRY(look(k, d->day0, &day));
    deadline_step(k, DEADLINE_START, 0, &day);
    TRY(count_days(k, amount));
    return d->is_paused || !d->nominal_on.year ? OK : move_off(k);
}

/* What the count would give, without explaining it. */
static struct err count_dry(const struct deadline_counter *k, int64_t amount, struct deadline *d) {
    *d = (struct deadline){.rule = k->out->rule, .day0 = k->out->day0};
    struct deadline_ask ask = *k->ask;
    ask.wants_days = false;
    struct deadline_counter dry = {k->arena, k->calendar, &ask, d};
    return count_once(&dry, amount);
}

/* Extensions in the order of their days: each by a document, within what the rule allows, while the clock still runs.
 */
static struct err extend(struct deadline_counter *k, int64_t *amount) {
    const struct deadline_rule *r = &k->out->rule;
    int64_t taken = 0;
    for (size_t i = 0; i < k->ask->extensions.n; i++) {
        const struct deadline_extension *x = &k->ask->extensions.at[i];
        struct deadline now;
        if (!str_trim(x->doc).len) {
            deadline_note(k, "Gia hạn lần %zu không có văn bản nên không có hiệu lực.", i + 1);
            continue;
        }
        if (taken >= r->extensions) {
            deadline_note(k, "“%.*s” không có hiệu lực: quy định này cho gia hạn nhiều nhất %lld lần.", STR_ARG(x->doc),
                          (long long)r->extensions);
            continue;
        }
        TRY(count_dry(k, *amount, &now));
        if (x->on.year && !now.is_paused && date_cmp(x->on, now.due_on) > 0) {
            deadline_note(k, "“%.*s” không có hiệu lực: ký khi đã hết hạn.", STR_ARG(x->doc));
            continue;
        }
        bool is_capped = r->extension && (x->amount <= 0 || x->amount > r->extension);
        int64_t more = is_capped ? r->extension : x->amount;
        if (more < 0 || more > 4000) {
            return REFUSE(ERR_INVALID, "extensions", "Số ngày gia hạn phải từ 1 đến 4000.");
        }
        *amount += more;
        taken++;
    }
    return OK;
}

static void note_pauses(struct deadline_counter *k) {
    for (size_t i = 0; i < k->ask->pauses.n; i++) {
        const struct deadline_pause *p = &k->ask->pauses.at[i];
        if (!str_trim(p->doc).len) {
            deadline_note(k, "Tạm dừng lần %zu không có văn bản nên không có hiệu lực.", i + 1);
        } else if (!k->out->rule.pause_from.year) {
            deadline_note(k, "“%.*s” không có hiệu lực: quy định này không cho tạm dừng.", STR_ARG(p->doc));
        } else if (!pause_has_effect(k, p)) {
            deadline_note(k, "“%.*s” không có hiệu lực: pháp luật chỉ cho tạm dừng từ ngày %.*s.", STR_ARG(p->doc),
                          STR_ARG(date_vi(k->arena, k->out->rule.pause_from)));
        }
    }
}

static struct err lunar(struct deadline_counter *k) {
    if (!deadline_lunar_to_solar(k->ask->lunar, &k->out->due_on)) {
        return REFUSE(ERR_INVALID, "lunar", "Không có ngày âm lịch này trong các năm từ 1900 đến 2199.");
    }
    k->out->nominal_on = k->out->due_on;
    return OK;
}

static void finish(struct deadline_counter *k) {
    struct deadline *d = k->out;
    if (d->is_paused) {
        d->due_on = d->nominal_on = (struct date){0};
        return;
    }
    d->late_on = d->due_minute >= 0 ? d->due_on : date_plus(d->due_on, 1);
    if (d->is_provisional) {
        deadline_note(k,
                      "Tạm tính: chưa có thông báo lịch nghỉ của năm mà hạn chạm tới; sẽ tính lại khi có thông báo.");
    }
    if (str_eq(d->rule.checked, S("no"))) {
        deadline_note(k, "Thời hạn và điều khoản còn phải đối chiếu với văn bản chính thức.");
    }
}

struct err deadline_count(struct arena *a, const struct deadline_rules *rules, const struct deadline_calendar *c,
                          const struct deadline_ask *ask, struct deadline *d) {
    struct deadline_counter k = {a, c, ask, d};
    int64_t amount;
    *d = (struct deadline){.due_minute = -1};
    bool is_lunar = ask->lunar.year != 0;
    if (!is_lunar && (!date_valid(ask->start) || ask->minute >= DAY)) {
        return REFUSE(ERR_INVALID, "start", "Ngày bắt đầu tính hạn chưa đúng.");
    }
    if (!is_lunar) {
        TRY(day_zero(&k));
    }
    TRY(deadline_rule_choose(&k, rules));
    if (d->rule.unit == DEADLINE_LUNAR) {
        return lunar(&k);
    }
    if (is_lunar) {
        return REFUSE(ERR_INVALID, "start", "Ngày bắt đầu tính hạn chưa đúng.");
    }
    TRY(deadline_rule_amount(&k, &amount));
    note_pauses(&k);
    TRY(extend(&k, &amount));
    if (amount == 0) {
        d->nominal_on = d->day0;
    }
    TRY(count_once(&k, amount));
    if (amount == 0) {
        d->nominal_on = d->due_on = d->day0;
    }
    finish(&k);
    return OK;
}
