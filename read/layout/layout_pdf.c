/* A PDF by poppler: where its letters stand, in which font and size. Letters over a picture of the whole page are those
   of a scanner's reading, and say nothing of the paper. */
#include <math.h>
#include <poppler.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/utf8.h"
#include "read/layout/inside.h"

#include "base/banned.h"

/* Points on a page; a blank that parts columns, in letters' heights; how far apart words of a half column may stand. */
static const double COLUMN_GAP = 1.6, HALF_GAP = 110, LEFT_HALF = 0.52, RIGHT_HALF = 0.42, SCAN_PART = 0.6;

struct word {
    struct str text;
    double left, top, right, bottom;
    struct layout_face face;
    int64_t row;
};

struct page {
    struct arena *arena;
    PopplerPage *from;
    double width, height;
    int64_t number;
    LIST(struct word) words;
    struct read_layout *out;
};

static bool has(struct str s, const char *part) { return str_find(s, str_of(part), 0) != SIZE_MAX; }

static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_small(char c) { return c >= 'a' && c <= 'z'; }

/* "CIDFont+F1", "F3": what some programs write says nothing of the letters. */
static bool is_nameless(struct str name) {
    size_t plus = str_find(name, S("+"), 0);
    struct str own = plus == SIZE_MAX ? name : str_slice(name, plus + 1, name.len);
    size_t figures = 0;
    for (size_t i = 0; i < own.len; i++) {
        figures += own.at[i] >= '0' && own.at[i] <= '9';
    }
    return own.len < 4 ? figures + 1 >= own.len : str_starts(own, S("CIDFont")) || str_starts(own, S("Type3"));
}

/* "BCDEEE+TimesNewRomanPS-BoldMT": the family as people write it, "Times New Roman". */
static struct str family_of(struct arena *a, struct str name) {
    size_t plus = str_find(name, S("+"), 0);
    name = plus == 6 ? str_slice(name, 7, name.len) : name;
    size_t end = 0;
    while (end < name.len && name.at[end] != '-' && name.at[end] != ',') {
        end++;
    }
    name = str_slice(name, 0, end);
    static const struct str tails[] = {S_INIT("MT"), S_INIT("PS"), S_INIT("Bold"), S_INIT("Italic")};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        bool is_tail = name.len > tails[i].len + 2 && str_ends(name, tails[i]);
        name = is_tail ? str_slice(name, 0, name.len - tails[i].len) : name;
    }
    struct buf b = buf_in(a);
    for (size_t i = 0; i < name.len; i++) {
        bool is_start = i > 0 && is_capital(name.at[i]) && is_small(name.at[i - 1]);
        buf_put(&b, is_start ? S(" ") : S(""));
        buf_put_char(&b, name.at[i]);
    }
    return layout_text(a, buf_str(&b));
}

static struct layout_face face_of(struct arena *a, const PopplerTextAttributes *t) {
    enum { DARK = 0x4000 };
    struct str name = str_copy(a, str_of(t->font_name));
    bool is_named = !is_nameless(name);
    bool is_bold = has(name, "Bold") || has(name, "bold") || has(name, "Black") || has(name, "Heavy");
    bool is_italic = has(name, "Italic") || has(name, "italic") || has(name, "Oblique");
    bool is_coloured = t->color.red > DARK || t->color.green > DARK || t->color.blue > DARK;
    return (struct layout_face){.font = is_named ? family_of(a, name) : S(""),
                                .size = t->font_size,
                                .bold = is_bold ? SAY_YES : SAY_NO,
                                .italic = is_italic ? SAY_YES : SAY_NO,
                                .coloured = is_coloured ? SAY_YES : SAY_NO};
}

static void grow(struct word *w, const PopplerRectangle *r) {
    w->left = fmin(w->left, r->x1);
    w->top = fmin(w->top, r->y1);
    w->right = fmax(w->right, r->x2);
    w->bottom = fmax(w->bottom, r->y2);
}

static bool is_blank(uint32_t c) { return c <= ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a); }

/* A word being gathered: where in the text it began. */
struct growing {
    struct word word;
    bool is_begun;
    size_t from;
};

