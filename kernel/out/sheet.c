#include "kernel/out/sheet.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/banned.h"

enum { EXCEL_CELL_CHARACTERS = 32767, EXCEL_ROWS = 1048576 };

struct sheet {
    struct arena *arena;
    enum sheet_format format;
    struct buf csv;
    lxw_workbook *book;
    lxw_worksheet *page;
    lxw_format *head, *date, *instant;
    int file; /* in memory: the library writes only to files */
    uint32_t row;
    uint16_t column;
    bool is_first_cell;
};

static void sheet_done(void *thing) {
    struct sheet *s = thing;
    if (s->book) {
        lxw_workbook_free(s->book);
    }
    if (s->file >= 0) {
        close(s->file);
    }
}

/* Excel refuses these in a sheet's name, and more than 31 characters. */
static const char *page_name(struct arena *a, struct str title) {
    char *name = str_z(a, utf8_cut(title, 31));
    for (char *c = name; *c; c++) {
        if (strchr("[]:*?/\\'", *c)) {
            *c = ' ';
        }
    }
    return name;
}

static void begin_excel(struct sheet *s, struct str title, struct str notes) {
    s->file = memfd_create("sheet", MFD_CLOEXEC);
    if (s->file < 0) {
        return;
    }
    s->book = workbook_new(str_format(s->arena, "/proc/self/fd/%d", s->file).at);
    if (!s->book) {
        return;
    }
    s->page = workbook_add_worksheet(s->book, page_name(s->arena, title));
    s->head = workbook_add_format(s->book);
    format_set_bold(s->head);
    format_set_text_wrap(s->head);
    format_set_bottom(s->head, LXW_BORDER_THIN);
    s->date = workbook_add_format(s->book);
    format_set_num_format(s->date, "dd/mm/yyyy");
    s->instant = workbook_add_format(s->book);
    format_set_num_format(s->instant, "hh:mm dd/mm/yyyy");
    lxw_format *large = workbook_add_format(s->book);
    format_set_bold(large);
    format_set_font_size(large, 14);
    worksheet_write_string(s->page, s->row++, 0, str_z(s->arena, title), large);
    struct str line;
    while (notes.len > 0 && str_next(&notes, '\n', &line)) {
        worksheet_write_string(s->page, s->row++, 0, str_z(s->arena, line), NULL);
    }
    s->row++;
}

struct err sheet_begin(struct arena *a, enum sheet_format format, struct str title, struct str notes,
                       const struct sheet_column *columns, struct sheet **out) {
    struct sheet *s = arena_take(a, struct sheet, 1);
    *s = (struct sheet){.arena = a, .format = format, .csv = buf_in(a), .is_first_cell = true, .file = -1};
    arena_on_reset(a, sheet_done, s);
    if (format == SHEET_XLSX) {
        begin_excel(s, title, notes);
        if (!s->book || !s->page) {
            return FAIL(ERR_BROKEN, "libxlsxwriter could not begin a workbook");
        }
        worksheet_freeze_panes(s->page, s->row + 1, 0);
        worksheet_repeat_rows(s->page, s->row, s->row);
        worksheet_set_landscape(s->page);
        worksheet_fit_to_pages(s->page, 1, 0);
    } else {
        buf_put(&s->csv, S("\xEF\xBB\xBF"));
    }
    for (size_t i = 0; columns[i].title.len; i++) {
        if (format == SHEET_XLSX) {
            double width = columns[i].width > 0 ? columns[i].width : 16;
            worksheet_set_column(s->page, (lxw_col_t)i, (lxw_col_t)i, width, NULL);
            worksheet_write_string(s->page, s->row, (lxw_col_t)i, str_z(a, columns[i].title), s->head);
        } else {
            sheet_text(s, columns[i].title);
        }
    }
    sheet_row(s);
    *out = s;
    return OK;
}

static bool excel_has_room(const struct sheet *s) { return s->row < EXCEL_ROWS; }

/* What begins a formula in one program or another; the last four as wide as a Han character. */
static size_t formula_sign(struct str s) {
    static const struct str signs[] = {S_INIT("="),  S_INIT("+"),  S_INIT("-"),  S_INIT("@"), S_INIT("＝"),
                                       S_INIT("＋"), S_INIT("－"), S_INIT("＠"), S_INIT("−")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (str_starts(s, signs[i])) {
            return signs[i].len;
        }
    }
    return 0;
}

/* "-12,5", "+84 225 3842 123": a sign and digits, and nothing to reckon with, up to where another cell may begin. */
static bool is_number(struct str s) {
    size_t digits = 0;
    for (size_t i = 1; i < s.len && !strchr(";\t\r\n|\"", s.at[i]); i++) {
        if (s.at[i] >= '0' && s.at[i] <= '9') {
            digits++;
        } else if (s.at[i] == '\0' || !strchr(" .,()", s.at[i])) {
            return false;
        }
    }
    return (s.at[0] == '+' || s.at[0] == '-') && digits > 0;
}

/* White space, also the wide and the unbreakable, and quotation marks: a program may leave them out before it looks. */
static size_t passed_over(struct str s) {
    static const struct str blanks[] = {S_INIT(" "), S_INIT("\""), S_INIT("\xC2\xA0"), S_INIT("\xE3\x80\x80"),
                                        S_INIT("\xEF\xBB\xBF")};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        if (str_starts(s, blanks[i])) {
            return blanks[i].len;
        }
    }
    return 0;
}

