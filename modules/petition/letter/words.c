/* A letter as words with the part of it they stand in: head, title, recipients, body, signature, the clerk's notes. */
#include "modules/petition/letter/inside.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "search/words/letter.h"

#include "base/banned.h"

enum { WORDS_MOST = 40000, TITLE_WORDS = 16, SENTENCE_LEAST = 6, WRAP_LEAST = 46, LABEL_BYTES = 36, TONE_STEP = 31 };
static const uint64_t HASH_SEED = UINT64_C(0xcbf29ce484222325);

static uint64_t mix(uint64_t h, uint64_t more) { return (h ^ more) * UINT64_C(0x100000001b3); }

/* The tone is of the syllable, wherever it is written; y and i at the end of a syllable are the same. */
static bool letter_take(struct key *key, const struct search_letter *l, uint8_t *tone, uint64_t *last) {
    if (l->kind == SEARCH_MARK) {
        key->is_marked = true;
        *tone = l->tone ? l->tone : *tone;
        return true;
    }
    if (l->kind != SEARCH_LETTER && l->kind != SEARCH_DIGIT) {
        return l->kind == SEARCH_INVISIBLE;
    }
    uint64_t plain = l->plain;
    if (plain == 'y' && *last != 'a' && *last != 'u') {
        plain = 'i';
    }
    key->plain = mix(key->plain, plain);
    key->full = mix(key->full, plain * 8 + l->shape);
    key->is_marked = key->is_marked || l->shape || l->tone;
    *tone = l->tone ? l->tone : *tone;
    *last = plain;
    return true;
}

struct key petition_key(struct str word) {
    struct key key = {HASH_SEED, HASH_SEED, false};
    uint8_t tone = 0;
    uint64_t last = 0;
    for (size_t i = 0; i < word.len;) {
        struct search_letter l = search_letter_next(word, &i);
        letter_take(&key, &l, &tone, &last);
    }
    key.full = mix(key.full, TONE_STEP + tone);
    return key;
}

static bool word_read(struct str text, size_t *at, struct word *w) {
    size_t n = 0, uppers = 0, digits = 0;
    w->from = *at;
    while (*at < text.len) {
        size_t next = *at;
        struct search_letter l = search_letter_next(text, &next);
        if (l.kind == SEARCH_OTHER) {
            break;
        }
        w->is_capital = w->is_capital || (!n && l.is_upper);
        n += l.kind == SEARCH_LETTER || l.kind == SEARCH_DIGIT;
        uppers += l.is_upper;
        digits += l.kind == SEARCH_DIGIT;
        *at = next;
    }
    w->to = *at;
    w->is_shout = n > 1 && uppers == n;
    w->is_number = digits > 0;
    w->key = petition_key(str_slice(text, w->from, w->to));
    return n > 0;
}

static enum gap gap_of(struct str text, size_t at, uint32_t c) {
    if (c == '\n') {
        return GAP_LINE;
    }
    if (c == '.' || c == ';' || c == '!' || c == '?') {
        return at == text.len || text.at[at] == ' ' || text.at[at] == '\n' ? GAP_HARD : GAP_SPACE;
    }
    return c == ',' || c == ':' || c == '(' || c == ')' || c == 0x2013 ? GAP_COMMA : GAP_SPACE;
}

static bool is_opening(uint32_t c) { return c == '"' || c == 0x201c || c == 0x201d; }

/* A long line that goes on below: its end is that of the paper, not of a sentence. */
static bool is_wrapped(struct str text, size_t newline) {
    size_t from = newline, to = newline + 1, label = SIZE_MAX;
    while (from && text.at[from - 1] != '\n') {
        from--;
    }
    while (to < text.len && text.at[to] != '\n') {
        to++;
    }
    struct str line = str_trim(str_slice(text, from, newline)), next = str_slice(text, newline + 1, to);
    label = str_find(str_slice(next, 0, LABEL_BYTES), S(":"), 0);
    bool is_open = line.len && !strchr(".:;!?)", line.at[line.len - 1]);
    return utf8_length(line) >= WRAP_LEAST && is_open && str_trim(next).len && label == SIZE_MAX &&
           !strchr("-+[(", str_trim(next).at[0]);
}

