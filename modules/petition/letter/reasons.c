/* What a letter lacks, and why it is not handled: TT 05/2021/TT-TTCP Điều 6, each as a code of reasons.tsv. */
#include "modules/petition/letter/inside.h"
#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

enum {
    SHORT_WORDS = 40,
    TOLD_WORDS = 45,
    VAGUE_WORDS = 75,
    FOREIGN_LEAST = 12,
    GAPS_LEAST = 8,
    INSULT_SURE = 4,
    SURE = 3
};

static void set(struct state *s, enum petition_reason reason, bool is_so) {
    s->out->reasons |= is_so ? 1u << reason : 0;
}
static size_t body_words(const struct state *s) {
    size_t n = 0;
    for (size_t i = 0; i < s->w.n; i++) {
        n += s->w.at[i].zone == ZONE_BODY;
    }
    return n;
}

/* ---- what cannot be judged */

static bool is_gap_char(char c) { return c == '.' || c == '_'; }

/* Words that are read against holes of two and more dots. */
bool petition_is_illegible(const struct state *s) {
    struct str text = s->out->text;
    size_t holes = 0;
    for (size_t i = 0; i < text.len;) {
        size_t from = i;
        uint32_t c = utf8_next(text, &i);
        while (is_gap_char(text.at[from]) && i < text.len && is_gap_char(text.at[i])) {
            i++;
        }
        holes += c == 0xfffd || c == 0x2026 || (is_gap_char(text.at[from]) && i - from >= 2);
    }
    return holes >= GAPS_LEAST && holes * 3 >= s->w.n;
}

/* Letters of writings that are not Latin: Greek and on, but not Latin's own additions. */
static bool is_other_writing(struct str text) {
    size_t other = 0, letters = 0;
    for (size_t i = 0; i < text.len;) {
        uint32_t c = utf8_next(text, &i);
        bool is_other = (c >= 0x370 && c < 0x1e00) || (c >= 0x3040 && c < 0xfe00);
        other += is_other;
        letters += is_other || (c | 0x20) >= 'a';
    }
    return other >= FOREIGN_LEAST && other * 2 > letters;
}

/* The words every letter of ours is full of. */
bool petition_is_foreign(const struct state *s) {
    size_t known = 0, n = 0;
    for (size_t i = 0; i < s->w.n; i++) {
        bool is_counted = s->w.at[i].zone != ZONE_NOTE && !s->w.at[i].is_number;
        n += is_counted;
        bool is_known = false;
        for (size_t k = 0; is_counted && !is_known && k < s->t->cues.n; k++) {
            const struct cue *c = &s->t->cues.at[k];
            is_known = c->kind == CUE_COMMON && petition_word_is(&s->w, i, &c->slot[0]);
        }
        known += is_known;
    }
    bool is_foreign = (n >= FOREIGN_LEAST && known * 100 < n * 14) || is_other_writing(s->out->text);
    return is_foreign && !petition_first(s, CUE_TRANSLATED, 0, s->w.n);
}

static bool is_mark_word(struct str s) {
    static const struct str marks[] = {S_INIT("MẬT"), S_INIT("TỐI MẬT"), S_INIT("TUYỆT MẬT"),
                                       S_INIT("MAT"), S_INIT("TOI MAT"), S_INIT("TUYET MAT")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (str_eq(s, marks[i])) {
            return true;
        }
    }
    return false;
}

static struct str bare_piece(struct str piece) {
    piece = str_trim(piece);
    while (piece.len && strchr("[](){}|*- ", piece.at[0])) {
        piece = str_slice(piece, 1, piece.len);
    }
    while (piece.len && strchr("[](){}|*-. ", piece.at[piece.len - 1])) {
        piece = str_slice(piece, 0, piece.len - 1);
    }
    return piece;
}

