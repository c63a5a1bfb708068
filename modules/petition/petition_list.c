/* Lists under filters, and how many stand in each box: both from the same rows. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "modules/petition/petition_list.h"

/* Which rows a box holds: a state, or open ones by their day. */
enum window { ALL, PAST, NEAR };
static const struct box {
    const char *code;
    struct str title;
    const char *one, *other; /* states; NULL: any */
    enum window window;
    int64_t urged_least, urged_most;
} boxes[PETITION_BOXES] = {
    [PETITION_ALL] = {"", S_INIT("Tất cả"), NULL, NULL, ALL, 0, 0},
    [PETITION_RECEIVED] = {"received", S_INIT("Chờ xử lý"), "received", NULL, ALL, 0, 0},
    [PETITION_ACCEPTED] = {"accepted", S_INIT("Đang giải quyết"), "accepted", NULL, ALL, 0, 0},
    [PETITION_TRANSFERRED] = {"transferred", S_INIT("Chờ phúc đáp"), "transferred", NULL, ALL, 0, 0},
    [PETITION_REPLIED] = {"replied", S_INIT("Có kết quả"), "replied", NULL, ALL, 0, 0},
    [PETITION_ANSWERED] = {"answered", S_INIT("Chờ ý kiến người gửi"), "answered", NULL, ALL, 0, 0},
    [PETITION_SOON] = {"soon", S_INIT("Sắp đến hạn"), "received", "accepted", NEAR, 0, INT64_MAX},
    [PETITION_LATE] = {"late", S_INIT("Quá hạn"), "received", "accepted", PAST, 0, INT64_MAX},
    [PETITION_URGE] = {"urge", S_INIT("Cần đôn đốc"), "transferred", "transferred", PAST, 0, 0},
    [PETITION_SILENT] = {"silent", S_INIT("Im lặng, cần giám sát"), "transferred", "transferred", PAST, 1, INT64_MAX},
};

struct str petition_box_code(enum petition_box box) {
    return str_of(boxes[box].code);
}
struct str petition_box_title(enum petition_box box) {
    return boxes[box].title;
}
bool petition_box_is_counted(enum petition_box box) { return box != PETITION_ALL; }

bool petition_box_of_code(struct str code, enum petition_box *box) {
    for (enum petition_box b = 0; b < PETITION_BOXES; b++) {
        if (str_eq(code, str_of(boxes[b].code))) {
            *box = b;
            return true;
        }
    }
    return false;
}

static struct str soon_end(struct arena *a, struct date today) {
    return date_iso(a, date_plus(today, PETITION_SOON_DAYS + 1));
}

static void count_row(const struct petition_counts_row *r, int64_t *n) {
    for (enum petition_box b = PETITION_RECEIVED; b < PETITION_BOXES; b++) {
        const struct box *x = &boxes[b];
        bool is_here = str_eq(r->state, str_of(x->one)) || (x->other && str_eq(r->state, str_of(x->other)));
        if (!is_here) {
            continue;
        }
        int64_t past = b == PETITION_SILENT ? r->silent : b == PETITION_URGE ? r->late - r->silent : r->late;
        n[b] += x->window == ALL ? r->n : x->window == PAST ? past : r->soon;
    }
}

