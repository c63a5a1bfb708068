/* Reading a board: every line in its place, every signature, every sum. Trusts nothing of who wrote it. */
#include "modules/ballot/board.h"

#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "modules/ballot/tree.h"

#include <sodium.h>

#include "base/banned.h"

enum { MODULUS = 256 };

struct check {
    struct arena *arena, *row;
    struct ballot_verdict *out;
    struct tree tree;
    crypto_hash_sha256_state definition;
    struct str last_key, words, now; /* now: the whole line */
    int64_t line, last_voter;
    size_t stage, n; /* so many lines of the stage were there */
    size_t options, heads;
    bool is_begin; /* only the terms are wanted */
    bool chosen[BALLOT_OPTIONS_MOST];
    int64_t votes[BALLOT_OPTIONS_MOST];
};

static struct err wrong(struct check *c, const char *what) {
    return err_refuse(c->arena, ERR_INVALID, "file", "%s", what);
}

static struct err first_check(struct check *c, struct str rest) {
    return str_eq(rest, S("1")) ? OK : wrong(c, "không phải bảng phiếu của doanket, hoặc của bản khác.");
}

static struct err text_check(struct check *c, struct str rest) {
    return str_find(rest, S("\t"), 0) == SIZE_MAX ? OK : wrong(c, "dòng này có phần thừa.");
}

static struct err most_check(struct check *c, struct str rest) {
    return num_read_between(rest, 1, BALLOT_OPTIONS_MOST, &c->out->terms.most)
               ? OK
               : wrong(c, "số phương án được chọn không đúng.");
}

/* "3<tab>name", the next in order. */
static struct err listed(struct check *c, struct str rest, struct ballot_texts *list, size_t most) {
    struct str number, name;
    int64_t n;
    if (!str_cut(rest, S("\t"), &number, &name) || !num_read(number, &n) || n != (int64_t)list->n + 1 ||
        !str_eq(number, str_format(c->row, "%lld", (long long)n)) || list->n == most) {
        return wrong(c, "số thứ tự không liền nhau.");
    }
    LIST_ADD(c->arena, list, str_copy(c->arena, name));
    return text_check(c, name);
}
static struct err option_check(struct check *c, struct str rest) {
    return listed(c, rest, &c->out->terms.options, BALLOT_OPTIONS_MOST);
}
static struct err voter_check(struct check *c, struct str rest) {
    return listed(c, rest, &c->out->terms.voters, BALLOT_VOTERS_MOST);
}

static struct err id_check(struct check *c, struct str rest) {
    struct ballot_terms *t = &c->out->terms;
    crypto_hash_sha256_final(&c->definition, t->id);
    t->id_hex = ballot_hex(c->arena, t->id, BALLOT_ID);
    if (t->most > (int64_t)t->options.n) {
        return wrong(c, "số phương án được chọn không đúng.");
    }
    return str_eq(t->id_hex, rest)
               ? OK
               : wrong(c, "mã không khớp: nội dung, phương án hoặc danh sách người bỏ phiếu đã bị sửa.");
}

static struct err key_check(struct check *c, struct str rest) {
    struct ballot_terms *t = &c->out->terms;
    unsigned char *modulus = arena_take(c->arena, unsigned char, MODULUS);
    t->key_hex = str_copy(c->arena, rest);
    t->modulus = (struct str){(const char *)modulus, MODULUS};
    bool is_fine = ballot_unhex(rest, modulus, MODULUS) && (modulus[0] & 0x80) && (modulus[MODULUS - 1] & 1);
    return is_fine ? OK : wrong(c, "khóa đóng dấu phiếu không đúng dạng.");
}

static struct err box_check(struct check *c, struct str rest) {
    struct ballot_terms *t = &c->out->terms;
    t->box_hex = str_copy(c->arena, rest);
    return ballot_unhex(rest, t->box, BALLOT_PUBLIC) ? OK : wrong(c, "khóa của hòm phiếu không đúng dạng.");
}

static struct err words_check(struct check *c, struct str rest) {
    struct ballot_terms *t = &c->out->terms;
    t->words = ballot_words(c->arena, t->id_hex, t->key_hex, t->box_hex);
    if (!str_eq(t->words, rest)) {
        return wrong(c, "tám từ không khớp với mã và khóa.");
    }
    return !c->words.len || str_eq(c->words, rest)
               ? OK
               : wrong(c, "tám từ khác với tám từ đưa ra: đây là bảng phiếu của lần khác, hoặc bị làm lại từ đầu.");
}