/* A mark stands alone in its line or column, or is called a stamp; the word elsewhere is none. */
static bool is_marked_line(struct str line) {
    struct str rest = line;
    while (rest.len) {
        size_t wide = str_find(rest, S("  "), 0), colon = str_find(rest, S(":"), 0), end = wide < colon ? wide : colon;
        if (is_mark_word(bare_piece(str_slice(rest, 0, end)))) {
            return true;
        }
        rest = end == SIZE_MAX ? S("") : str_slice(rest, end + 1, rest.len);
    }
    static const struct str stamps[] = {S_INIT("dấu MẬT"),         S_INIT("dấu TỐI MẬT"),     S_INIT("dấu TUYỆT MẬT"),
                                        S_INIT("dấu \"MẬT\""),     S_INIT("dấu \"TỐI MẬT\""), S_INIT("Độ mật: Mật"),
                                        S_INIT("Độ mật: Tối mật"), S_INIT("dấu \"Mật\""),     S_INIT("dấu “Mật”"),
                                        S_INIT("dấu “MẬT”"),       S_INIT("dấu “TỐI MẬT”")};
    for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++) {
        if (str_find(line, stamps[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

bool petition_is_secret(struct str text) {
    struct str rest = text, line;
    while (str_next(&rest, '\n', &line)) {
        if (is_marked_line(str_trim(line))) {
            return true;
        }
    }
    return false;
}

/* ---- what was done before */

static bool is_note_hit(const struct state *s, enum cue_kind kind) {
    for (size_t i = 0; i < s->hits.n; i++) {
        if (s->hits.at[i].cue->kind == kind && s->w.at[s->hits.at[i].at].zone == ZONE_NOTE) {
            return true;
        }
    }
    return false;
}

/* Guided in writing, and not doing what was said. */
static bool is_guided(const struct state *s) {
    for (size_t i = 0; i < s->hits.n; i++) {
        const struct hit *h = &s->hits.at[i];
        if (h->cue->kind != CUE_GUIDED || s->w.at[h->at].zone != ZONE_BODY) {
            continue;
        }
        size_t from = h->at, to = h->at + 1;
        while (from && s->w.at[from].gap != GAP_HARD && s->w.at[from].gap != GAP_LINE) {
            from--;
        }
        while (to < s->w.n && s->w.at[to].gap != GAP_HARD && s->w.at[to].gap != GAP_LINE) {
            to++;
        }
        if (petition_first(s, CUE_GUIDEPAPER, from, to) && !petition_first(s, CUE_FOLLOWED, from, to)) {
            return true;
        }
    }
    return false;
}

static bool is_settled(const struct state *s) {
    size_t n = s->w.n;
    bool is_final = petition_first(s, CUE_FIRST, 0, n) && petition_first(s, CUE_SECOND, 0, n);
    bool has_none = petition_first(s, CUE_NONEW, 0, n) != NULL;
    return (is_final || petition_first(s, CUE_SETTLED, 0, n)) && (has_none || !petition_first(s, CUE_NEWFACT, 0, n));
}

static bool to_has(const struct state *s, const char *one, const char *two) {
    for (size_t i = 0; i < s->w.n; i++) {
        if (s->w.at[i].zone == ZONE_TO && petition_is_word(s, i, one) && (!two || petition_is_word(s, i + 1, two))) {
            return true;
        }
    }
    return false;
}

static bool is_multi_sent(const struct state *s) {
    static const struct {
        const char *kind, *one, *two;
    } bodies[] = {{"ubnd_xa", "ubnd", "xã"},
                  {"ubnd_xa", "tịch", "xã"},
                  {"ubnd_tp", "ubnd", "tp"},
                  {"ubnd_tp", "tịch", "tp"},
                  {"front", "mttq", NULL},
                  {"front", "mặt", "trận"},
                  {"thanh_tra", "thanh", "tra"},
                  {"cong_an", "công", "an"},
                  {"toa_an", "tòa", "án"},
                  {"ubkt_dang", "kiểm", "tra"},
                  {"so_nganh", "sở", NULL},
                  {"", "báo", NULL},
                  {"", "đại", "biểu"},
                  {"", "hđnd", NULL},
                  {"", "viện", NULL},
                  {"ubkt_dang", "thành", "ủy"},
                  {"to_chuc_thanh_vien", "liên", "đoàn"}};
    const char *seen = "";
    int n = 0;
    bool has_competent = false;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        if (!to_has(s, bodies[i].one, bodies[i].two)) {
            continue;
        }
        n += !*bodies[i].kind || strcmp(seen, bodies[i].kind) != 0;
        seen = bodies[i].kind;
        has_competent = has_competent || str_eq(s->out->authority.kind, str_of(bodies[i].kind));
    }
    return n >= 2 && has_competent;
}

/* ---- what lacks */

static void lacks_of_all(struct state *s) {
    struct str channel = s->letter->channel;
    bool has_header = str_eq(channel, S("email")) || str_eq(channel, S("zalo")) || str_eq(channel, S("portal"));
    set(s, REASON_NO_DATE, !s->out->written_on.year && !has_header);
    set(s, REASON_NO_NAME, !s->has_name);
    set(s, REASON_NO_ADDRESS, !s->has_address);
    set(s, REASON_NO_SIGNATURE, !s->out->author.is_signed);
    s->out->optional |= s->is_commune_only ? 1u << REASON_NO_ADDRESS : 0;
}

static bool has_issuer(const struct state *s) {
    for (size_t i = 0; i < s->w.n; i++) {
        if (s->w.at[i].zone == ZONE_BODY && petition_is_word(s, i, "xã") && i + 1 < s->w.n &&
            s->w.at[i + 1].is_capital) {
            return true;
        }
    }
    return false;
}

static void lacks_of_kn(struct state *s) {
    size_t n = s->w.n, words = body_words(s);
    bool has_what =
        petition_sum(s, CUE_PAPER, 0, n) + petition_sum(s, CUE_MEASURE, 0, n) + petition_sum(s, CUE_TOPIC, 0, n);
    bool is_told = words >= TOLD_WORDS;
    set(s, REASON_KN_NO_RESPONDENT, !s->target && !s->named_n && !has_issuer(s));
    set(s, REASON_KN_NO_CONTENT, !has_what && words < SHORT_WORDS);
    set(s, REASON_KN_NO_REASON, !petition_first(s, CUE_REASON, 0, n) && !is_told);
    set(s, REASON_KN_NO_REQUEST, !petition_first(s, CUE_ASK, 0, n) && petition_sum(s, CUE_REDRESS, 0, n) < SURE);
}

static bool is_known_role(const struct state *s) {
    static const char *const vague[] = {"xa_official", "xa_organ", NULL};
    for (size_t k = 0; s->target && vague[k]; k++) {
        if (str_eq(s->target->cue->value, str_of(vague[k]))) {
            return false;
        }
    }
    return s->target != NULL;
}

static void lacks_of_tc(struct state *s) {
    size_t n = s->w.n;
    int acts = petition_sum(s, CUE_ACT, 0, n) + petition_sum(s, CUE_CRIME, 0, n);
    set(s, REASON_TC_NO_ACT, acts == 0 && body_words(s) < SHORT_WORDS);
    set(s, REASON_TC_NO_ACCUSED, !s->named_n && !is_known_role(s));
    set(s, REASON_TC_NO_CONTACT, !s->has_contact);
}

/* Something is to be told, and is not told here. */
static bool is_empty_feedback(const struct state *s) {
    size_t n = s->w.n, words = body_words(s);
    bool has_topic = petition_sum(s, CUE_TOPIC, 0, n) + petition_sum(s, CUE_PRIVATE, 0, n) +
                         petition_sum(s, CUE_PRAISE, 0, n) + petition_sum(s, CUE_ACT, 0, n) >
                     0;
    bool is_withheld = petition_sum(s, CUE_WITHHELD, 0, n) >= 2;
    return (is_withheld && words < VAGUE_WORDS && (!has_topic || words < SHORT_WORDS)) || (!has_topic && words < 15);
}

static void lacks_of_type(struct state *s) {
    bool has[PETITION_MIX + 1] = {[0] = false};
    has[s->out->type] = true;
    for (size_t i = 0; i < s->out->parts.n; i++) {
        has[s->out->parts.at[i].type] = true;
    }
    if (has[PETITION_KN]) {
        lacks_of_kn(s);
    }
    if (has[PETITION_TC] && s->out->type == PETITION_TC) {
        lacks_of_tc(s);
    }
    if (s->out->type == PETITION_KNPA) {
        set(s, REASON_KNPA_NO_CONTENT, is_empty_feedback(s));
    }
}

/* Says of itself that nothing else is to be asked. */
static bool one_alone(struct state *s, enum petition_reason reason, bool is_so) {
    if (is_so) {
        s->out->reasons = 1u << reason;
    }
    return is_so;
}

void petition_reasons_read(struct state *s) {
    if (one_alone(s, REASON_IMPERSONATED, is_note_hit(s, CUE_DENIED)) ||
        one_alone(s, REASON_NOT_VIETNAMESE, petition_is_foreign(s))) {
        return;
    }
    lacks_of_all(s);
    set(s, REASON_OFFENSIVE, petition_sum(s, CUE_INSULT, 0, s->w.n) >= INSULT_SURE);
    set(s, REASON_GUIDED_ONCE, is_guided(s));
    set(s, REASON_SETTLED_NO_NEW, s->out->type == PETITION_KN && is_settled(s));
    set(s, REASON_MULTI_SENT, is_multi_sent(s));
    if (!petition_is_reason(s->out, REASON_OFFENSIVE)) {
        lacks_of_type(s);
    }
}
