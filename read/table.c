#include "read/table.h"

#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "read/xml.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

/* --- In the child: workbook to lines "row number TAB cell TAB cell …", after one line with the fault's number. --- */
struct rows {
    struct arena *arena;
    const struct read_strings *strings;
    struct buf *out;
    struct buf value;
    struct str cells[READ_TABLE_COLUMNS];
    struct arena *row; /* reset with each row */
    size_t column, last;
    int64_t number;
    size_t n, most;
    bool is_shared, is_in_value, has_more;
};

/* "AB12" is column 27, counted from 0; READ_TABLE_COLUMNS when beyond or senseless. */
static size_t column_of(const char *reference) {
    size_t column = 0;
    for (; *reference >= 'A' && *reference <= 'Z' && column <= READ_TABLE_COLUMNS; reference++) {
        column = column * 26 + (size_t)(*reference - 'A') + 1;
    }
    return column == 0 || column > READ_TABLE_COLUMNS ? READ_TABLE_COLUMNS : column - 1;
}

static void cell_open(xmlTextReaderPtr r, struct rows *s) {
    xmlChar *reference = xmlTextReaderGetAttribute(r, (const xmlChar *)"r"),
            *type = xmlTextReaderGetAttribute(r, (const xmlChar *)"t");
    s->column = reference ? column_of((const char *)reference) : s->column + 1;
    s->is_shared = type && strcmp((const char *)type, "s") == 0;
    s->value.len = 0;
    xmlFree(reference);
    xmlFree(type);
}

static void cell_close(struct rows *s) {
    struct str value = buf_str(&s->value);
    if (s->is_shared) {
        value = read_string(s->strings, value);
    }
    if (s->column < READ_TABLE_COLUMNS && value.len) {
        s->cells[s->column] = str_copy(s->row, str_slice(value, 0, READ_TABLE_CELL));
        s->last = s->column + 1 > s->last ? s->column + 1 : s->last;
    }
}

static void row_open(xmlTextReaderPtr r, struct rows *s) {
    xmlChar *number = xmlTextReaderGetAttribute(r, (const xmlChar *)"r");
    int64_t n;
    s->number = number && num_read_between(str_of((const char *)number), 1, 1 << 24, &n) ? n : s->number + 1;
    xmlFree(number);
    arena_reset(s->row);
    memset(s->cells, 0, sizeof s->cells);
    s->column = SIZE_MAX;
    s->last = 0;
}

static void row_close(struct rows *s) {
    if (!s->last) {
        return;
    }
    if (s->n == s->most) {
        s->has_more = true;
        return;
    }
    s->n++;
    buf_put_int(s->out, s->number);
    for (size_t c = 0; c < s->last; c++) {
        buf_put_char(s->out, '\t');
        struct str clean = utf8_cut(utf8_clean(s->row, s->cells[c]), READ_TABLE_CELL);
        for (size_t i = 0; i < clean.len; i++) {
            unsigned char b = (unsigned char)clean.at[i];
            buf_put_char(s->out, b < ' ' || b == 0x7f ? ' ' : (char)b);
        }
    }
    buf_put_char(s->out, '\n');
}

/* <x/> opens and closes at once. */
static void open_or_close(xmlTextReaderPtr r, struct rows *s, void (*open)(xmlTextReaderPtr r, struct rows *s),
                          void (*close)(struct rows *s)) {
    if (read_xml_opens(r)) {
        open(r, s);
    }
    if (!read_xml_opens(r) || read_xml_is_empty(r)) {
        close(s);
    }
}

static void row_node(xmlTextReaderPtr r, void *thing) {
    struct rows *s = thing;
    if (read_xml_is(r, "row")) {
        open_or_close(r, s, row_open, row_close);
    } else if (read_xml_is(r, "c")) {
        open_or_close(r, s, cell_open, cell_close);
    } else if (read_xml_is(r, "v") || read_xml_is(r, "t")) {
        s->is_in_value = read_xml_opens(r) && !read_xml_is_empty(r);
    } else if (s->is_in_value && read_xml_is_text(r) && s->value.len <= READ_TABLE_CELL) {
        buf_put(&s->value, read_xml_text(r));
    }
}

struct str read_table_say(struct arena *a, struct str bytes, const struct read_limits *limits, size_t rows_most) {
    struct str xml;
    struct read_strings strings = {0};
    struct buf out = buf_in(a), head = buf_in(a);
    enum read_fault fault =
        read_zip_entry(a, bytes, NULL, limits, &xml); /* unfolds all of it once: a bomb anywhere is seen */
    if (fault == READ_FINE || fault == READ_NO_SUCH_PAGE) {
        fault = read_strings(a, bytes, limits, &strings);
    }
    struct rows rows = {
        .arena = a, .strings = &strings, .out = &out, .value = buf_in(a), .row = arena_new(), .most = rows_most};
    if (fault == READ_FINE || fault == READ_NO_SUCH_PAGE) {
        fault = read_zip_entry(a, bytes, "xl/worksheets/sheet1.xml", limits, &xml);
        fault = fault == READ_FINE ? read_xml_walk(xml, row_node, &rows) : fault;
    }
    arena_free(rows.row);
    buf_printf(&head, "%d %d\n", (int)fault, rows.has_more);
    if (fault == READ_FINE) {
        buf_put(&head, buf_str(&out));
    }
    return buf_str(&head);
}