/* A cell beginning like a formula would be run by the program that opens the file. So would what stands behind a
   separator within it, where that program parts cells by another sign than the comma and the quotation marks are no
   use. */
static struct str disarmed(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    bool is_beginning = true;
    for (size_t i = 0; i < text.len;) {
        struct str rest = str_slice(text, i, text.len);
        size_t blank = passed_over(rest);
        bool is_separator = strchr(";,|\t\r\n", text.at[i]) && text.at[i] != '\0';
        if (is_beginning && !blank && formula_sign(rest) && !is_number(rest)) {
            buf_put_char(&b, '\'');
        } else if (i == 0 && is_separator && text.at[i] != ',' && text.at[i] != ';') {
            buf_put_char(&b, '\'');
        }
        is_beginning = is_separator || (is_beginning && blank);
        size_t step = blank ? blank : 1;
        buf_put(&b, str_slice(text, i, i + step));
        i += step;
    }
    return buf_str(&b);
}

static void csv_cell(struct sheet *s, struct str text, bool is_typed_in) {
    if (!s->is_first_cell) {
        buf_put_char(&s->csv, ',');
    }
    s->is_first_cell = false;
    buf_put_char(&s->csv, '"');
    struct str piece;
    for (struct str rest = is_typed_in ? disarmed(s->arena, text) : text;
         rest.len > 0 && str_next(&rest, '"', &piece);) {
        buf_put(&s->csv, piece);
        if (rest.at) {
            buf_put(&s->csv, S("\"\""));
        }
    }
    buf_put_char(&s->csv, '"');
}

void sheet_text(struct sheet *s, struct str text) {
    if (s->format == SHEET_CSV) {
        csv_cell(s, text, true);
        return;
    }
    if (text.len > 0 && excel_has_room(s)) {
        worksheet_write_string(s->page, s->row, s->column, str_z(s->arena, utf8_cut(text, EXCEL_CELL_CHARACTERS)),
                               NULL);
    }
    s->column++;
}

void sheet_int(struct sheet *s, int64_t n) {
    if (s->format == SHEET_CSV) {
        csv_cell(s, str_format(s->arena, "%lld", (long long)n), false);
        return;
    }
    sheet_number(s, (double)n);
}

void sheet_number(struct sheet *s, double n) {
    if (s->format == SHEET_CSV) {
        csv_cell(s, str_format(s->arena, "%.15g", n), false);
        return;
    }
    if (excel_has_room(s)) {
        worksheet_write_number(s->page, s->row, s->column, n, NULL);
    }
    s->column++;
}

static void excel_datetime(struct sheet *s, struct date d, int hour, int minute, lxw_format *format) {
    lxw_datetime when = {.year = d.year, .month = d.month, .day = d.day, .hour = hour, .min = minute};
    if (d.year >= 1900 && excel_has_room(s)) {
        worksheet_write_datetime(s->page, s->row, s->column, &when, format);
    }
    s->column++;
}

void sheet_date(struct sheet *s, struct date d) {
    if (s->format == SHEET_CSV) {
        csv_cell(s, d.year ? date_vi(s->arena, d) : S(""), false);
        return;
    }
    excel_datetime(s, d, 0, 0, s->date);
}

void sheet_instant(struct sheet *s, struct instant at) {
    if (s->format == SHEET_CSV) {
        struct buf b = buf_in(s->arena);
        if (at.ms) {
            instant_put_vi(&b, at);
        }
        csv_cell(s, buf_str(&b), false);
        return;
    }
    int hour, minute, second;
    instant_clock(at, &hour, &minute, &second);
    excel_datetime(s, at.ms ? date_of(at) : (struct date){0}, hour, minute, s->instant);
}

void sheet_row(struct sheet *s) {
    if (s->format == SHEET_CSV) {
        buf_put(&s->csv, S("\r\n"));
        s->is_first_cell = true;
        return;
    }
    s->row++;
    s->column = 0;
}

struct err sheet_end(struct sheet *s, struct str *bytes) {
    if (s->format == SHEET_CSV) {
        *bytes = buf_str(&s->csv);
        return OK;
    }
    lxw_workbook *book = s->book;
    s->book = NULL;
    lxw_error e = workbook_close(book);
    struct stat st;
    if (e != LXW_NO_ERROR || fstat(s->file, &st) != 0) {
        return FAIL_WITH(s->arena, ERR_BROKEN, "libxlsxwriter: %s", lxw_strerror(e));
    }
    size_t size = (size_t)st.st_size, have = 0;
    char *all = arena_take(s->arena, char, size + 1);
    while (have < size) {
        ssize_t n = pread(s->file, all + have, size - have, (off_t)have);
        if (n <= 0) {
            return FAIL(ERR_BROKEN, "the workbook could not be read back");
        }
        have += (size_t)n;
    }
    *bytes = (struct str){all, size};
    return OK;
}

struct str sheet_type(enum sheet_format format) {
    return format == SHEET_XLSX ? S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                                : S("text/csv; charset=utf-8");
}
