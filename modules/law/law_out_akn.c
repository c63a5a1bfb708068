/* Akoma Ntoso 3.0: places as hierarchical elements with their eIds, each dated by a temporal group. */
#include "modules/law/law_out.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

static const char *const elements[LAW_LEVELS] = {
    [LAW_PART] = "part",       [LAW_CHAPTER] = "chapter", [LAW_SECTION] = "section", [LAW_SUBSECTION] = "subsection",
    [LAW_ARTICLE] = "article", [LAW_CLAUSE] = "clause",   [LAW_POINT] = "point",     [LAW_SUBPOINT] = "indent",
    [LAW_ANNEX] = "attachment"};

/* From when until when: one temporal group for each pair in use. */
struct period {
    struct date from, until;
};

struct writer {
    struct arena *arena;
    struct buf b;
    const struct law_out *out;
    LIST(struct period) periods;
    LIST(struct date) days;
    int32_t stack[64]; /* the elements open now */
    size_t deep;
};

static void escaped(struct buf *b, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '&') {
            BUF_LIT(b, "&amp;");
        } else if (c == '<') {
            BUF_LIT(b, "&lt;");
        } else if (c == '>') {
            BUF_LIT(b, "&gt;");
        } else if (c == '"') {
            BUF_LIT(b, "&quot;");
        } else if ((unsigned char)c >= 32 || c == '\n' || c == '\t') {
            buf_put_char(b, c);
        }
    }
}

static void tagged(struct buf *b, const char *tag, struct str words) {
    if (words.len) {
        buf_printf(b, "<%s>", tag);
        escaped(b, words);
        buf_printf(b, "</%s>", tag);
    }
}

/* A paragraph a line. */
static void paragraphs(struct buf *b, struct str text) {
    struct str rest = text, line;
    while (str_next(&rest, '\n', &line)) {
        tagged(b, "p", str_trim(line));
    }
}

static bool is_ruler(struct str line) {
    for (size_t i = 0; i < line.len; i++) {
        if (!strchr("|-: ", line.at[i])) {
            return false;
        }
    }
    return line.len > 0;
}

static void table(struct buf *b, struct str text) {
    struct str rest = text, line, cell;
    BUF_LIT(b, "<table>");
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        bool is_barred = line.len > 1 && line.at[0] == '|';
        if (line.len == 0 || (is_barred && is_ruler(line))) {
            continue;
        }
        if (is_barred) {
            line = str_slice(line, 1, line.at[line.len - 1] == '|' ? line.len - 1 : line.len);
        }
        BUF_LIT(b, "<tr>");
        while (str_next(&line, is_barred ? '|' : '\t', &cell)) {
            BUF_LIT(b, "<td><p>");
            escaped(b, str_trim(cell));
            BUF_LIT(b, "</p></td>");
        }
        BUF_LIT(b, "</tr>");
    }
    BUF_LIT(b, "</table>");
}

static size_t day_of(struct writer *w, struct date day) {
    for (size_t i = 0; i < w->days.n; i++) {
        if (date_is(w->days.at[i], day)) {
            return i + 1;
        }
    }
    LIST_ADD(w->arena, &w->days, day);
    return w->days.n;
}

static size_t period_of(struct writer *w, const struct law_out_place *p) {
    if (!p->from_on.year) {
        return 0;
    }
    for (size_t i = 0; i < w->periods.n; i++) {
        if (date_is(w->periods.at[i].from, p->from_on) && date_is(w->periods.at[i].until, p->until_on)) {
            return i + 1;
        }
    }
    LIST_ADD(w->arena, &w->periods, (struct period){p->from_on, p->until_on});
    return w->periods.n;
}

static void frbr(struct buf *b, const char *level, const char *what, struct str value) {
    if (value.len) {
        buf_printf(b, "<FRBR%s %s=\"", what, level);
        escaped(b, value);
        BUF_LIT(b, "\"/>");
    }
}

static void frbr_date(struct buf *b, struct arena *a, struct date day, const char *name) {
    struct str iso = day.year ? date_iso(a, day) : S("0001-01-01");
    buf_printf(b, "<FRBRdate date=\"%.*s\" name=\"%s\"/><FRBRauthor href=\"#issuer\"/>", STR_ARG(iso), name);
}