/* What stands between words at *at, moving past it. */
struct between {
    enum gap gap;
    bool is_quoted;
};
static void between_read(struct str text, size_t *at, struct between *b) {
    uint32_t c = utf8_next(text, at);
    enum gap here = c == '\n' && is_wrapped(text, *at - 1) ? GAP_SPACE : gap_of(text, *at, c);
    b->gap = here > b->gap ? here : b->gap;
    if (here == GAP_LINE) {
        b->is_quoted = false;
    } else if (is_opening(c)) {
        b->is_quoted = !b->is_quoted;
    }
}

void petition_words(struct state *s) {
    struct str text = s->out->text;
    struct between b = {.gap = GAP_LINE};
    size_t marked = 0, capitals = 0, cap = text.len / 2 + 1;
    cap = cap < WORDS_MOST ? cap : WORDS_MOST;
    s->w.at = arena_take(s->arena, struct word, cap);
    for (size_t at = 0; at < text.len && s->w.n < cap;) {
        struct word one = {.gap = b.gap, .is_quoted = b.is_quoted};
        if (word_read(text, &at, &one)) {
            s->w.at[s->w.n++] = one;
            marked += one.key.is_marked;
            capitals += one.is_capital && !one.is_number;
            b.gap = GAP_SPACE;
        } else if (at < text.len) {
            between_read(text, &at, &b);
        }
    }
    s->w.is_caseless = capitals * 20 < s->w.n;
    s->w.is_rough = s->w.is_rough || marked * 10 < s->w.n;
}

/* ---- the parts of a letter */

struct line {
    size_t from, to; /* words */
    struct str text;
};

static bool line_next(const struct state *s, size_t *word, size_t *byte, struct line *l) {
    struct str text = s->out->text;
    if (*byte >= text.len) {
        return false;
    }
    size_t end = str_find(text, S("\n"), *byte);
    end = end == SIZE_MAX ? text.len : end;
    l->text = str_trim(str_slice(text, *byte, end));
    l->from = *word;
    while (*word < s->w.n && s->w.at[*word].from < end) {
        (*word)++;
    }
    l->to = *word;
    *byte = end + 1;
    return true;
}

static bool begins(const struct state *s, const struct line *l, const char *words) {
    struct str rest = str_of(words), one;
    size_t i = l->from;
    while (str_next(&rest, ' ', &one)) {
        if (i >= l->to || s->w.at[i].key.plain != petition_key(one).plain) {
            return false;
        }
        i++;
    }
    return true;
}
static bool begins_any(const struct state *s, const struct line *l, const char *const *words) {
    for (; *words; words++) {
        if (begins(s, l, *words)) {
            return true;
        }
    }
    return false;
}

static bool is_rule(struct str text) {
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        n += text.at[i] == '-' || text.at[i] == '=' || text.at[i] == '_' || text.at[i] == '*';
    }
    return n >= 4 && n == text.len;
}

static enum zone head_zone(const struct state *s, const struct line *l, enum zone was) {
    static const char *const to[] = {"kính gửi", "gửi", "đồng kính gửi", "to vietnam", "dear", NULL};
    static const char *const mail[] = {"từ", "đến", "tiêu đề", "from", "subject", "cc", NULL};
    static const char *const title[] = {"đơn", "thư", "giấy", NULL};
    static const char *const me[] = {
        "tôi",       "chúng tôi", "em",   "cháu", "người tố cáo", "người khiếu nại", "my name",
        "họ và tên", "họ tên",    "i am", NULL};
    static const char *const about[] = {"v v", "về việc", "trích yếu", NULL};
    bool is_listed = l->text.len && (l->text.at[0] == '-' || l->text.at[0] == '+');
    if (begins_any(s, l, me)) {
        return ZONE_BODY;
    }
    if (begins_any(s, l, to) || (was == ZONE_TO && is_listed)) {
        return ZONE_TO;
    }
    if (begins_any(s, l, mail) && was != ZONE_BODY && str_find(l->text, S(":"), 0) != SIZE_MAX) {
        return ZONE_MAIL;
    }
    if (begins_any(s, l, title) && l->to - l->from <= TITLE_WORDS && was != ZONE_BODY) {
        return ZONE_TITLE;
    }
    bool is_sentence = l->to - l->from >= SENTENCE_LEAST && l->text.at[l->text.len - 1] == '.' && !is_listed;
    bool is_long = l->to - l->from > TITLE_WORDS;
    return begins_any(s, l, about) || is_sentence || is_long ? ZONE_BODY : ZONE_HEAD;
}

