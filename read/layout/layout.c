/* A line for each sheet and each line of the paper, cells parted by tabs: what the child says, and what is believed. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/disk.h"
#include "base/num.h"
#include "base/utf8.h"
#include "read/layout/inside.h"

#include "base/banned.h"

enum { SHEET_CELLS = 11, LINE_CELLS = 29, BOX_PARTS = 100000, POINT_PARTS = 100, SHEETS_MOST = 2000 };
static const int64_t NUMBER_MOST = 100000000;

static int64_t parts_of(double x, int parts) {
    double n = floor(x * parts + 0.5);
    return n >= 0 ? (int64_t)fmin(n, (double)NUMBER_MOST) : (int64_t)fmax(n, (double)-NUMBER_MOST);
}
static void put(struct buf *b, int64_t n) {
    buf_put_int(b, n);
    buf_put_char(b, '\t');
}
static void put_points(struct buf *b, double x) { put(b, parts_of(x, POINT_PARTS)); }

static void put_sheet(struct buf *b, const struct read_sheet *s) {
    BUF_LIT(b, "S\t");
    const double points[] = {s->width, s->height, s->left, s->top, s->right, s->bottom};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        put_points(b, points[i]);
    }
    put(b, s->has_pictures);
    put(b, s->has_letters);
    put(b, s->is_first_apart);
    buf_put_char(b, '\n');
}

static void put_line(struct buf *b, const struct read_line *l) {
    BUF_LIT(b, "L\t");
    const double box[] = {l->box.x, l->box.y, l->box.w, l->box.h};
    const double points[] = {l->size, l->first, l->left, l->before, l->after, l->leading};
    const int64_t flags[] = {l->bold,     l->italic,    l->underlined, l->coloured, l->side,       l->align,
                             l->is_exact, l->is_listed, l->is_head,    l->is_foot,  l->has_number, l->is_cell};
    put(b, l->sheet);
    put(b, l->page);
    put(b, l->paragraph);
    for (size_t i = 0; i < sizeof box / sizeof *box; i++) {
        put(b, parts_of(box[i], BOX_PARTS));
    }
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        put_points(b, points[i]);
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        put(b, flags[i]);
    }
    buf_put(b, l->font);
    buf_put_char(b, '\t');
    buf_put(b, l->other);
    buf_put_char(b, '\t');
    buf_put(b, l->text);
    buf_put_char(b, '\n');
}

struct str read_layout_say(struct arena *a, struct str bytes, enum file_type type, const struct read_limits *limits) {
    struct read_layout l = {0};
    struct buf b = buf_in(a);
    enum read_fault fault = type == FILE_PDF    ? layout_pdf(a, bytes, limits, &l)
                            : type == FILE_DOCX ? layout_docx(a, bytes, limits, &l)
                                                : READ_NOT_THAT;
    BUF_LIT(&b, "DKL1\t");
    put(&b, fault);
    put(&b, l.is_declared);
    put(&b, l.pages);
    put(&b, l.signed_fields);
    buf_put_char(&b, '\n');
    for (size_t i = 0; i < l.sheets.n && !fault; i++) {
        put_sheet(&b, &l.sheets.at[i]);
    }
    for (size_t i = 0; i < l.lines.n && !fault; i++) {
        put_line(&b, &l.lines.at[i]);
    }
    return buf_str(&b);
}

/* ---- believing nothing */

struct cells {
    struct str at[LINE_CELLS];
    size_t n;
    bool is_wrong;
};

static void cells_of(struct str row, struct cells *c) {
    *c = (struct cells){0};
    struct str cell;
    while (c->n < LINE_CELLS && str_next(&row, '\t', &cell)) {
        c->at[c->n++] = cell;
    }
}
static int64_t cell(struct cells *c, size_t i, int64_t low, int64_t high) {
    int64_t n = 0;
    c->is_wrong = c->is_wrong || i >= c->n || !num_read_between(c->at[i], low, high, &n);
    return n;
}
static bool flag(struct cells *c, size_t i) { return cell(c, i, 0, 1) != 0; }
static int percent(struct cells *c, size_t i) { return (int)cell(c, i, 0, 100); }
static double points(struct cells *c, size_t i) { return (double)cell(c, i, -NUMBER_MOST, NUMBER_MOST) / POINT_PARTS; }
static double part(struct cells *c, size_t i) { return (double)cell(c, i, -BOX_PARTS, 2 * BOX_PARTS) / BOX_PARTS; }

static bool take_sheet(struct arena *a, struct cells *c, struct read_layout *out) {
    struct read_sheet s = {.width = points(c, 1),
                           .height = points(c, 2),
                           .left = points(c, 3),
                           .top = points(c, 4),
                           .right = points(c, 5),
                           .bottom = points(c, 6),
                           .has_pictures = flag(c, 7),
                           .has_letters = flag(c, 8),
                           .is_first_apart = flag(c, 9)};
    if (c->is_wrong || out->sheets.n >= SHEETS_MOST || s.width < 0 || s.height < 0) {
        return false;
    }
    LIST_ADD(a, &out->sheets, s);
    return true;
}