static struct err head_check(struct check *c, struct str rest) {
    struct str size, root, proof;
    struct tree_hash now = tree_root(&c->tree);
    if (!str_cut(rest, S("\t"), &size, &rest) || !str_cut(rest, S("\t"), &root, &proof) ||
        !str_eq(size, str_format(c->row, "%llu", (unsigned long long)c->tree.n)) ||
        !str_eq(root, ballot_hex(c->row, now.at, TREE_HASH))) {
        return wrong(c, "niêm phong không khớp: có dòng ở trên đã bị sửa, thêm hoặc bớt.");
    }
    struct str message = ballot_head_message(c->row, c->out->terms.id_hex, c->tree.n, now);
    return ballot_signed_by(c->out->terms.box, message, proof) ? OK : wrong(c, "niêm phong không do hòm phiếu này ký.");
}

static struct err taken_check(struct check *c, struct str rest) {
    int64_t voter;
    if (!num_read_between(rest, c->last_voter + 1, (int64_t)c->out->terms.voters.n, &voter) ||
        !str_eq(rest, str_format(c->row, "%lld", (long long)voter))) {
        return wrong(c, "người nhận phiếu không có trong danh sách, hoặc nhận hai lần.");
    }
    c->last_voter = voter;
    c->out->sums.taken++;
    return OK;
}

static struct err paper_check(struct check *c, struct str rest) {
    struct ballot_paper p;
    const struct ballot_terms *t = &c->out->terms;
    (void)rest;
    if (!ballot_paper_read(c->now, &p)) {
        return wrong(c, "không đúng dạng của một lá phiếu.");
    }
    TRY(ballot_paper_check(c->row, t, &p));
    if (c->last_key.len && str_cmp(p.key, c->last_key) <= 0) {
        return wrong(c, "hai lá phiếu trùng nhau, hoặc không xếp theo thứ tự.");
    }
    c->last_key = str_copy(c->arena, p.key);
    ballot_choice_read(t, p.choice, c->chosen);
    for (size_t i = 0; i < t->options.n; i++) {
        c->votes[i] += c->chosen[i];
    }
    c->out->sums.blank += str_eq(p.choice, S("-"));
    c->out->sums.cast++;
    return OK;
}

static struct err count_check(struct check *c, struct str rest) {
    size_t i = c->n;
    struct str said =
        i < c->out->terms.options.n ? str_format(c->row, "%zu\t%lld", i + 1, (long long)c->votes[i]) : S("");
    return said.len && str_eq(said, rest) ? OK : wrong(c, "số phiếu của phương án không bằng các lá phiếu cộng lại.");
}

static struct err blank_check(struct check *c, struct str rest) {
    if (c->options != c->out->terms.options.n) {
        return wrong(c, "thiếu kết quả của một phương án.");
    }
    return str_eq(rest, str_format(c->row, "%lld", (long long)c->out->sums.blank))
               ? OK
               : wrong(c, "số phiếu trắng không bằng các lá phiếu cộng lại.");
}

static struct err sum_check(struct check *c, struct str rest) {
    struct ballot_sums *s = &c->out->sums;
    s->eligible = (int64_t)c->out->terms.voters.n;
    if (s->cast > s->taken) {
        return wrong(c, "phiếu trong hòm nhiều hơn số người nhận phiếu.");
    }
    return str_eq(rest, str_format(c->row, "%lld\t%lld\t%lld", (long long)s->eligible, (long long)s->taken,
                                   (long long)s->cast))
               ? OK
               : wrong(c, "số người, số nhận phiếu hoặc số phiếu trong hòm không bằng các dòng cộng lại.");
}

/* The order of lines. */
static const struct stage {
    const char *name;
    size_t least, most; /* lines */
    struct err (*check)(struct check *c, struct str rest);
} stages[] = {{"doanket-ballot", 1, 1, first_check},
              {"number", 1, 1, text_check},
              {"meeting", 1, 1, text_check},
              {"text", 1, 1, text_check},
              {"rule", 1, 1, text_check},
              {"most", 1, 1, most_check},
              {"option", 1, BALLOT_OPTIONS_MOST, option_check},
              {"voter", 0, BALLOT_VOTERS_MOST, voter_check},
              {"ballot", 1, 1, id_check},
              {"key", 1, 1, key_check},
              {"box", 1, 1, box_check},
              {"words", 1, 1, words_check},
              {"head", 1, 1, head_check},
              {"taken", 0, BALLOT_VOTERS_MOST, taken_check},
              {"head", 1, 1, head_check},
              {"paper", 0, BALLOT_VOTERS_MOST, paper_check},
              {"count", 1, BALLOT_OPTIONS_MOST, count_check},
              {"blank", 1, 1, blank_check},
              {"sum", 1, 1, sum_check},
              {"head", 1, 1, head_check}};
enum { STAGES = sizeof stages / sizeof *stages, STAGE_ID = 8, STAGE_HEAD = 12, STAGE_COUNT = 16 };

/* Goes on to the stage of that name, past those that have what they need. */
static bool stage_find(struct check *c, struct str name) {
    while (c->stage < STAGES) {
        const struct stage *s = &stages[c->stage];
        if (str_eq(name, str_of(s->name)) && c->n < s->most) {
            return true;
        }
        if (c->n < s->least) {
            return false;
        }
        c->options = c->stage == STAGE_COUNT ? c->n : c->options;
        c->stage++;
        c->n = 0;
    }
    return false;
}

