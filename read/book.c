#include "read/book.h"

#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "read/book_say.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

/* --- In the child --- */
static void put_clean(struct book_say *s, struct buf *to, struct str text) {
    struct str clean = str_trim(utf8_cut(utf8_clean(s->row, str_slice(text, 0, READ_BOOK_CELL)), READ_BOOK_CELL));
    for (size_t i = 0; i < clean.len; i++) {
        unsigned char b = (unsigned char)clean.at[i];
        buf_put_char(to, b < ' ' || b == 0x7f ? ' ' : (char)b);
    }
}

void book_say_sheet(struct book_say *s, struct str name, bool is_hidden) {
    buf_printf(&s->out, "S\t%d\t", is_hidden);
    put_clean(s, &s->out, str_slice(name, 0, 200));
    buf_put_char(&s->out, '\n');
    s->spans = 0;
}

void book_say_cell(struct book_say *s, size_t column, enum read_cell_kind kind, struct str text) {
    if (column >= READ_BOOK_COLUMNS) {
        return;
    }
    size_t before = s->line.len;
    buf_put_char(&s->line, '\t');
    buf_put_int(&s->line, (int64_t)column);
    buf_put_char(&s->line, ' ');
    buf_put_int(&s->line, kind);
    buf_put_char(&s->line, ' ');
    size_t head = s->line.len;
    put_clean(s, &s->line, text);
    if (s->line.len == head) {
        s->line.len = before;
    }
}

void book_say_line(struct book_say *s, int64_t number, bool is_hidden) {
    if (s->line.len && s->lines == s->lines_most) {
        s->has_more = true;
    } else if (s->line.len) {
        s->lines++;
        buf_put(&s->out, S("L\t"));
        buf_put_int(&s->out, number);
        buf_put(&s->out, is_hidden ? S("\t1") : S("\t0"));
        buf_put(&s->out, buf_str(&s->line));
        buf_put_char(&s->out, '\n');
    }
    s->line.len = 0;
    arena_reset(s->row);
}

void book_say_span(struct book_say *s, char what, const struct read_span *span) {
    if (s->spans++ >= READ_BOOK_SPANS) {
        return;
    }
    buf_printf(&s->out, "%c\t%lld\t%lld\t%zu\t%zu\n", what, (long long)span->row, (long long)span->row_last,
               span->column, span->column_last);
}

struct str read_book_say(struct arena *a, struct str bytes, const struct read_limits *limits, size_t lines_most) {
    struct book_say s = {.arena = a,
                         .row = arena_new(),
                         .limits = limits,
                         .out = buf_in(a),
                         .line = buf_in(a),
                         .lines_most = lines_most};
    struct buf head = buf_in(a);
    bool is_old = str_starts(bytes, S("\xd0\xcf\x11\xe0"));
    enum read_fault fault = is_old                               ? READ_ENCRYPTED
                            : str_starts(bytes, S("PK\x03\x04")) ? book_xlsx(&s, bytes)
                                                                 : book_csv(&s, bytes);
    fault = fault == READ_FINE && s.has_more ? READ_TOO_MANY : fault;
    arena_free(s.row);
    buf_printf(&head, "%d %d\n", (int)fault, s.is_1904);
    if (fault == READ_FINE) {
        buf_put(&head, buf_str(&s.out));
    }
    return buf_str(&head);
}

/* --- In the parent --- */
static bool hear_number(struct str *rest, int64_t low, int64_t high, int64_t *n) {
    struct str field;
    return str_next(rest, '\t', &field) && num_read_between(field, low, high, n);
}

static bool hear_sheet(struct arena *a, struct str rest, struct read_book *book) {
    int64_t hidden;
    if (book->sheets.n == READ_BOOK_SHEETS || !hear_number(&rest, 0, 1, &hidden)) {
        return false;
    }
    LIST_ADD(a, &book->sheets, (struct read_sheet){.name = rest, .is_hidden = hidden});
    return true;
}

static bool hear_span(struct arena *a, struct str rest, bool is_merged, struct read_sheet *sheet) {
    int64_t row, row_last, column, column_last;
    if (!sheet || sheet->merged.n + sheet->hidden.n == READ_BOOK_SPANS || !hear_number(&rest, 0, INT32_MAX, &row) ||
        !hear_number(&rest, row, INT32_MAX, &row_last) || !hear_number(&rest, 0, READ_BOOK_COLUMNS - 1, &column) ||
        !hear_number(&rest, column, READ_BOOK_COLUMNS - 1, &column_last) || rest.len) {
        return false;
    }
    struct read_span span = {row, row_last, (size_t)column, (size_t)column_last};
    if (is_merged) {
        LIST_ADD(a, &sheet->merged, span);
    } else {
        LIST_ADD(a, &sheet->hidden, span);
    }
    return true;
}

static bool hear_cell(struct str said, struct read_line *line) {
    struct str column, kind, rest;
    int64_t c, k;
    struct read_cell *last = line->cells.n ? &line->cells.at[line->cells.n - 1] : NULL;
    if (!str_cut(said, S(" "), &column, &rest) || !str_cut(rest, S(" "), &kind, &rest) || !rest.len ||
        rest.len > (size_t)4 * READ_BOOK_CELL || !num_read_between(column, 0, READ_BOOK_COLUMNS - 1, &c) ||
        !num_read_between(kind, READ_CELL_TEXT, READ_CELL_KINDS - 1, &k) || (last && last->column >= (size_t)c)) {
        return false;
    }
    line->cells.at[line->cells.n++] = (struct read_cell){(size_t)c, (enum read_cell_kind)k, rest};
    return true;
}

