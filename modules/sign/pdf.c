/* Objects of a PDF, by its tables of them: the newest first, then those it names. */
#include "base/arena.h"
#include "base/num.h"
#include "modules/sign/pdf.h"

#include <zlib.h>

#include "base/banned.h"

enum { NUMBERS_MOST = 1000000, SECTIONS_MOST = 200, UNPACKED_MOST = 64 << 20, TAIL = 2048, HOPS_MOST = 8 };

/* ---- Streams */

static bool inflated(struct pdf *p, struct str packed, struct str *out) {
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)packed.at, .avail_in = (unsigned)packed.len};
    struct {
        char *at;
        size_t n;
    } room = {0};
    if (packed.len > UNPACKED_MOST || inflateInit(&z) != Z_OK) {
        return false;
    }
    int r = Z_OK;
    while (r == Z_OK && p->unpacked + room.n < UNPACKED_MOST) {
        size_t want = room.n ? room.n * 2 : packed.len * 4 + 1024;
        char *more = arena_take(p->arena, char, want);
        if (room.n) {
            memcpy(more, room.at, room.n);
        }
        z.next_out = (unsigned char *)more + room.n;
        z.avail_out = (unsigned)(want - room.n);
        r = inflate(&z, Z_NO_FLUSH);
        room.at = more;
        room.n = want - z.avail_out;
        r = r == Z_OK && z.avail_out ? Z_BUF_ERROR : r;
    }
    inflateEnd(&z);
    p->unpacked += room.n;
    *out = (struct str){room.at, room.n};
    return r == Z_STREAM_END;
}

/* PNG's "up" and "none", which tables are written with. */
static bool undo_up(struct pdf *p, int64_t columns, struct str *s) {
    size_t row = (size_t)columns, rows = s->len / (row + 1);
    char *plain = arena_take(p->arena, char, rows *row + 1);
    for (size_t i = 0; i < rows; i++) {
        const char *from = s->at + i * (row + 1);
        if (*from != 0 && *from != 2) {
            return false;
        }
        for (size_t k = 0; k < row; k++) {
            int above = *from == 2 && i ? plain[(i - 1) * row + k] : 0;
            plain[i * row + k] = (char)(from[k + 1] + above);
        }
    }
    *s = (struct str){plain, rows * row};
    return true;
}

bool pdf_stream(struct pdf *p, const struct pdf_value *dict, size_t at, struct str *out) {
    const struct pdf_value *length = pdf_get(p, dict, "Length"), *filter = pdf_get(p, dict, "Filter"),
                           *parms = pdf_get(p, dict, "DecodeParms");
    pdf_skip_space(p->bytes, &at);
    if (!str_starts(str_slice(p->bytes, at, at + 6), S("stream"))) {
        return false;
    }
    at += 6;
    at += at < p->bytes.len && p->bytes.at[at] == '\r';
    at += at < p->bytes.len && p->bytes.at[at] == '\n';
    int64_t n = pdf_int(length, -1);
    if (n < 0 || at > p->bytes.len || (size_t)n > p->bytes.len - at) {
        return false;
    }
    *out = str_slice(p->bytes, at, at + (size_t)n);
    filter = filter && filter->kind == PDF_ARRAY && filter->items.n == 1 ? &filter->items.at[0] : filter;
    parms = parms && parms->kind == PDF_ARRAY && parms->items.n == 1 ? pdf_of(p, &parms->items.at[0]) : parms;
    if (!filter) {
        return true;
    }
    if (!pdf_is_name(filter, "FlateDecode") || !inflated(p, *out, out)) {
        return false;
    }
    int64_t predictor = pdf_int(pdf_member(parms, "Predictor"), 1), columns = pdf_int(pdf_member(parms, "Columns"), 1);
    return predictor == 1 || (predictor >= 10 && columns > 0 && columns < 64 && undo_up(p, columns, out));
}

/* ---- Objects */

static const struct pdf_value *keep(struct pdf *p, struct pdf_value v) {
    struct pdf_value *kept = arena_take(p->arena, struct pdf_value, 1);
    *kept = v;
    return kept;
}

/* The dictionary of an object in the file, and where it ends. */
static bool object_at(struct pdf *p, int64_t offset, int64_t number, struct pdf_value *out, size_t *end) {
    size_t at = (size_t)offset;
    int64_t found;
    if (offset < 0 || at >= p->bytes.len) {
        return false;
    }
    pdf_skip_space(p->bytes, &at);
    if (!pdf_head(p->bytes, &at, &found) || found != number || !pdf_value(p->arena, p->bytes, &at, out)) {
        return false;
    }
    *end = at;
    return true;
}