/* Text and tabs: nothing that a screen would hide. */
static bool is_plain(struct str line) {
    for (size_t i = 0; i < line.len; i++) {
        if ((unsigned char)line.at[i] < ' ' && line.at[i] != '\t') {
            return false;
        }
    }
    return true;
}

static struct err line_check(struct check *c, struct str line) {
    struct str name, rest;
    if (!is_plain(line)) {
        return wrong(c, "dòng này có ký tự ẩn.");
    }
    str_cut(line, S("\t"), &name, &rest);
    if (!stage_find(c, name)) {
        return wrong(c, "dòng này không ở chỗ của nó: có dòng bị bớt, thêm hoặc đổi chỗ.");
    }
    if (c->stage < STAGE_ID) {
        crypto_hash_sha256_update(&c->definition, (const unsigned char *)line.at, line.len);
        crypto_hash_sha256_update(&c->definition, (const unsigned char *)"\n", 1);
    }
    c->now = line;
    TRY(stages[c->stage].check(c, rest));
    c->n++;
    tree_add(&c->tree, tree_leaf(line));
    return OK;
}

static struct err lines_check(struct check *c, struct str board) {
    while (board.len && !(c->is_begin && c->stage == STAGE_HEAD)) {
        struct str line;
        c->line++;
        if (!str_cut(board, S("\n"), &line, &board)) {
            return wrong(c, "tệp bị cắt ngang.");
        }
        TRY(line_check(c, line));
        arena_reset(c->row);
    }
    c->line = 0;
    bool is_whole = c->stage == STAGES - 1 && c->n == 1;
    return is_whole || (c->is_begin && c->stage == STAGE_HEAD) ? OK : wrong(c, "tệp bị cắt ngang.");
}

static struct err run(struct arena *a, struct str board, bool is_begin, struct str words, struct ballot_verdict *out) {
    struct check c = {.arena = a, .row = arena_new(), .out = out, .is_begin = is_begin, .words = words};
    crypto_hash_sha256_init(&c.definition);
    *out = (struct ballot_verdict){0};
    struct err e = utf8_valid(board) ? lines_check(&c, board) : wrong(&c, "tệp không phải văn bản.");
    out->fault_line = e.why ? c.line : 0;
    out->sums.votes = arena_take(a, int64_t, BALLOT_OPTIONS_MOST);
    memcpy(out->sums.votes, c.votes, sizeof c.votes);
    arena_free(c.row);
    return e;
}

struct err ballot_terms_read(struct arena *a, struct str board, struct ballot_terms *terms) {
    struct ballot_verdict *v = arena_take(a, struct ballot_verdict, 1);
    TRY(run(a, board, true, S(""), v));
    *terms = v->terms;
    return OK;
}

static void say(struct arena *a, struct ballot_verdict *v, struct str words) { LIST_ADD(a, &v->lines, words); }

static struct str result_words(struct arena *a, const struct ballot_verdict *v) {
    struct str words = S("");
    for (size_t i = 0; i < v->terms.options.n; i++) {
        words = str_format(a, "%.*s%s%.*s %lld", STR_ARG(words), i ? "; " : "", STR_ARG(v->terms.options.at[i]),
                           (long long)v->sums.votes[i]);
    }
    return str_format(a, "%.*s; phiếu trắng %lld", STR_ARG(words), (long long)v->sums.blank);
}

void ballot_verify(struct arena *a, struct str board, struct str words, struct ballot_verdict *v) {
    struct err e = run(a, board, false, words, v);
    const struct ballot_sums *s = &v->sums;
    if (e.why) {
        v->fault = str_copy(a, e.why->message);
        return;
    }
    say(a, v,
        str_format(a, "Nội dung, %zu phương án và danh sách %zu người bỏ phiếu đúng với mã của lần bỏ phiếu.",
                   v->terms.options.n, v->terms.voters.n));
    say(a, v,
        str_format(a,
                   words.len ? "Tám từ trùng với tám từ đưa ra: %.*s."
                             : "Tám từ, mời đối chiếu với màn hình và biên bản: %.*s.",
                   STR_ARG(v->terms.words)));
    say(a, v, S("Cả ba lần niêm phong đều đúng: không dòng nào bị sửa, thêm hoặc bớt."));
    say(a, v,
        str_format(a, "%lld người nhận phiếu, %lld lá trong hòm, %lld lá không bỏ.", (long long)s->taken,
                   (long long)s->cast, (long long)(s->taken - s->cast)));
    say(a, v, str_format(a, "Dấu và lựa chọn trên cả %lld lá đều đúng, không lá nào trùng.", (long long)s->cast));
    say(a, v, str_format(a, "Kết quả cộng lại đúng: %.*s.", STR_ARG(result_words(a, v))));
}