static bool hear_line(struct arena *a, struct str rest, struct read_sheet *sheet) {
    int64_t number, hidden;
    struct read_line *last = sheet && sheet->lines.n ? &sheet->lines.at[sheet->lines.n - 1] : NULL;
    if (!sheet || !hear_number(&rest, last ? last->number + 1 : 1, INT32_MAX, &number) ||
        !hear_number(&rest, 0, 1, &hidden) || !rest.len) {
        return false;
    }
    size_t n = 1;
    for (size_t i = 0; i < rest.len; i++) {
        n += rest.at[i] == '\t';
    }
    struct read_line *line = LIST_PUSH(a, &sheet->lines);
    *line = (struct read_line){.number = number, .is_hidden = hidden};
    line->cells.at = arena_take(a, struct read_cell, n);
    struct str cell;
    while (str_next(&rest, '\t', &cell)) {
        if (!hear_cell(cell, line)) {
            return false;
        }
    }
    return true;
}

static bool is_clean(struct str line) {
    for (size_t i = 0; i < line.len; i++) {
        if ((unsigned char)line.at[i] < ' ' && line.at[i] != '\t') {
            return false;
        }
    }
    return utf8_valid(line);
}

static bool hear_one(struct arena *a, struct str said, struct read_book *book) {
    struct read_sheet *sheet = book->sheets.n ? &book->sheets.at[book->sheets.n - 1] : NULL;
    struct str what;
    if (!is_clean(said) || !str_next(&said, '\t', &what) || what.len != 1) {
        return false;
    }
    switch (what.at[0]) {
    case 'S': return hear_sheet(a, said, book);
    case 'M': return hear_span(a, said, true, sheet);
    case 'H': return hear_span(a, said, false, sheet);
    case 'L': return hear_line(a, said, sheet);
    default: return false;
    }
}

bool read_book_hear(struct arena *a, struct str said, size_t lines_most, int *fault, struct read_book *out) {
    struct str head, line, first, second;
    int64_t number, is_1904;
    size_t lines = 0;
    *out = (struct read_book){0};
    if (!str_next(&said, '\n', &head) || !str_cut(head, S(" "), &first, &second) ||
        !num_read_between(first, 0, READ_FAULTS - 1, &number) || !num_read_between(second, 0, 1, &is_1904)) {
        return false;
    }
    *fault = (int)number;
    out->is_1904 = is_1904;
    while (said.len && str_next(&said, '\n', &line)) {
        lines += line.len && line.at[0] == 'L';
        if (lines > lines_most || !hear_one(a, line, out)) {
            return false;
        }
    }
    return true;
}

static struct err refusal(enum read_fault fault) {
    switch ((int)fault) {
    case READ_ENCRYPTED:
        return REFUSE(
            ERR_INVALID, "file",
            "Tệp Excel kiểu cũ (.xls) hoặc có đặt mật khẩu nên không đọc được. Mời mở bằng Excel, bỏ mật khẩu, lưu lại "
            "thành .xlsx rồi tải lên.");
    case READ_BOMB:
        return REFUSE(ERR_INVALID, "file", "Tệp nén bung ra quá lớn, có dấu hiệu bất thường nên không được mở.");
    case READ_TOO_MANY:
        return REFUSE(ERR_INVALID, "file",
                      "Bảng tính có quá nhiều dòng. Mời chia thành nhiều tệp rồi tải lên lần lượt.");
    case READ_TOO_SLOW: return REFUSE(ERR_INVALID, "file", "Tệp đọc quá lâu nên đã dừng. Mời chia thành nhiều tệp.");
    case READ_KILLED:
        return REFUSE(ERR_BUSY, "file", "Việc đọc bị máy chủ ngắt giữa chừng; tệp không có lỗi. Sẽ đọc lại.");
    case READ_UNWANTED: return FAIL(ERR_CONFLICT, "what was being read is not wanted any more");
    default:
        return REFUSE(ERR_INVALID, "file",
                      "Không đọc được: đây không phải bảng tính Excel (.xlsx) hay tệp .csv, hoặc tệp bị hỏng.");
    }
}

struct work {
    struct arena *arena;
    struct str bytes;
    const struct read_limits *limits;
    size_t lines_most;
};

static void child_say(void *thing, int fd) {
    struct work *w = thing;
    struct str said = read_book_say(w->arena, w->bytes, w->limits, w->lines_most);
    while (said.len) {
        ssize_t n = write(fd, said.at, said.len);
        if (n <= 0 && errno != EINTR) {
            _exit(98);
        }
        said = n > 0 ? str_slice(said, (size_t)n, said.len) : said;
    }
}

struct err read_book(struct arena *a, const char *path, const struct read_limits *limits, size_t lines_most,
                     struct read_book *out) {
    struct stat s;
    struct str said;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), fault = READ_FINE;
    if (fd < 0 || fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) {
        if (fd >= 0) {
            close(fd);
        }
        return FAIL(ERR_BROKEN, "a kept file cannot be opened");
    }
    if (s.st_size == 0) {
        close(fd);
        return REFUSE(ERR_INVALID, "file", "Tệp rỗng.");
    }
    void *at = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (at == MAP_FAILED) {
        return FAIL(ERR_BROKEN, "a kept file cannot be mapped");
    }
    struct work w = {a, {at, (size_t)s.st_size}, limits, lines_most};
    struct read_work work = {.run = child_say, .thing = &w};
    enum read_fault ran = read_child_run(a, limits, &work, &said);
    munmap(at, (size_t)s.st_size);
    if (ran != READ_FINE || !read_book_hear(a, said, lines_most, &fault, out)) {
        return refusal(ran == READ_FINE ? READ_BABBLE : ran);
    }
    return fault == READ_FINE ? OK : refusal((enum read_fault)fault);
}