struct err petition_count(struct db_read *db, const struct who *who, struct date today,
                          struct petition_counts *counts) {
    struct arena *a = db_arena(db);
    struct petition_counts_rows rows;
    *counts = (struct petition_counts){0};
    TRY(petition_counts(db,
                        (struct petition_counts_in){.organ = who->organ.v,
                                                    .post = who->post.v,
                                                    .today_day = date_iso(a, today),
                                                    .soon_day = soon_end(a, today)},
                        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        count_row(&rows.at[i], counts->n);
    }
    return OK;
}

/* The first words of the filter, each as the beginning of a word of the letter. */
enum { WORDS = 3 };
struct sought {
    struct str from[WORDS], until[WORDS];
};

static struct sought sought_of(struct arena *a, struct str q) {
    struct sought s = {0};
    struct str rest = str_trim(utf8_fold(a, q)), word;
    size_t n = 0;
    while (n < WORDS && str_next(&rest, ' ', &word)) {
        if (word.len) {
            s.from[n] = word;
            s.until[n++] = str_format(a, "%.*s~", STR_ARG(word));
        }
    }
    return s;
}

#define LINE_ADD(r_, after_)                                                                                           \
    LIST_ADD(a, &out->at,                                                                                              \
             (struct petition_line){.id = (r_)->id,                                                                    \
                                    .number = (r_)->number,                                                            \
                                    .year = (r_)->year,                                                                \
                                    .people = (r_)->people,                                                            \
                                    .state = (r_)->state,                                                              \
                                    .type = (r_)->type,                                                                \
                                    .channel = (r_)->channel,                                                          \
                                    .title = (r_)->title,                                                              \
                                    .place = (r_)->place,                                                              \
                                    .authority = (r_)->authority,                                                      \
                                    .due_what = (r_)->due_what,                                                        \
                                    .disposition = (r_)->disposition,                                                  \
                                    .writer = petition_writer_shown((r_)->is_protected, (r_)->name),                   \
                                    .address = (r_)->is_protected ? S("") : (r_)->address,                             \
                                    .received_on = (r_)->received_on,                                                  \
                                    .due_on = (r_)->due_on,                                                            \
                                    .disposed_on = (r_)->disposed_on,                                                  \
                                    .is_protected = (r_)->is_protected,                                                \
                                    .after = (after_)})
#define FILTER_IN(f_)                                                                                                  \
    .organ = who->organ.v, .post = who->post.v, .f_type = (f_)->type, .f_state = (f_)->state,                          \
    .f_channel = (f_)->channel, .f_place = (f_)->place, .one_from = s.from[0], .one_until = s.until[0],                \
    .two_from = s.from[1], .two_until = s.until[1], .three_from = s.from[2], .three_until = s.until[2],                \
    .from_day = (f_)->from.year ? date_iso(a, (f_)->from) : S(""),                                                     \
    .to_day = (f_)->to.year ? date_iso(a, (f_)->to) : S("9999-12-31"), .most = (int64_t)most + 1

static int64_t before_of(struct str after) {
    int64_t id;
    return num_read_between(after, 1, INT64_MAX, &id) ? id : INT64_MAX;
}

static struct str id_text(struct arena *a, int64_t id) { return str_format(a, "%lld", (long long)id); }

static struct err newest(struct db_read *db, const struct who *who, const struct petition_filter *f, size_t most,
                         struct petition_lines *out) {
    struct arena *a = db_arena(db);
    struct petition_newest_rows rows;
    struct sought s = sought_of(a, f->q);
    TRY(petition_newest(db, (struct petition_newest_in){FILTER_IN(f), .before = before_of(f->after)}, &rows));
    for (size_t i = 0; i < rows.n && i < most; i++) {
        LINE_ADD(&rows.at[i], id_text(a, rows.at[i].id.v));
    }
    out->has_more = rows.n > most;
    return OK;
}

static struct err in_state(struct db_read *db, const struct who *who, const struct petition_filter *f, size_t most,
                           struct petition_lines *out) {
    struct arena *a = db_arena(db);
    struct petition_in_state_rows rows;
    struct sought s = sought_of(a, f->q);
    TRY(petition_in_state(db,
                          (struct petition_in_state_in){FILTER_IN(f), .box_state = str_of(boxes[f->box].one),
                                                        .before = before_of(f->after)},
                          &rows));
    for (size_t i = 0; i < rows.n && i < most; i++) {
        LINE_ADD(&rows.at[i], id_text(a, rows.at[i].id.v));
    }
    out->has_more = rows.n > most;
    return OK;
}

static struct err by_due(struct db_read *db, const struct who *who, const struct petition_filter *f, size_t most,
                         struct petition_lines *out) {
    struct arena *a = db_arena(db);
    const struct box *x = &boxes[f->box];
    struct str today = date_iso(a, clock_today()), day, last;
    struct petition_by_due_rows rows;
    struct sought s = sought_of(a, f->q);
    str_cut(f->after, S("."), &day, &last);
    struct petition_by_due_in in = {FILTER_IN(f),
                                    .one = str_of(x->one),
                                    .other = str_of(x->other),
                                    .due_from = x->window == NEAR ? today : S(""),
                                    .due_until = x->window == NEAR ? soon_end(a, clock_today()) : today,
                                    .urged_least = x->urged_least,
                                    .urged_most = x->urged_most,
                                    .after_day = day,
                                    .after = f->after.len ? before_of(last) : 0};
    TRY(petition_by_due(db, in, &rows));
    for (size_t i = 0; i < rows.n && i < most; i++) {
        LINE_ADD(&rows.at[i],
                 str_format(a, "%.*s.%lld", STR_ARG(date_iso(a, rows.at[i].due_on)), (long long)rows.at[i].id.v));
    }
    out->has_more = rows.n > most;
    return OK;
}

struct err petition_list(struct db_read *db, const struct who *who, const struct petition_filter *f, size_t most,
                         struct petition_lines *out) {
    *out = (struct petition_lines){0};
    return !boxes[f->box].one            ? newest(db, who, f, most, out)
           : boxes[f->box].window == ALL ? in_state(db, who, f, most, out)
                                         : by_due(db, who, f, most, out);
}
