/* A meeting as iCalendar, and the clock as people type it. */
#include "modules/meeting/meeting_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

enum { LINE_BYTES = 75 };

/* RFC 5545, 3.1: no line longer than 75 bytes; the rest goes on after CRLF and a space, never within a letter. */
static void line_put(struct buf *b, struct str line) {
    size_t room = LINE_BYTES;
    while (line.len > room) {
        size_t cut = room;
        while (cut > 1 && ((unsigned char)line.at[cut] & 0xc0) == 0x80) {
            cut--;
        }
        buf_put(b, str_slice(line, 0, cut));
        BUF_LIT(b, "\r\n ");
        line = str_slice(line, cut, line.len);
        room = LINE_BYTES - 1;
    }
    buf_put(b, line);
    BUF_LIT(b, "\r\n");
}

/* 3.3.11: commas, semicolons, backslashes and line ends of a text. */
static struct str text_of(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '\n') {
            BUF_LIT(&b, "\\n");
            continue;
        }
        if (c == ',' || c == ';' || c == '\\') {
            buf_put_char(&b, '\\');
        }
        if (c != '\r') {
            buf_put_char(&b, c);
        }
    }
    return buf_str(&b);
}

static struct str utc(struct arena *a, struct instant at) {
    struct buf b = buf_in(a);
    instant_put_iso(&b, at); /* 2026-11-23T01:02:03.004Z */
    struct str s = buf_str(&b);
    return str_format(a, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", s.at, s.at + 5, s.at + 8, s.at + 11, s.at + 14, s.at + 17);
}

static void pair_put(struct buf *b, const char *name, struct str value) {
    line_put(b, str_format(b->arena, "%s:%.*s", name, STR_ARG(value)));
}

struct str meeting_ics(struct arena *a, const struct meeting_ics *m) {
    struct buf b = buf_in(a);
    line_put(&b, S("BEGIN:VCALENDAR"));
    line_put(&b, S("VERSION:2.0"));
    line_put(&b, S("PRODID:-//Doan Ket//Hop//VI"));
    pair_put(&b, "METHOD", m->is_cancelled ? S("CANCEL") : S("PUBLISH"));
    line_put(&b, S("BEGIN:VEVENT"));
    pair_put(&b, "UID", str_format(a, "meeting-%lld@doanket", (long long)m->id));
    pair_put(&b, "SEQUENCE", str_format(a, "%lld", (long long)m->version));
    pair_put(&b, "DTSTAMP", utc(a, m->at));
    pair_put(&b, "DTSTART", utc(a, m->starts_at));
    pair_put(&b, "DTEND", utc(a, m->ends_at));
    pair_put(&b, "SUMMARY", text_of(a, m->title));
    if (m->place.len) {
        pair_put(&b, "LOCATION", text_of(a, m->place));
    }
    struct str chair = m->chair.len ? str_format(a, "Chủ tọa: %.*s", STR_ARG(m->chair)) : S("");
    if (chair.len || m->note.len) {
        pair_put(&b, "DESCRIPTION",
                 text_of(a, str_format(a, "%.*s%s%.*s", STR_ARG(chair), chair.len && m->note.len ? "\n" : "",
                                       STR_ARG(m->note))));
    }
    pair_put(&b, "STATUS", m->is_cancelled ? S("CANCELLED") : S("CONFIRMED"));
    line_put(&b, S("END:VEVENT"));
    line_put(&b, S("END:VCALENDAR"));
    return buf_str(&b);
}

bool meeting_clock_read(struct str s, int *minute) {
    struct str hours, minutes;
    int64_t h, m = 0;
    s = str_trim(s);
    bool has_minutes = str_cut(s, S(":"), &hours, &minutes) || str_cut(s, S("h"), &hours, &minutes) ||
                       str_cut(s, S("g"), &hours, &minutes);
    minutes = str_trim(minutes);
    if (!has_minutes || !num_read_between(str_trim(hours), 0, 23, &h) ||
        (minutes.len && !num_read_between(minutes, 0, 59, &m))) {
        return false;
    }
    *minute = (int)(h * 60 + m);
    return true;
}