static void word_end(struct page *p, struct growing *g, struct str text, size_t end) {
    if (g->is_begun) {
        g->word.text = str_slice(text, g->from, end);
        LIST_ADD(p->arena, &p->words, g->word);
    }
    g->is_begun = false;
}

/* What is said of character i; moves on in the list, which is in their order. */
static const PopplerTextAttributes *said_of(GList **faces, guint i) {
    const PopplerTextAttributes *t = *faces ? (*faces)->data : NULL;
    while (*faces && (*faces)->next && (int)i > t->end_index) {
        *faces = (*faces)->next;
        t = (*faces)->data;
    }
    return t;
}

/* What lies between white space; the face is that of its first letter. */
static void words_take(struct page *p, struct str text, const PopplerRectangle *places, guint n, GList *faces) {
    struct growing g = {0};
    size_t at = 0;
    for (guint i = 0; i < n && at < text.len; i++) {
        size_t before = at;
        const PopplerRectangle *r = &places[i];
        const PopplerTextAttributes *t = said_of(&faces, i);
        if (is_blank(utf8_next(text, &at))) {
            word_end(p, &g, text, before);
        } else if (g.is_begun) {
            grow(&g.word, r);
        } else {
            g = (struct growing){{.left = r->x1, .top = r->y1, .right = r->x2, .bottom = r->y2}, true, before};
            g.word.face = t ? face_of(p->arena, t) : (struct layout_face){0};
        }
    }
    word_end(p, &g, text, at);
}

static int by_middle(const void *x, const void *y) {
    const struct word *a = x, *b = y;
    double far = a->top + a->bottom - b->top - b->bottom;
    return far < 0 ? -1 : far > 0;
}

static int by_row(const void *x, const void *y) {
    const struct word *a = x, *b = y;
    if (a->row != b->row) {
        return a->row < b->row ? -1 : 1;
    }
    return a->left < b->left ? -1 : a->left > b->left;
}

static bool is_level(const struct word *a, const struct word *b) {
    double high = fmin(a->bottom - a->top, b->bottom - b->top);
    return fabs(a->top + a->bottom - b->top - b->bottom) / 2 <= 0.5 * high;
}

/* Whether a word goes on with the line that ended in the other. Of a head in two columns each is a line by itself;
   blanks left for a number or a day do not part one. */
static bool goes_on(const struct page *p, const struct word *line, const struct word *last, const struct word *w) {
    double high = fmin(last->bottom - last->top, w->bottom - w->top), gap = w->left - last->right;
    if (last->row != w->row || gap < -high) {
        return false;
    }
    bool is_half = line->left > RIGHT_HALF * p->width || w->right < LEFT_HALF * p->width;
    return gap <= COLUMN_GAP * high ||
           (is_half && gap < HALF_GAP && layout_is_left_blank(p->arena, last->text, w->text));
}

static void line_put(struct page *p, size_t from, size_t to) {
    struct buf b = buf_in(p->arena);
    struct layout_count count = {0};
    struct word all = p->words.at[from];
    for (size_t i = from; i < to; i++) {
        const struct word *w = &p->words.at[i];
        grow(&all, &(PopplerRectangle){w->left, w->top, w->right, w->bottom});
        layout_count(&count, &w->face, layout_letters(w->text));
        buf_put(&b, i > from ? S(" ") : S(""));
        buf_put(&b, w->text);
    }
    struct read_line line = {.text = layout_text(p->arena, buf_str(&b)),
                             .sheet = (int64_t)p->out->sheets.n - 1,
                             .page = p->number,
                             .box = {all.left / p->width, all.top / p->height, (all.right - all.left) / p->width,
                                     (all.bottom - all.top) / p->height}};
    layout_count_put(&count, &line);
    bool is_on =
        line.box.x > -1 && line.box.x < 2 && line.box.y > -1 && line.box.y < 2 && line.box.w < 2 && line.box.h < 2;
    if (line.text.len && is_on && p->out->lines.n < LAYOUT_LINES_MOST) {
        LIST_ADD(p->arena, &p->out->lines, line);
    }
}