/* --- In the parent --- */
static bool hear_row(struct str line, struct read_row *row) {
    struct str cell;
    if (!str_next(&line, '\t', &cell) || !num_read_between(cell, 1, INT32_MAX, &row->number)) {
        return false;
    }
    while (str_next(&line, '\t', &cell)) {
        if (row->n == READ_TABLE_COLUMNS || cell.len > (size_t)4 * READ_TABLE_CELL) {
            return false;
        }
        row->cells[row->n++] = cell;
    }
    return true;
}

bool read_table_hear(struct arena *a, struct str said, size_t rows_most, int *fault, struct read_table *out) {
    struct str head, line, first, second;
    int64_t number, more;
    *out = (struct read_table){0};
    if (!utf8_valid(said) || !str_next(&said, '\n', &head) || !str_cut(head, S(" "), &first, &second) ||
        !num_read_between(first, 0, READ_FAULTS - 1, &number) || !num_read_between(second, 0, 1, &more)) {
        return false;
    }
    *fault = (int)number;
    out->has_more = more;
    while (str_next(&said, '\n', &line) && (line.len || said.len)) {
        for (size_t i = 0; i < line.len; i++) {
            if ((unsigned char)line.at[i] < ' ' && line.at[i] != '\t') {
                return false;
            }
        }
        if (out->rows.n == rows_most || !hear_row(line, LIST_PUSH(a, &out->rows))) {
            return false;
        }
    }
    return true;
}

static struct err refusal(enum read_fault fault) {
    if (fault == READ_ENCRYPTED) {
        return REFUSE(ERR_INVALID, "file",
                      "Tệp được đặt mật khẩu nên không đọc được. Mời bỏ mật khẩu rồi tải lên lại.");
    }
    if (fault == READ_BOMB) {
        return REFUSE(ERR_INVALID, "file", "Tệp nén bung ra quá lớn, có dấu hiệu bất thường nên không được mở.");
    }
    if (fault == READ_KILLED) {
        return REFUSE(ERR_BUSY, "file", "Việc đọc bị máy chủ ngắt giữa chừng; tệp không có lỗi. Sẽ đọc lại.");
    }
    if (fault == READ_UNWANTED) {
        return FAIL(ERR_CONFLICT, "what was being read is not wanted any more");
    }
    if (fault == READ_TOO_SLOW) {
        return REFUSE(ERR_INVALID, "file", "Tệp đọc quá lâu nên đã dừng. Mời chia thành nhiều tệp.");
    }
    return REFUSE(ERR_INVALID, "file", "Không đọc được: đây không phải bảng tính Excel (.xlsx), hoặc tệp bị hỏng.");
}

struct work {
    struct arena *arena;
    struct str bytes;
    const struct read_limits *limits;
    size_t rows_most;
};

static void child_say(void *thing, int fd) {
    struct work *w = thing;
    struct str said = read_table_say(w->arena, w->bytes, w->limits, w->rows_most);
    while (said.len) {
        ssize_t n = write(fd, said.at, said.len);
        if (n <= 0 && errno != EINTR) {
            _exit(98);
        }
        said = n > 0 ? str_slice(said, (size_t)n, said.len) : said;
    }
}

struct err read_table(struct arena *a, const char *path, const struct read_limits *limits, size_t rows_most,
                      struct read_table *out) {
    struct stat s;
    struct str said;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), fault = READ_FINE;
    if (fd < 0 || fstat(fd, &s) != 0 || !S_ISREG(s.st_mode) || s.st_size == 0) {
        if (fd >= 0) {
            close(fd);
        }
        return FAIL(ERR_BROKEN, "a kept file cannot be opened");
    }
    void *at = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (at == MAP_FAILED) {
        return FAIL(ERR_BROKEN, "a kept file cannot be mapped");
    }
    struct work w = {a, {at, (size_t)s.st_size}, limits, rows_most};
    struct read_work work = {.run = child_say, .thing = &w};
    enum read_fault ran = read_child_run(a, limits, &work, &said);
    munmap(at, (size_t)s.st_size);
    if (ran != READ_FINE || !read_table_hear(a, said, rows_most, &fault, out)) {
        return refusal(ran == READ_FINE ? READ_BABBLE : ran);
    }
    return fault == READ_FINE ? OK : refusal((enum read_fault)fault);
}
