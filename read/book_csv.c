/* Text with separators: which one is used is seen in the first lines; the old Vietnamese encodings are understood. */
#include "base/arena.h"
#include "read/book_say.h"

#include "base/banned.h"

enum { LOOK = 4096 };

/* The separator that stands most often in the first lines, outside of quotes. */
static char separator_of(struct str text) {
    static const char choices[] = {'\t', ';', ','};
    size_t count[sizeof choices] = {0}, best = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < text.len && i < LOOK; i++) {
        is_quoted ^= text.at[i] == '"';
        for (size_t c = 0; c < sizeof choices && !is_quoted; c++) {
            count[c] += text.at[i] == choices[c];
        }
    }
    for (size_t c = 1; c < sizeof choices; c++) {
        best = count[c] > count[best] ? c : best;
    }
    return choices[best];
}

/* One field from *at on; "" within quotes is a quote. Leaves *at at the separator or the line's end. */
static struct str field(struct book_say *s, struct str text, size_t *at, char separator) {
    struct buf b = buf_in(s->row);
    bool is_quoted = *at < text.len && text.at[*at] == '"';
    *at += is_quoted;
    while (*at < text.len) {
        char c = text.at[*at];
        if (is_quoted && c == '"' && *at + 1 < text.len && text.at[*at + 1] == '"') {
            *at += 1;
        } else if (is_quoted && c == '"') {
            is_quoted = false;
            *at += 1;
            continue;
        } else if (!is_quoted && (c == separator || c == '\n' || c == '\r')) {
            break;
        }
        if (b.len < READ_BOOK_CELL) {
            buf_put_char(&b, c);
        }
        *at += 1;
    }
    return buf_str(&b);
}

static bool ends_line(struct str text, size_t *at) {
    if (*at < text.len && text.at[*at] == '\r') {
        *at += 1;
    }
    if (*at < text.len && text.at[*at] == '\n') {
        *at += 1;
        return true;
    }
    return *at >= text.len || text.at[*at - 1] == '\r';
}

enum read_fault book_csv(struct book_say *s, struct str bytes) {
    struct read_encoded text;
    read_encoding_find(s->arena, bytes, &text);
    if (memchr(text.text.at, 0, text.text.len)) {
        return READ_NOT_THAT;
    }
    char separator = separator_of(text.text);
    size_t at = 0, column = 0;
    int64_t number = 1;
    book_say_sheet(s, S("CSV"), false);
    while (at < text.text.len && !s->has_more) {
        book_say_cell(s, column++, READ_CELL_TEXT, field(s, text.text, &at, separator));
        if (at < text.text.len && text.text.at[at] == separator) {
            at++;
        } else if (ends_line(text.text, &at)) {
            book_say_line(s, number++, false);
            column = 0;
        }
    }
    if (column) {
        book_say_line(s, number, false);
    }
    return READ_FINE;
}