static bool is_shown(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char ch = (unsigned char)s.at[i];
        if (ch < 32 || ch == 127) {
            return false;
        }
    }
    return s.len <= LAYOUT_TEXT_MOST && utf8_valid(s);
}

static bool take_line(struct arena *a, struct cells *c, struct read_layout *out) {
    struct read_line l = {.sheet = cell(c, 1, 0, (int64_t)out->sheets.n - 1),
                          .page = cell(c, 2, 0, NUMBER_MOST),
                          .paragraph = cell(c, 3, 0, NUMBER_MOST),
                          .box = {part(c, 4), part(c, 5), part(c, 6), part(c, 7)},
                          .size = points(c, 8),
                          .first = points(c, 9),
                          .left = points(c, 10),
                          .before = points(c, 11),
                          .after = points(c, 12),
                          .leading = points(c, 13),
                          .bold = percent(c, 14),
                          .italic = percent(c, 15),
                          .underlined = percent(c, 16),
                          .coloured = percent(c, 17),
                          .side = (enum read_side)cell(c, 18, 0, READ_SIDE_RIGHT),
                          .align = (enum read_align)cell(c, 19, 0, READ_ALIGN_BOTH),
                          .is_exact = flag(c, 20),
                          .is_listed = flag(c, 21),
                          .is_head = flag(c, 22),
                          .is_foot = flag(c, 23),
                          .has_number = flag(c, 24),
                          .is_cell = flag(c, 25),
                          .font = c->at[26],
                          .other = c->at[27],
                          .text = c->at[28]};
    bool is_good = !c->is_wrong && c->n == LINE_CELLS && is_shown(l.font) && is_shown(l.other) && is_shown(l.text);
    if (!is_good || out->lines.n >= LAYOUT_LINES_MOST || l.box.w < 0 || l.box.h < 0 || l.size < 0) {
        return false;
    }
    LIST_ADD(a, &out->lines, l);
    return true;
}

bool read_layout_hear(struct arena *a, struct str said, int *fault, struct read_layout *out) {
    struct str row;
    struct cells c;
    *out = (struct read_layout){0};
    *fault = READ_BABBLE;
    if (!str_next(&said, '\n', &row)) {
        return false;
    }
    cells_of(row, &c);
    int64_t found = cell(&c, 1, 0, READ_CRASHED - 1);
    out->is_declared = flag(&c, 2);
    out->pages = cell(&c, 3, 0, NUMBER_MOST);
    out->signed_fields = cell(&c, 4, 0, NUMBER_MOST);
    bool is_good = !c.is_wrong && str_eq(c.at[0], S("DKL1"));
    while (is_good && str_next(&said, '\n', &row)) {
        if (!row.len && !said.len) {
            break;
        }
        cells_of(row, &c);
        is_good = str_eq(c.at[0], S("S")) ? take_sheet(a, &c, out) : str_eq(c.at[0], S("L")) && take_line(a, &c, out);
    }
    *fault = is_good ? (int)found : READ_BABBLE;
    return is_good;
}

/* ---- the child */

struct work {
    struct arena *arena;
    struct str bytes;
    enum file_type type;
    const struct read_limits *limits;
};

static void work_do(void *thing, int fd) {
    struct work *w = thing;
    struct str said = read_layout_say(w->arena, w->bytes, w->type, w->limits);
    while (said.len) {
        ssize_t n = write(fd, said.at, said.len);
        if (n <= 0 && errno != EINTR) {
            return;
        }
        said = n > 0 ? str_slice(said, (size_t)n, said.len) : said;
    }
}

struct err read_layout(struct arena *a, const char *path, enum file_type type, const struct read_limits *limits,
                       struct read_layout *out) {
    enum { TRIES = 3 };
    struct work w = {.arena = a, .type = type, .limits = limits};
    if (!disk_read(a, path, (size_t)limits->unpacked, &w.bytes)) {
        return REFUSE(ERR_INVALID, "file", "Không mở được tệp, hoặc tệp quá lớn.");
    }
    enum read_fault fault = w.bytes.len ? READ_CRASHED : READ_EMPTY;
    for (int i = 0; i < TRIES && fault == READ_CRASHED; i++) {
        struct read_work work = {.run = work_do, .thing = &w};
        struct str said;
        int found = 0;
        fault = read_child_run(a, limits, &work, &said);
        if (fault == READ_FINE) {
            read_layout_hear(a, said, &found, out);
            fault = (enum read_fault)found;
        }
    }
    struct read_answer answer = {.fault = fault, .amount = out->pages};
    struct read_task task = {.what = READ_WHAT_WHOLE, .type = type, .limits = *limits};
    return read_refusal(a, &task, &answer);
}