/* Words are put into rows by their middles, rows from the top, words of a row from the left. */
static void lines_take(struct page *p) {
    list_sort(p->words.at, p->words.n, sizeof *p->words.at, by_middle);
    for (size_t i = 0, first = 0; i < p->words.n; i++) {
        bool is_next = !is_level(&p->words.at[first], &p->words.at[i]);
        p->words.at[i].row = i == 0 ? 0 : p->words.at[i - 1].row + is_next;
        first = is_next ? i : first;
    }
    list_sort(p->words.at, p->words.n, sizeof *p->words.at, by_row);
    size_t from = 0;
    for (size_t i = 1; i <= p->words.n; i++) {
        bool is_one = i < p->words.n && goes_on(p, &p->words.at[from], &p->words.at[i - 1], &p->words.at[i]);
        if (!is_one && from < i) {
            line_put(p, from, i);
            from = i;
        }
    }
}

static bool is_scan(PopplerPage *page, double width, double height) {
    GList *list = poppler_page_get_image_mapping(page);
    double covered = 0;
    for (GList *l = list; l; l = l->next) {
        const PopplerImageMapping *m = l->data;
        covered += fabs((m->area.x2 - m->area.x1) * (m->area.y2 - m->area.y1));
    }
    poppler_page_free_image_mapping(list);
    return covered > SCAN_PART * width * height;
}

static int64_t signatures_on(PopplerPage *page) {
    GList *fields = poppler_page_get_form_field_mapping(page);
    int64_t n = 0;
    for (GList *l = fields; l; l = l->next) {
        const PopplerFormFieldMapping *m = l->data;
        n += poppler_form_field_get_field_type(m->field) == POPPLER_FORM_FIELD_SIGNATURE;
    }
    poppler_page_free_form_field_mapping(fields);
    return n;
}

static void page_take(struct page *p) {
    poppler_page_get_size(p->from, &p->width, &p->height);
    if (!(p->width > 5 && p->height > 5 && p->width < 15000 && p->height < 15000)) {
        return;
    }
    char *text = poppler_page_get_text(p->from);
    PopplerRectangle *places = NULL;
    guint n = 0;
    GList *faces = poppler_page_get_text_attributes(p->from);
    bool has_text = text && poppler_page_get_text_layout(p->from, &places, &n);
    struct read_sheet sheet = {p->width, p->height, .has_pictures = is_scan(p->from, p->width, p->height)};
    struct str all = has_text ? str_copy(p->arena, str_of(text)) : S("");
    sheet.has_letters = layout_letters(all) > 0;
    LIST_ADD(p->arena, &p->out->sheets, sheet);
    p->out->signed_fields += signatures_on(p->from);
    words_take(p, all, places, n, faces);
    lines_take(p);
    poppler_page_free_text_attributes(faces);
    g_free(places);
    g_free(text);
}

enum read_fault layout_pdf(struct arena *a, struct str bytes, const struct read_limits *limits,
                           struct read_layout *out) {
    if (str_find(str_slice(bytes, 0, 1024), S("%PDF-"), 0) == SIZE_MAX) {
        return READ_NOT_THAT;
    }
    GBytes *held = g_bytes_new_static(bytes.at, bytes.len);
    GError *why = NULL;
    PopplerDocument *d = poppler_document_new_from_bytes(held, NULL, &why);
    g_bytes_unref(held);
    enum read_fault fault = d ? READ_FINE : why && why->code == POPPLER_ERROR_ENCRYPTED ? READ_ENCRYPTED : READ_DAMAGED;
    g_clear_error(&why);
    int n = d ? poppler_document_get_n_pages(d) : 0;
    out->pages = n > 0 ? n : 0;
    if (!fault && n <= 0) {
        fault = READ_EMPTY;
    } else if (!fault && n > limits->pages) {
        fault = READ_TOO_MANY;
    }
    for (int i = 0; i < n && i < READ_LAYOUT_PAGES && !fault; i++) {
        struct page p = {.arena = a, .from = poppler_document_get_page(d, i), .number = i + 1, .out = out};
        if (p.from) {
            page_take(&p);
        }
        g_clear_object(&p.from);
    }
    g_clear_object(&d);
    return fault;
}
