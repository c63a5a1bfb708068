/* Akoma Ntoso: the words of a paper and what they are. Each place begins with a sign of its own (U+E000 and its level's
   digit), its heading with U+E001, its words with U+E002; what stands behind the last place with U+E003.
   modules/law/law_format.c reads these; where only words are wanted, they are line ends. */
#include "base/arena.h"
#include "base/utf8.h"
#include "read/blocks.h"
#include "read/xml.h"

#include <string.h>

#include "base/banned.h"

/* Of enum law_level: the digit or letter behind the sign. */
static const struct {
    const char *name;
    char level;
} levels[] = {{"book", '1'},    {"part", '1'},      {"chapter", '2'},    {"section", '3'},     {"subsection", '4'},
              {"article", '5'}, {"clause", '6'},    {"paragraph", '6'},  {"point", '7'},       {"subparagraph", '8'},
              {"indent", '8'},  {"subclause", '8'}, {"attachment", '9'}, {"crossHeading", 'b'}};

/* What a paper says of itself, as a collector would write it above (modules/law/law_text_front.c reads it). */
static const struct {
    const char *name, *label;
} facts[] = {{"docAuthority", "**Cơ quan ban hành:** "},
             {"docNumber", "**Số hiệu:** "},
             {"docType", "**Loại văn bản:** "},
             {"docTitle", "**Trích yếu:** "},
             {"docDate", "**Ngày ban hành:** "}};

struct akn {
    struct read_blocks blocks;
    int meta;    /* depth inside what is not words */
    int remarks; /* footnotes and remarks */
    bool is_in_body, has_words;
    bool after_table; /* words behind a table are a place of their own */
};

static void put_sign(struct akn *k, struct str sign) {
    read_blocks_break(&k->blocks);
    buf_put(&k->blocks.text, sign);
    k->has_words = k->after_table = false;
}

static char level_of(xmlTextReaderPtr r) {
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (read_xml_is(r, levels[i].name)) {
            return levels[i].level;
        }
    }
    return 0;
}

static bool take_fact(struct akn *k, xmlTextReaderPtr r) {
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (read_xml_is(r, facts[i].name)) {
            read_blocks_break(&k->blocks);
            if (read_xml_opens(r) && !k->is_in_body) {
                read_blocks_words(&k->blocks, str_of(facts[i].label));
            }
            return true;
        }
    }
    return false;
}

static void begin_words(struct akn *k) {
    if (k->after_table && k->blocks.deep == 0) {
        put_sign(k, S("\ue000b"));
    }
    if (!k->has_words) {
        buf_put(&k->blocks.text, S("\ue002"));
        k->has_words = true;
    }
    k->blocks.wants_space = false;
}

static void take_block(struct akn *k, xmlTextReaderPtr r) {
    bool opens = read_xml_opens(r);
    if (read_xml_is(r, "tr")) {
        opens ? read_blocks_row(&k->blocks) : read_blocks_row_end(&k->blocks);
    } else if (read_xml_is(r, "td") || read_xml_is(r, "th")) {
        opens ? read_blocks_cell(&k->blocks) : read_blocks_cell_end(&k->blocks);
    } else if (read_xml_is(r, "p") || read_xml_is(r, "listIntroduction") || read_xml_is(r, "listWrapUp")) {
        bool begins = opens && k->is_in_body && !(k->has_words && !k->after_table);
        if (begins) {
            begin_words(k);
        } else {
            read_blocks_break(&k->blocks);
        }
    } else if (read_xml_is(r, "br") || read_xml_is(r, "eol")) {
        read_blocks_break(&k->blocks);
    }
}

static void open_table(struct akn *k) {
    read_blocks_break(&k->blocks);
    if (k->is_in_body && k->blocks.deep == 0) {
        put_sign(k, S("\ue000a"));
        begin_words(k);
    }
}

static bool is_break(xmlTextReaderPtr r) { return read_xml_is(r, "br") || read_xml_is(r, "eol"); }

static void open_place(struct akn *k, char level) {
    char sign[] = "\ue000 ";
    sign[3] = level;
    k->is_in_body = true;
    put_sign(k, str_copy(k->blocks.arena, str_of(sign)));
}

/* What opens a part of the paper. False: it is none. */
static bool open_part(struct akn *k, xmlTextReaderPtr r) {
    char level = level_of(r);
    if (level && (k->is_in_body || level == '9')) {
        open_place(k, level);
    } else if (read_xml_is(r, "body") || read_xml_is(r, "mainBody")) {
        k->is_in_body = true;
    } else if (read_xml_is(r, "conclusions")) {
        put_sign(k, S("\ue003"));
        k->is_in_body = false;
    } else if (read_xml_is(r, "heading")) {
        buf_put(&k->blocks.text, S("\ue001"));
        k->blocks.wants_space = false;
    } else if (read_xml_is(r, "table")) {
        open_table(k);
    } else {
        return false;
    }
    return true;
}

/* Descriptions of the paper and remarks on it are no words of it; they may stand in each other. */
static bool is_silent(struct akn *k, xmlTextReaderPtr r) {
    if (read_xml_is(r, "meta") || read_xml_is(r, "authorialNote") || read_xml_is(r, "remark")) {
        k->meta += read_xml_is_empty(r) ? 0 : read_xml_opens(r) ? 1 : read_xml_closes(r) ? -1 : 0;
        return true;
    }
    return k->meta > 0;
}

static void akn_node(xmlTextReaderPtr r, void *thing) {
    struct akn *k = thing;
    if (is_silent(k, r)) {
        return;
    }
    if (read_xml_is_text(r)) {
        read_blocks_words(&k->blocks, read_xml_text(r));
    } else if (read_xml_opens(r) && open_part(k, r)) {
        return;
    } else if (read_xml_closes(r) && read_xml_is(r, "table")) {
        k->after_table = k->is_in_body && k->blocks.deep == 0;
    } else if (!take_fact(k, r) && (!read_xml_is_empty(r) || is_break(r))) {
        take_block(k, r);
    }
}

/* For those who want words: the signs as line ends. */
static struct str without_signs(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        if (c == 0xe000) {
            at += at < s.len;
            buf_put_char(&b, '\n');
        } else if (c >= 0xe001 && c <= 0xe003) {
            buf_put_char(&b, '\n');
        } else {
            buf_put(&b, str_slice(s, from, at));
        }
    }
    return buf_str(&b);
}

/* What looks like our signs in the paper itself is taken out first. */
static struct str without_private(struct arena *a, struct str s) {
    char *at = arena_take(a, char, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (str_starts(str_slice(s, i, s.len), S("\xee\x80"))) {
            i += 2;
            continue;
        }
        at[n++] = s.at[i];
    }
    return (struct str){at, n};
}

void read_akn(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    struct akn k = {.blocks = read_blocks_in(a)};
    if ((int64_t)task->bytes.len > task->limits.unpacked / 4) {
        answer->fault = READ_BOMB;
        return;
    }
    answer->fault = read_xml_walk(without_private(a, task->bytes), akn_node, &k);
    if (!answer->fault) {
        struct str text = buf_str(&k.blocks.text);
        text = task->what == READ_WHAT_WHOLE ? text : without_signs(a, text);
        read_answer_whole(a, task, &(struct read_encoded){text, READ_UTF8, 100}, answer);
    }
}
