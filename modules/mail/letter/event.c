/* text/calendar (RFC 5545, 5546): the first meeting of an invitation, its times as instants. A zone is read from its
   own VTIMEZONE, else by name; a time without any is Vietnamese. */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { HOME_MINUTES = 420, MINUTE_MS = 60000, DAY_MINUTES = 1440, UNKNOWN = INT32_MAX };

struct line {
    struct str name, params, value;
};

/* One way a zone's clock is set, and from which day of each year: the nth weekday of a month. */
struct setting {
    int minutes;
    int64_t month;
    int week, weekday;
    int from_minute;
    int before; /* minutes east before it begins */
};
struct zone {
    struct str id;
    struct setting standard, daylight;
    bool has_standard, has_daylight;
};
struct calendar {
    struct arena *arena;
    LIST(struct line) lines;
    LIST(struct zone) zones;
};

static void line_add(struct calendar *c, struct str text) {
    bool is_quoted = false;
    size_t name = 0, colon = 0;
    for (; colon < text.len && (is_quoted || text.at[colon] != ':'); colon++) {
        is_quoted = is_quoted != (text.at[colon] == '"');
        name = name || text.at[colon] != ';' ? name : colon;
    }
    if (colon < text.len) {
        size_t end = name ? name : colon;
        LIST_ADD(c->arena, &c->lines,
                 (struct line){str_trim(str_slice(text, 0, end)), str_slice(text, end, colon),
                               str_slice(text, colon + 1, text.len)});
    }
}

static void lines_read(struct calendar *c, struct str ics) {
    struct buf b = buf_in(c->arena);
    for (size_t i = 0; i < ics.len; i++) {
        bool is_fold = ics.at[i] == '\n' && i + 1 < ics.len && (ics.at[i + 1] == ' ' || ics.at[i + 1] == '\t');
        if (is_fold) {
            i++;
        } else if (ics.at[i] != '\r') {
            buf_put_char(&b, ics.at[i]);
        }
    }
    struct str rest = buf_str(&b), text;
    while (str_next(&rest, '\n', &text)) {
        line_add(c, text);
    }
}

static bool is_line(const struct line *l, const char *name) { return str_eq_ascii_nocase(l->name, str_of(name)); }
static bool is_line_of(const struct line *l, const char *name, const char *value) {
    return is_line(l, name) && str_eq_ascii_nocase(str_trim(l->value), str_of(value));
}

static bool digits(struct str s, size_t from, size_t n, int64_t *out) {
    return from + n <= s.len && num_read_between(str_slice(s, from, from + n), 0, 9999, out);
}

/* +0700 */
static int offset_of(struct str s) {
    int64_t hour, minute;
    if (s.len < 5 || !digits(s, 1, 2, &hour) || !digits(s, 3, 2, &minute) || hour > 15) {
        return UNKNOWN;
    }
    return (int)(hour * 60 + minute) * (s.at[0] == '-' ? -1 : 1);
}

static struct str rule_part(struct str rule, struct str name) {
    struct str piece, key, value;
    while (str_next(&rule, ';', &piece)) {
        if (str_cut(piece, S("="), &key, &value) && str_eq_ascii_nocase(key, name)) {
            return value;
        }
    }
    return (struct str){0};
}