static bool packed_object(struct pdf *p, const struct pdf_entry *e, int64_t number, struct pdf_value *out) {
    struct pdf_value dict = {0};
    struct str all = {0};
    size_t end, at = 0;
    const struct pdf_entry *holder = e->at > 0 && (size_t)e->at < p->entries.n ? &p->entries.at[e->at] : NULL;
    bool is_kept = p->unpacked_from && p->unpacked_from == e->at;
    if (!holder || holder->kind != 1 ||
        (!is_kept && (!object_at(p, holder->at, e->at, &dict, &end) ||
                      !pdf_is_name(pdf_member(&dict, "Type"), "ObjStm") || !pdf_stream(p, &dict, end, &all)))) {
        return false;
    }
    dict = is_kept ? p->unpacked_dict : dict;
    all = is_kept ? p->unpacked_objects : all;
    p->unpacked_from = e->at;
    p->unpacked_dict = dict;
    p->unpacked_objects = all;
    int64_t first = pdf_int(pdf_member(&dict, "First"), -1), n = pdf_int(pdf_member(&dict, "N"), 0);
    for (int64_t i = 0; i < n; i++) {
        struct pdf_value id, offset;
        if (!pdf_value(p->arena, all, &at, &id) || !pdf_value(p->arena, all, &at, &offset)) {
            return false;
        }
        if (i == e->index) {
            int64_t from = first + pdf_int(&offset, -1);
            at = (size_t)from;
            return pdf_int(&id, -1) == number && first >= 0 && offset.number >= 0 && at < all.len &&
                   pdf_value(p->arena, all, &at, out);
        }
    }
    return false;
}

const struct pdf_value *pdf_object(struct pdf *p, int64_t number) {
    struct pdf_value v;
    size_t end;
    if (number <= 0 || (size_t)number >= p->entries.n || p->depth >= HOPS_MOST) {
        return NULL;
    }
    const struct pdf_entry *e = &p->entries.at[number];
    p->depth++;
    bool ok = e->kind == 1   ? object_at(p, e->at, number, &v, &end)
              : e->kind == 2 ? packed_object(p, e, number, &v)
                             : false;
    p->depth--;
    return ok ? keep(p, v) : NULL;
}

const struct pdf_value *pdf_of(struct pdf *p, const struct pdf_value *v) {
    for (int i = 0; v && v->kind == PDF_REF; i++) {
        v = i < HOPS_MOST ? pdf_object(p, v->number) : NULL;
    }
    return v;
}

const struct pdf_value *pdf_get(struct pdf *p, const struct pdf_value *dict, const char *key) {
    return pdf_of(p, pdf_member(dict, key));
}

/* ---- Tables */

/* What a newer table has said stays. */
static bool entry_set(struct pdf *p, int64_t number, struct pdf_entry e) {
    if (number < 0 || number >= NUMBERS_MOST) {
        return false;
    }
    while (p->entries.n <= (size_t)number) {
        LIST_ADD(p->arena, &p->entries, (struct pdf_entry){0});
    }
    if (!p->entries.at[number].kind) {
        p->entries.at[number] = e;
    }
    return true;
}

/* "0000000123 00000 n": twenty bytes, as all write it; some leave out one of the two at its end. */
static bool line_read(struct pdf *p, size_t *at, int64_t number) {
    struct pdf_value offset, generation;
    if (!pdf_value(p->arena, p->bytes, at, &offset) || !pdf_value(p->arena, p->bytes, at, &generation)) {
        return false;
    }
    pdf_skip_space(p->bytes, at);
    char kind = *at < p->bytes.len ? p->bytes.at[(*at)++] : '\0';
    return (kind == 'n' || kind == 'f') && offset.kind == PDF_INT &&
           entry_set(p, number, (struct pdf_entry){.at = offset.number, .kind = kind == 'n' ? 1 : 'f'});
}

static bool table_read(struct pdf *p, size_t at, struct pdf_value *trailer) {
    struct pdf_value first, n;
    for (;;) {
        pdf_skip_space(p->bytes, &at);
        if (str_starts(str_slice(p->bytes, at, at + 7), S("trailer"))) {
            at += 7;
            return pdf_value(p->arena, p->bytes, &at, trailer) && trailer->kind == PDF_DICT;
        }
        if (!pdf_value(p->arena, p->bytes, &at, &first) || !pdf_value(p->arena, p->bytes, &at, &n) ||
            pdf_int(&n, -1) < 0 || pdf_int(&first, -1) < 0 || n.number > NUMBERS_MOST) {
            return false;
        }
        for (int64_t i = 0; i < n.number; i++) {
            if (!line_read(p, &at, first.number + i)) {
                return false;
            }
        }
    }
}