/* "[05/10/2026 20:14] Tên: lời" is a line of a chat; other brackets are the clerk's. */
static size_t chat_head(struct str text) {
    bool is_chat = text.len > 4 && text.at[0] == '[' && text.at[1] >= '0' && text.at[1] <= '9';
    size_t close = is_chat ? str_find(text, S("]"), 0) : SIZE_MAX;
    size_t colon = close == SIZE_MAX ? SIZE_MAX : str_find(text, S(":"), close);
    return colon == SIZE_MAX ? 0 : colon + 1;
}

static void line_set(struct state *s, const struct line *l, enum zone zone) {
    for (size_t i = l->from; i < l->to; i++) {
        s->w.at[i].zone = zone;
    }
}

static void chat_set(struct state *s, const struct line *l, size_t head) {
    const char *body = l->text.at + head;
    for (size_t i = l->from; i < l->to; i++) {
        s->w.at[i].zone = s->out->text.at + s->w.at[i].from < body ? ZONE_MAIL : ZONE_BODY;
    }
}

static bool is_sign_line(const struct state *s, const struct line *l) {
    static const char *const signs[] = {
        "người khiếu nại", "người tố cáo", "người phản ánh", "người kiến nghị", "người làm đơn",
        "người viết",      "đại diện",     "đã ký",          "điểm chỉ",        "signed",
        "không ký",        "ký tên",       "yours",          "người đề nghị",   NULL};
    return begins_any(s, l, signs) && l->to - l->from <= 10 &&
           (l->text.at[l->text.len - 1] != '.' && str_find(l->text, S(": "), 0) == SIZE_MAX);
}

struct where {
    enum zone zone;
    bool is_in_body, is_after_rule;
};

static bool is_note_line(const struct state *s, const struct line *l, const struct where *at) {
    static const char *const note[] = {"ghi chú", "bộ phận", "ghi nhận", "cán bộ tiếp", "phiếu", "xác minh", NULL};
    bool is_bracket = l->text.len && l->text.at[0] == '[';
    return at->zone == ZONE_NOTE || is_bracket || (at->is_after_rule && begins_any(s, l, note));
}

static void letter_line(struct state *s, const struct line *l, struct where *at) {
    static const char *const about[] = {"v v", "về việc", NULL};
    if (at->is_in_body) {
        at->zone = is_sign_line(s, l) ? ZONE_SIGN : at->zone;
    } else {
        at->zone = head_zone(s, l, at->zone);
        at->is_in_body = at->zone == ZONE_BODY && !begins_any(s, l, about);
    }
    line_set(s, l, at->zone);
}

void petition_zones(struct state *s) {
    struct line l;
    struct where at = {.zone = ZONE_HEAD};
    for (size_t word = 0, byte = 0; line_next(s, &word, &byte, &l);) {
        size_t chat = chat_head(l.text);
        if (chat) {
            chat_set(s, &l, chat);
            at.is_in_body = true;
        } else if (is_note_line(s, &l, &at)) {
            line_set(s, &l, ZONE_NOTE);
            at.zone = l.text.len && l.text.at[0] == '[' ? at.zone : ZONE_NOTE;
        } else if (l.to > l.from) {
            letter_line(s, &l, &at);
        }
        at.is_after_rule = is_rule(l.text) || (at.is_after_rule && !l.text.len);
    }
}
