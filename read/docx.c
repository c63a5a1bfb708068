/* Word and Excel since 2007: XML in a zip. */
#include "base/arena.h"
#include "read/xml.h"

#include "base/banned.h"

struct word_text {
    struct arena *arena;
    struct buf text;
    bool is_in_text;
    int fallback; /* inside an alternative that repeats what was said */
};

/* An element that is itself a sign: a break, a tab, the end of a paragraph or a cell. */
static struct str sign_of(struct arena *a, xmlTextReaderPtr r) {
    if (read_xml_closes(r)) {
        return read_xml_is(r, "p") || read_xml_is(r, "tc") ? S("\n") : S("");
    }
    if (read_xml_is(r, "br")) {
        return str_eq(read_xml_attribute(a, r, "w:type"), S("page")) ? S("\f") : S("\n");
    }
    return read_xml_is(r, "lastRenderedPageBreak") ? S("\f")
           : read_xml_is(r, "tab")                 ? S(" ")
           : read_xml_is(r, "noBreakHyphen")       ? S("-")
                                                   : S("");
}

static void word_node(xmlTextReaderPtr r, void *thing) {
    struct word_text *w = thing;
    bool opens = read_xml_opens(r) && !read_xml_is_empty(r);
    if (read_xml_is(r, "Fallback")) {
        w->fallback += opens ? 1 : read_xml_closes(r) ? -1 : 0;
    } else if (w->fallback > 0) {
        return;
    } else if (read_xml_is_text(r)) {
        buf_put(&w->text, w->is_in_text ? read_xml_text(r) : S(""));
    } else if (read_xml_is(r, "t")) {
        w->is_in_text = opens;
    } else if (read_xml_opens(r) || read_xml_closes(r)) {
        buf_put(&w->text, sign_of(w->arena, r));
    }
}

/* The first look unfolds everything once, so that a bomb anywhere in it is seen. */
static enum read_fault look_for_bomb(struct arena *a, const struct read_task *task) {
    struct str none;
    enum read_fault fault =
        task->what != READ_WHAT_PAGE ? read_zip_entry(a, task->bytes, NULL, &task->limits, &none) : READ_NO_SUCH_PAGE;
    return fault == READ_NO_SUCH_PAGE ? READ_FINE : fault;
}

void read_docx(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    struct str xml;
    answer->fault = look_for_bomb(a, task);
    if (!answer->fault) {
        answer->fault = read_zip_entry(a, task->bytes, "word/document.xml", &task->limits, &xml);
    }
    if (answer->fault) {
        answer->fault = answer->fault == READ_NO_SUCH_PAGE ? READ_NOT_THAT : answer->fault;
        return;
    }
    if (task->what == READ_WHAT_WHOLE) {
        read_docx_whole(a, task, xml, answer);
        return;
    }
    struct word_text w = {.arena = a, .text = buf_in(a)};
    answer->fault = read_xml_walk(xml, word_node, &w);
    if (!answer->fault) {
        read_answer_text(a, task, read_legacy_text(a, buf_str(&w.text)), answer);
    }
}

struct sheet {
    struct arena *arena;
    const struct read_strings *strings;
    struct buf text;
    bool is_shared; /* the cell's value is a number in the table of strings */
    bool is_in_value;
};

static void sheet_node(xmlTextReaderPtr r, void *thing) {
    struct sheet *s = thing;
    if (read_xml_is(r, "c") && read_xml_opens(r)) {
        s->is_shared = str_eq(read_xml_attribute(s->arena, r, "t"), S("s"));
        buf_put_char(&s->text, ' ');
    } else if (read_xml_is(r, "v") || read_xml_is(r, "t")) {
        s->is_in_value = read_xml_opens(r) && !read_xml_is_empty(r);
    } else if (s->is_in_value && read_xml_is_text(r)) {
        buf_put(&s->text, s->is_shared ? read_string(s->strings, read_xml_text(r)) : read_xml_text(r));
    } else if (read_xml_is(r, "row") && read_xml_closes(r)) {
        buf_put_char(&s->text, '\n');
    }
}

void read_xlsx(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    enum { SHEETS = 60 };
    struct str xml;
    struct read_strings strings = {0};
    answer->fault = look_for_bomb(a, task);
    enum read_fault found = answer->fault ? answer->fault : read_strings(a, task->bytes, &task->limits, &strings);
    struct sheet sheet = {.arena = a, .strings = &strings, .text = buf_in(a)};
    for (int i = 1; i <= SHEETS && (found == READ_FINE || found == READ_NO_SUCH_PAGE); i++) {
        struct str name = str_format(a, "xl/worksheets/sheet%d.xml", i);
        found = read_zip_entry(a, task->bytes, name.at, &task->limits, &xml);
        if (found == READ_NO_SUCH_PAGE) {
            break;
        }
        found = found ? found : read_xml_walk(xml, sheet_node, &sheet);
        buf_put_char(&sheet.text, '\f');
        if ((int64_t)sheet.text.len > task->limits.unpacked / 4) {
            found = READ_BOMB;
        }
    }
    answer->fault = found == READ_NO_SUCH_PAGE ? READ_FINE : found;
    if (!answer->fault) {
        read_answer_text(a, task, buf_str(&sheet.text), answer);
    }
}