static void identification(struct writer *w, struct str component) {
    const struct law_out *o = w->out;
    struct buf *b = &w->b;
    struct str work = str_format(w->arena, "/akn%.*s", STR_ARG(o->uri.len ? o->uri : S("/vn/act/none")));
    struct str day = o->on.year ? date_iso(w->arena, o->on) : S("");
    struct str expression = str_format(w->arena, "%.*s/vie@%.*s", STR_ARG(work), STR_ARG(day));
    struct {
        const char *name;
        struct str uri;
    } levels[] = {{"Work", work},
                  {"Expression", expression},
                  {"Manifestation", str_format(w->arena, "%.*s.akn", STR_ARG(expression))}};
    BUF_LIT(b, "<identification source=\"#library\">");
    for (size_t i = 0; i < 3; i++) {
        buf_printf(b, "<FRBR%s>", levels[i].name);
        frbr(b, "value", "this", str_format(w->arena, "%.*s/%.*s", STR_ARG(levels[i].uri), STR_ARG(component)));
        frbr(b, "value", "uri", levels[i].uri);
        frbr_date(b, w->arena, i == 0 ? o->issued_on : o->on, i == 0 ? "issued" : "wording");
        if (i == 0) {
            BUF_LIT(b, "<FRBRcountry value=\"vn\"/>");
            frbr(b, "value", "number", o->code);
            frbr(b, "value", "name", o->title);
        } else if (i == 1) {
            BUF_LIT(b, "<FRBRlanguage language=\"vie\"/>");
        } else {
            BUF_LIT(b, "<FRBRformat value=\"application/akn+xml\"/>");
        }
        buf_printf(b, "</FRBR%s>", levels[i].name);
    }
    BUF_LIT(b, "</identification>");
}

static void temporal(struct writer *w) {
    struct buf *b = &w->b;
    for (size_t i = 0; i < w->out->places.n; i++) {
        period_of(w, &w->out->places.at[i]);
    }
    for (size_t i = 0; i < w->periods.n; i++) {
        day_of(w, w->periods.at[i].from);
        if (w->periods.at[i].until.year) {
            day_of(w, w->periods.at[i].until);
        }
    }
    BUF_LIT(b, "<lifecycle source=\"#library\">");
    for (size_t i = 0; i < w->days.n; i++) {
        struct str iso = date_iso(w->arena, w->days.at[i]);
        buf_printf(b, "<eventRef eId=\"e%zu\" date=\"%.*s\" type=\"%s\" source=\"#library\"/>", i + 1, STR_ARG(iso),
                   i ? "amendment" : "generation");
    }
    if (w->days.n == 0) {
        BUF_LIT(b, "<eventRef eId=\"e0\" date=\"0001-01-01\" type=\"generation\" source=\"#library\"/>");
    }
    BUF_LIT(b, "</lifecycle>");
    if (w->periods.n == 0) {
        return;
    }
    BUF_LIT(b, "<temporalData source=\"#library\">");
    for (size_t i = 0; i < w->periods.n; i++) {
        buf_printf(b, "<temporalGroup eId=\"tg%zu\"><timeInterval start=\"#e%zu\"", i + 1,
                   day_of(w, w->periods.at[i].from));
        if (w->periods.at[i].until.year) {
            buf_printf(b, " end=\"#e%zu\"", day_of(w, w->periods.at[i].until));
        }
        BUF_LIT(b, " refersTo=\"#inForce\"/></temporalGroup>");
    }
    BUF_LIT(b, "</temporalData>");
}

static void meta(struct writer *w) {
    struct buf *b = &w->b;
    BUF_LIT(b, "<meta>");
    identification(w, S("!main"));
    temporal(w);
    BUF_LIT(
        b,
        "<references source=\"#library\"><TLCOrganization eId=\"issuer\" href=\"/ontology/organization/vn\" showAs=\"");
    escaped(b, w->out->issuer);
    BUF_LIT(
        b,
        "\"/><TLCOrganization eId=\"library\" href=\"/ontology/organization/vn/library\" showAs=\"Thư viện pháp "
        "luật\"/>"
        "<TLCConcept eId=\"inForce\" href=\"/ontology/concept/inForce\" showAs=\"có hiệu lực\"/></references></meta>");
}

static void preface(struct writer *w) {
    const struct law_out *o = w->out;
    struct buf *b = &w->b;
    BUF_LIT(b, "<preface>");
    static const char *const tags[] = {"docAuthority", "docNumber", "docType", "docTitle"};
    const struct str values[] = {o->issuer, o->code, o->type_name, o->title};
    for (size_t i = 0; i < 4; i++) {
        if (values[i].len) {
            BUF_LIT(b, "<p>");
            tagged(b, tags[i], values[i]);
            BUF_LIT(b, "</p>");
        }
    }
    if (o->issued_on.year) {
        struct str iso = date_iso(w->arena, o->issued_on), day = date_vi(w->arena, o->issued_on);
        buf_printf(b, "<p><docDate date=\"%.*s\">%.*s</docDate></p>", STR_ARG(iso), STR_ARG(day));
    }
    BUF_LIT(b, "</preface>");
    if (o->preamble.len) {
        BUF_LIT(b, "<preamble>");
        paragraphs(b, o->preamble);
        BUF_LIT(b, "</preamble>");
    }
}