static void rule_read(struct str rule, struct setting *s) {
    static const char *const days[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    struct str day = rule_part(rule, S("BYDAY"));
    int64_t week = 1;
    num_read_between(rule_part(rule, S("BYMONTH")), 1, 12, &s->month);
    for (int i = 0; i < 7; i++) {
        s->weekday = str_ends(day, str_of(days[i])) ? i + 1 : s->weekday;
    }
    struct str number = str_slice(day, day.len > 0 && day.at[0] == '+', day.len > 2 ? day.len - 2 : 0);
    num_read_between(number, -5, 5, &week);
    s->week = (int)week;
}

static void zone_line(const struct line *l, struct setting *now) {
    int64_t hour, minute;
    if (is_line(l, "TZOFFSETTO")) {
        now->minutes = offset_of(str_trim(l->value));
    } else if (is_line(l, "TZOFFSETFROM")) {
        now->before = offset_of(str_trim(l->value));
    } else if (is_line(l, "RRULE")) {
        rule_read(str_trim(l->value), now);
    } else if (is_line(l, "DTSTART") && digits(l->value, 9, 2, &hour) && digits(l->value, 11, 2, &minute)) {
        now->from_minute = (int)(hour * 60 + minute);
    }
}

static void zones_read(struct calendar *c) {
    struct zone *z = NULL;
    struct setting *now = NULL;
    for (size_t i = 0; i < c->lines.n; i++) {
        const struct line *l = &c->lines.at[i];
        if (is_line_of(l, "BEGIN", "VTIMEZONE")) {
            z = LIST_PUSH(c->arena, &c->zones);
        } else if (is_line_of(l, "END", "VTIMEZONE")) {
            z = NULL;
            now = NULL;
        } else if (z && is_line_of(l, "BEGIN", "STANDARD")) {
            now = &z->standard;
            z->has_standard = true;
        } else if (z && is_line_of(l, "BEGIN", "DAYLIGHT")) {
            now = &z->daylight;
            z->has_daylight = true;
        } else if (z && is_line(l, "TZID")) {
            z->id = str_trim(l->value);
        } else if (now) {
            zone_line(l, now);
        }
    }
}

/* The minute a setting begins in a year, counted from 1970 by that zone's clock on the wall. */
static int64_t begins(const struct setting *s, int year) {
    struct date first = {(int16_t)year, (int8_t)s->month, 1};
    if (s->week < 0) {
        struct date next = {(int16_t)(s->month == 12 ? year + 1 : year), (int8_t)(s->month % 12 + 1), 1};
        struct date last = date_plus(next, -1);
        int back = (date_weekday(last) - s->weekday + 7) % 7 + 7 * (-s->week - 1);
        return date_number(date_plus(last, -back)) * DAY_MINUTES + s->from_minute;
    }
    int on = (s->weekday - date_weekday(first) + 7) % 7 + 7 * (s->week - 1);
    return date_number(date_plus(first, on)) * DAY_MINUTES + s->from_minute;
}

static int zone_minutes(const struct zone *z, struct date on, int64_t minute) {
    const struct setting *s = &z->standard, *d = &z->daylight;
    if (!z->has_daylight || !z->has_standard || !s->month || !d->month || !s->weekday || !d->weekday) {
        return z->has_standard ? s->minutes : d->minutes;
    }
    int64_t now = date_number(on) * DAY_MINUTES + minute, from = begins(d, on.year), to = begins(s, on.year);
    bool is_summer = from < to ? now >= from && now < to : now >= from || now < to;
    return is_summer ? d->minutes : s->minutes;
}

static int minutes_east(struct calendar *c, struct str id, struct date on, int64_t minute) {
    int64_t named;
    struct str bare = str_trim(id);
    if (bare.len > 1 && bare.at[0] == '"') {
        bare = str_slice(bare, 1, bare.len - 1);
    }
    for (size_t i = 0; i < c->zones.n; i++) {
        if (str_eq(c->zones.at[i].id, bare)) {
            return zone_minutes(&c->zones.at[i], on, minute);
        }
    }
    if (!bare.len) {
        return HOME_MINUTES;
    }
    return num_read(mail_word_value(S("zone"), str_lower_ascii(c->arena, bare)), &named) ? (int)named : UNKNOWN;
}

/* 20261012T080000, with Z or a zone; a day alone is its beginning. */
static struct instant moment(struct calendar *c, const struct line *l) {
    int64_t year, month, day, hour = 0, minute = 0, second = 0;
    struct str v = str_trim(l->value), zone = mail_param(c->arena, l->params, "TZID");
    if (!digits(v, 0, 4, &year) || !digits(v, 4, 2, &month) || !digits(v, 6, 2, &day)) {
        return (struct instant){0};
    }
    struct date on = {(int16_t)year, (int8_t)month, (int8_t)day};
    bool has_time = v.len >= 15 && digits(v, 9, 2, &hour) && digits(v, 11, 2, &minute) && digits(v, 13, 2, &second);
    if (!date_valid(on) || hour > 23 || minute > 59 || (v.len > 8 && !has_time)) {
        return (struct instant){0};
    }
    int east = v.at[v.len - 1] == 'Z' ? 0 : minutes_east(c, zone, on, hour * 60 + minute);
    if (east == UNKNOWN) {
        return (struct instant){0};
    }
    int64_t minutes = date_number(on) * DAY_MINUTES + hour * 60 + minute - east;
    return (struct instant){minutes * MINUTE_MS + second * 1000};
}

static int64_t minutes_in(char unit) {
    switch (unit) {
    case 'W': return 7 * DAY_MINUTES;
    case 'D': return DAY_MINUTES;
    case 'H': return 60;
    case 'M': return 1;
    default: return 0;
    }
}

/* PT1H30M, P1D */
static int64_t duration(struct str s) {
    int64_t total = 0, n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c >= '0' && c <= '9' && n < 100000) {
            n = n * 10 + (c - '0');
            continue;
        }
        total += n * minutes_in(c);
        n = 0;
    }
    return total * MINUTE_MS;
}

static struct str plain(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '\\' && i + 1 < s.len) {
            i++;
            buf_put_char(&b, s.at[i] == 'n' || s.at[i] == 'N' ? ' ' : s.at[i]);
        } else {
            buf_put_char(&b, s.at[i]);
        }
    }
    return utf8_clean(a, str_trim(buf_str(&b)));
}

static void event_line(struct calendar *c, const struct line *l, struct mail_event *e, int64_t *lasts) {
    if (is_line(l, "DTSTART")) {
        e->start = moment(c, l);
    } else if (is_line(l, "DTEND")) {
        e->end = moment(c, l);
    } else if (is_line(l, "DURATION")) {
        *lasts = duration(l->value);
    } else if (is_line(l, "LOCATION")) {
        e->place = plain(c->arena, l->value);
    } else if (is_line(l, "SUMMARY")) {
        e->summary = plain(c->arena, l->value);
    } else if (is_line(l, "UID")) {
        e->uid = str_trim(l->value);
    }
}

static void end_by_length(struct mail_event *e, int64_t lasts) {
    if (!e->end.ms && e->start.ms && lasts) {
        e->end.ms = e->start.ms + lasts;
    }
}

bool mail_event(struct arena *a, struct str ics, struct mail_event *out) {
    struct calendar c = {.arena = a};
    bool is_event = false, is_over = false;
    size_t inner = 0;
    int64_t lasts = 0;
    *out = (struct mail_event){0};
    lines_read(&c, ics);
    zones_read(&c);
    for (size_t i = 0; i < c.lines.n && !is_over; i++) {
        const struct line *l = &c.lines.at[i];
        if (is_line(l, "METHOD")) {
            out->method = str_trim(l->value);
        } else if (is_line_of(l, "BEGIN", "VEVENT")) {
            is_event = true;
        } else if (is_line_of(l, "END", "VEVENT")) {
            is_over = true;
        } else if (is_event && (is_line(l, "BEGIN") || is_line(l, "END"))) {
            inner += is_line(l, "BEGIN") ? 1 : (size_t)-1; /* an alarm has times of its own */
        } else if (is_event && !inner) {
            event_line(&c, l, out, &lasts);
        }
    }
    end_by_length(out, lasts);
    return is_event;
}
