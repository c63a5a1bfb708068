/* A count told to a person, day by day. */
#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "modules/deadline/deadline_inside.h"

static const struct str weekdays[] = {S_INIT(""),        S_INIT("Thứ Hai"), S_INIT("Thứ Ba"),  S_INIT("Thứ Tư"),
                                      S_INIT("Thứ Năm"), S_INIT("Thứ Sáu"), S_INIT("Thứ Bảy"), S_INIT("Chủ nhật")};

void deadline_note(struct deadline_counter *k, const char *format, ...) {
    char line[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof line ? (size_t)n : sizeof line - 1;
    LIST_ADD(k->arena, &k->out->notes, str_copy(k->arena, (struct str){line, len}));
}

static struct str step_words(const struct deadline_counter *k, enum deadline_step_kind kind, int64_t number,
                             const struct deadline_day *day) {
    struct str unit = deadline_unit_words(k->out->rule.unit), name = weekdays[date_weekday(day->on)];
    switch (kind) {
    case DEADLINE_START: return S("ngày xảy ra sự kiện, không tính");
    case DEADLINE_COUNTED:
        return str_format(k->arena, "%.*s thứ %lld (%.*s%s%.*s)", STR_ARG(unit), (long long)number, STR_ARG(name),
                          day->reason.len && day->is_work ? ", " : "", day->is_work ? (int)day->reason.len : 0,
                          day->reason.at ? day->reason.at : "");
    case DEADLINE_OFF: return str_format(k->arena, "không tính: %.*s", STR_ARG(day->reason));
    case DEADLINE_PAUSED: return S("không tính: đang tạm dừng theo văn bản");
    case DEADLINE_MOVED:
        return day->is_work
                   ? str_format(k->arena, "ngày cuối là ngày nghỉ nên hạn chuyển sang ngày này (%.*s)", STR_ARG(name))
                   : str_format(k->arena, "ngày nghỉ: %.*s", STR_ARG(day->reason));
    }
    return S("");
}

void deadline_step(struct deadline_counter *k, enum deadline_step_kind kind, int64_t number,
                   const struct deadline_day *day) {
    if (k->ask->wants_days) {
        LIST_ADD(k->arena, &k->out->steps,
                 (struct deadline_step){.on = day->on,
                                        .kind = kind,
                                        .number = number,
                                        .words = step_words(k, kind, number, day),
                                        .law = kind == DEADLINE_START ? S("khoản 2 Điều 147 Bộ luật Dân sự 2015")
                                               : kind == DEADLINE_MOVED && day->is_work && !k->out->rule.is_before
                                                   ? S("khoản 5 Điều 148 Bộ luật Dân sự 2015")
                                                   : day->law});
    }
}

static void put_due(struct buf *b, const struct deadline *d) {
    if (d->is_paused) {
        buf_printf(b, "Đang tạm dừng: đã tính %lld, còn %lld %.*s kể từ khi có văn bản tiếp tục.\n",
                   (long long)d->counted, (long long)d->remaining, STR_ARG(deadline_unit_words(d->rule.unit)));
        return;
    }
    BUF_LIT(b, "Hạn: ");
    if (d->due_minute >= 0) {
        buf_printf(b, "%02d:%02d ", d->due_minute / 60, d->due_minute % 60);
    }
    buf_printf(b, "%.*s ", STR_ARG(weekdays[date_weekday(d->due_on)]));
    date_put_vi(b, d->due_on);
    if (d->rule.unit != DEADLINE_LUNAR) {
        buf_printf(b, ", %s %lld %.*s", d->rule.is_before ? "trước ít nhất" : "đủ", (long long)d->counted,
                   STR_ARG(deadline_unit_words(d->rule.unit)));
    }
    BUF_LIT(b, "\n");
}

struct str deadline_words(struct arena *a, const struct deadline_ask *ask, const struct deadline *d) {
    struct buf b = buf_in(a);
    buf_printf(&b, "%.*s (%.*s)\n", STR_ARG(d->rule.name), STR_ARG(ask->rule));
    buf_printf(&b, "Căn cứ: %.*s%s%.*s\n", STR_ARG(d->rule.article), d->rule.article.len ? " " : "",
               STR_ARG(d->rule.law));
    for (size_t i = 0; i < d->steps.n; i++) {
        const struct deadline_step *s = &d->steps.at[i];
        date_put_vi(&b, s->on);
        buf_printf(&b, ": %.*s", STR_ARG(s->words));
        if (s->law.len) {
            buf_printf(&b, " (%.*s)", STR_ARG(s->law));
        }
        BUF_LIT(&b, "\n");
    }
    put_due(&b, d);
    for (size_t i = 0; i < d->notes.n; i++) {
        buf_printf(&b, "Lưu ý: %.*s\n", STR_ARG(d->notes.at[i]));
    }
    return buf_str(&b);
}
