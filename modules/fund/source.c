#include "modules/fund/source.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "read/book.h"
#include "read/encoding.h"

#include "base/banned.h"

enum { LOOK = 1 << 16, LINES_MOST = 400000, DAY_1900 = -25569, DAY_1904 = -24107, DAYS_MOST = 120000 };

/* --- Files --- */
static void unmap(void *thing) {
    struct str *s = thing;
    munmap((void *)(uintptr_t)s->at, s->len);
}

struct err fund_file_map(struct arena *a, const char *path, struct str *bytes) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        if (fd >= 0) {
            close(fd);
        }
        return err_refuse(a, ERR_INVALID, "file", "Không mở được tệp %s.", path);
    }
    if (st.st_size == 0) {
        close(fd);
        return REFUSE(ERR_INVALID, "file", "Tệp rỗng.");
    }
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (at == MAP_FAILED) {
        return FAIL(ERR_BROKEN, "a file cannot be mapped");
    }
    struct str *kept = arena_take(a, struct str, 1);
    *bytes = *kept = (struct str){at, (size_t)st.st_size};
    arena_on_reset(a, unmap, kept);
    return OK;
}

/* --- Text --- */
static struct str in_utf8(struct arena *a, struct str bytes) {
    struct read_encoded found;
    if (str_starts(bytes, S("\xef\xbb\xbf"))) {
        return str_slice(bytes, 3, bytes.len);
    }
    size_t to = bytes.len < LOOK ? bytes.len : LOOK;
    while (to < bytes.len && bytes.at[to] != '\n') {
        to++;
    }
    read_encoding_find(a, str_slice(bytes, 0, to), &found);
    if (found.encoding == READ_UTF8 || found.encoding == READ_NFD) {
        return bytes;
    }
    read_encoding_find(a, bytes, &found);
    return found.text;
}

struct err fund_text_each(struct arena *a, struct str bytes, const struct fund_rows *rows) {
    struct arena *row = arena_new();
    struct str rest = in_utf8(a, bytes);
    char separator = statement_separator(row, str_slice(rest, 0, LOOK));
    struct statement_cells cells = {0};
    struct err e = OK;
    arena_reset(row);
    while (!e.why && statement_csv_next(row, &rest, separator, &cells)) {
        e = rows->take(rows->thing, row, &cells);
        arena_reset(row);
    }
    arena_free(row);
    return e;
}

/* --- Workbooks --- */
struct str fund_cell_text(struct arena *a, const struct read_cell *cell, bool is_1904) {
    if (cell->kind != READ_CELL_NUMBER && cell->kind != READ_CELL_DATE) {
        return cell->text;
    }
    char *end;
    const char *z = str_z(a, cell->text);
    double n = strtod(z, &end);
    if (*end || !isfinite(n) || fabs(n) >= 1e15) {
        return cell->text;
    }
    if (cell->kind == READ_CELL_DATE && n >= 1 && n < DAYS_MOST) {
        return date_iso(a, date_from_number((int64_t)n + (is_1904 ? DAY_1904 : DAY_1900)));
    }
    double whole = round(n);
    return fabs(n - whole) < 1e-6 ? str_format(a, "%lld", (long long)whole) : cell->text;
}

static struct err sheet_each(const struct read_book *book, const struct read_sheet *sheet,
                             const struct fund_rows *rows) {
    struct arena *row = arena_new();
    struct err e = OK;
    for (size_t i = 0; i < sheet->lines.n && !e.why; i++) {
        const struct read_line *line = &sheet->lines.at[i];
        struct statement_cells cells = {.number = line->number};
        for (size_t c = 0; c < line->cells.n; c++) {
            size_t column = line->cells.at[c].column;
            if (column < STATEMENT_COLUMNS) {
                cells.at[column] = fund_cell_text(row, &line->cells.at[c], book->is_1904);
                cells.n = column + 1;
            }
        }
        e = rows->take(rows->thing, row, &cells);
        arena_reset(row);
    }
    arena_free(row);
    return e;
}

static struct err book_each(struct arena *a, const char *path, const struct fund_rows *rows) {
    struct read_book book;
    TRY(read_book(a, path, &read_limits_usual, LINES_MOST, &book));
    for (size_t i = 0; i < book.sheets.n; i++) {
        if (!book.sheets.at[i].is_hidden) {
            TRY(sheet_each(&book, &book.sheets.at[i], rows));
        }
    }
    return OK;
}

struct err fund_source_each(struct arena *a, const char *path, const struct fund_rows *rows) {
    struct str bytes;
    TRY(fund_file_map(a, path, &bytes));
    bool is_book = str_starts(bytes, S("PK\x03\x04")) || str_starts(bytes, S("\xd0\xcf\x11\xe0"));
    return is_book ? book_each(a, path, rows) : fund_text_each(a, bytes, rows);
}