static int64_t big_endian(const char *at, int64_t n, int64_t otherwise) {
    int64_t sum = n ? 0 : otherwise;
    for (int64_t i = 0; i < n; i++) {
        sum = sum << 8 | (unsigned char)at[i];
    }
    return sum;
}

static bool rows_read(struct pdf *p, struct str *rows, const int64_t *w, int64_t first, int64_t n) {
    size_t row = (size_t)(w[0] + w[1] + w[2]);
    for (int64_t i = 0; i < n; i++) {
        if (rows->len < row) {
            return false;
        }
        int64_t kind = big_endian(rows->at, w[0], 1), a = big_endian(rows->at + w[0], w[1], 0),
                b = big_endian(rows->at + w[0] + w[1], w[2], 0);
        if (kind > 2 || !entry_set(p, first + i, (struct pdf_entry){a, b, kind ? (char)kind : 'f'})) {
            return false;
        }
        *rows = str_slice(*rows, row, rows->len);
    }
    return true;
}

static bool table_stream(struct pdf *p, size_t at, struct pdf_value *dict) {
    struct str rows;
    int64_t number, w[3];
    if (!pdf_head(p->bytes, &at, &number) || !pdf_value(p->arena, p->bytes, &at, dict) ||
        !pdf_is_name(pdf_member(dict, "Type"), "XRef") || !pdf_stream(p, dict, at, &rows)) {
        return false;
    }
    const struct pdf_value *widths = pdf_member(dict, "W"), *index = pdf_member(dict, "Index");
    if (!widths || widths->kind != PDF_ARRAY || widths->items.n != 3) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        w[i] = pdf_int(&widths->items.at[i], -1);
        if (w[i] < 0 || w[i] > 7) {
            return false;
        }
    }
    if (w[0] + w[1] + w[2] == 0) {
        return false;
    }
    if (!index) {
        int64_t size = pdf_int(pdf_member(dict, "Size"), -1);
        return rows_read(p, &rows, w, 0, size);
    }
    for (size_t i = 0; index->kind == PDF_ARRAY && i + 1 < index->items.n; i += 2) {
        if (!rows_read(p, &rows, w, pdf_int(&index->items.at[i], -1), pdf_int(&index->items.at[i + 1], -1))) {
            return false;
        }
    }
    return index->kind == PDF_ARRAY;
}

static bool section_read(struct pdf *p, int64_t offset, struct pdf_value *trailer, bool *is_stream) {
    size_t at = (size_t)offset;
    if (offset < 0 || at >= p->bytes.len) {
        return false;
    }
    pdf_skip_space(p->bytes, &at);
    *is_stream = !str_starts(str_slice(p->bytes, at, at + 4), S("xref"));
    if (*is_stream) {
        return table_stream(p, at, trailer);
    }
    if (!table_read(p, at + 4, trailer)) {
        return false;
    }
    const struct pdf_value *also = pdf_member(trailer, "XRefStm");
    struct pdf_value beside;
    return !also || (pdf_int(also, -1) >= 0 && table_stream(p, (size_t)also->number, &beside));
}

static bool start_find(struct pdf *p) {
    size_t from = p->bytes.len > TAIL ? p->bytes.len - TAIL : 0, found = SIZE_MAX;
    struct pdf_value v;
    for (size_t at = from; (at = str_find(p->bytes, S("startxref"), at)) != SIZE_MAX; at++) {
        found = at;
    }
    if (found == SIZE_MAX) {
        return false;
    }
    found += 9;
    bool ok = pdf_value(p->arena, p->bytes, &found, &v);
    p->startxref = ok ? pdf_int(&v, -1) : -1;
    return p->startxref >= 0;
}

bool pdf_open(struct arena *a, struct str bytes, struct pdf *out) {
    struct pdf_value trailer;
    bool is_stream;
    *out = (struct pdf){.arena = a, .bytes = bytes};
    if (!start_find(out)) {
        return false;
    }
    int64_t next = out->startxref;
    for (int i = 0; next >= 0; i++) {
        if (i == SECTIONS_MOST || !section_read(out, next, &trailer, &is_stream)) {
            return false;
        }
        if (i == 0) {
            out->trailer = trailer;
            out->is_stream = is_stream;
        }
        next = pdf_int(pdf_member(&trailer, "Prev"), -1);
    }
    int64_t said = pdf_int(pdf_member(&out->trailer, "Size"), 0);
    out->size = said > (int64_t)out->entries.n && said < NUMBERS_MOST ? said : (int64_t)out->entries.n;
    return out->size > 1;
}