static void close_one(struct writer *w) {
    const struct law_node *n = &w->out->tree.nodes.at[w->stack[--w->deep]];
    if (n->level == LAW_ANNEX) {
        BUF_LIT(&w->b, "</mainBody></doc>");
    }
    buf_printf(&w->b, "</%s>\n", elements[n->level]);
}

static bool is_part_of(const struct law_tree *t, size_t i, size_t of, enum law_level level) {
    return i < t->nodes.n && t->nodes.at[i].parent == (int32_t)of && t->nodes.at[i].level == level;
}

/* Words, tables and the paragraphs behind these of node i: until the first place below. */
static size_t words(struct writer *w, size_t i) {
    const struct law_tree *t = &w->out->tree;
    size_t end = i + 1;
    while (is_part_of(t, end, i, LAW_TABLE) || is_part_of(t, end, i, LAW_PARAGRAPH)) {
        end++;
    }
    bool holds = end < t->nodes.n && t->nodes.at[end].parent == (int32_t)i;
    bool has_words = end > i + 1 || w->out->places.at[i].text.len;
    const char *tag = holds ? "intro" : "content";
    bool is_annex = t->nodes.at[i].level == LAW_ANNEX;
    if (!has_words && holds) {
        return end;
    }
    if (!is_annex) {
        buf_printf(&w->b, "<%s>", tag);
    }
    paragraphs(&w->b, w->out->places.at[i].text);
    for (size_t k = i + 1; k < end; k++) {
        if (t->nodes.at[k].level == LAW_TABLE) {
            table(&w->b, w->out->places.at[k].text);
        } else {
            paragraphs(&w->b, w->out->places.at[k].text);
        }
    }
    if (!has_words && !is_annex) {
        BUF_LIT(&w->b, "<p/>");
    }
    if (!is_annex) {
        buf_printf(&w->b, "</%s>", tag);
    }
    return end;
}

static void open_one(struct writer *w, size_t i) {
    const struct law_node *n = &w->out->tree.nodes.at[i];
    const struct law_out_place *p = &w->out->places.at[i];
    size_t period = period_of(w, p);
    buf_printf(&w->b, "<%s eId=\"", elements[n->level]);
    escaped(&w->b, p->eid.len ? p->eid : n->eid);
    BUF_LIT(&w->b, "\"");
    if (period) {
        buf_printf(&w->b, " period=\"#tg%zu\"", period);
    }
    BUF_LIT(&w->b, ">");
    tagged(&w->b, "num", law_label_printed(w->arena, n->level, n->label));
    tagged(&w->b, "heading", p->heading);
    w->stack[w->deep++] = (int32_t)i;
    if (n->level == LAW_ANNEX) {
        BUF_LIT(&w->b, "<doc name=\"annex\"><meta>");
        identification(w, p->eid.len ? p->eid : n->eid);
        BUF_LIT(&w->b, "</meta><mainBody>");
    }
}

/* The places from one on to another, of the body or of the annexes. */
static void places(struct writer *w, bool of_annexes) {
    const struct law_tree *t = &w->out->tree;
    for (size_t i = 0; i < t->nodes.n;) {
        const struct law_node *n = &t->nodes.at[i];
        if ((n->annex != LAW_NO_NODE) != of_annexes) {
            i++;
            continue;
        }
        while (w->deep && w->stack[w->deep - 1] != n->parent) {
            close_one(w);
        }
        if (elements[n->level] && w->deep < sizeof w->stack / sizeof *w->stack) {
            open_one(w, i);
            i = words(w, i);
        } else {
            /* A table at the top, or behind a place below. */
            BUF_LIT(&w->b, "<hcontainer name=\"words\"><content>");
            n->level == LAW_TABLE ? table(&w->b, w->out->places.at[i].text)
                                  : paragraphs(&w->b, w->out->places.at[i].text);
            BUF_LIT(&w->b, "</content></hcontainer>");
            i++;
        }
    }
    while (w->deep) {
        close_one(w);
    }
}

struct str law_out_akn(struct arena *a, const struct law_out *out) {
    struct writer w = {.arena = a, .b = buf_in(a), .out = out};
    BUF_LIT(&w.b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">"
                  "<act name=\"act\" contains=\"singleVersion\">\n");
    meta(&w);
    preface(&w);
    BUF_LIT(&w.b, "\n<body>\n");
    places(&w, false);
    BUF_LIT(&w.b, "</body>\n");
    if (out->closing.len) {
        BUF_LIT(&w.b, "<conclusions>");
        paragraphs(&w.b, out->closing);
        BUF_LIT(&w.b, "</conclusions>\n");
    }
    size_t before = w.b.len;
    BUF_LIT(&w.b, "<attachments>");
    size_t begun = w.b.len;
    places(&w, true);
    if (w.b.len == begun) {
        w.b.len = before;
    } else {
        BUF_LIT(&w.b, "</attachments>\n");
    }
    BUF_LIT(&w.b, "</act></akomaNtoso>\n");
    return buf_str(&w.b);
}
