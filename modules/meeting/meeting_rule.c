#include "modules/meeting/meeting_rule.h"

#include "base/arena.h"
#include "base/facts.h"
#include "base/num.h"

FACTS(meeting_facts_kinds, "modules/meeting/kinds.tsv");

enum { CELLS = 14 };

/* "1/2", ">1/2", ">=2/3" */
static bool part_read(struct str s, struct meeting_part *part) {
    struct str num, den;
    bool is_least = str_starts(s, S(">="));
    part->is_more = !is_least && str_starts(s, S(">"));
    s = str_slice(s, is_least ? 2 : part->is_more ? 1 : 0, s.len);
    return str_cut(s, S("/"), &num, &den) && num_read_between(num, 0, 99, &part->num) &&
           num_read_between(den, 1, 99, &part->den);
}

static bool count_or_none(struct str s, int64_t *n) { return !s.len || num_read_between(s, 0, 100000, n); }
static bool day_or_none(struct str s, struct date *on) { return !s.len || date_read_iso(s, on); }

static bool row_read(const struct str cell[static CELLS], struct meeting_rule *r) {
    *r = (struct meeting_rule){.kind = cell[0],
                               .name = cell[3],
                               .quorum_of = cell[5],
                               .majority_of = cell[9],
                               .ways = cell[10],
                               .basis = cell[12],
                               .is_checked = str_eq(cell[13], S("yes"))};
    return day_or_none(cell[1], &r->from) && day_or_none(cell[2], &r->until) && part_read(cell[4], &r->quorum) &&
           count_or_none(cell[6], &r->upto) && count_or_none(cell[7], &r->persons) &&
           part_read(cell[8], &r->majority) && count_or_none(cell[11], &r->notice);
}

struct err meeting_rules(struct arena *a, struct meeting_rules *rules) {
    struct str rest = FACTS_STR(meeting_facts_kinds), cell[CELLS];
    *rules = (struct meeting_rules){0};
    while (facts_next(&rest, cell, CELLS)) {
        struct meeting_rule r;
        if (!row_read(cell, &r)) {
            return FAIL_WITH(a, ERR_BROKEN, "kinds.tsv: a row of %.*s cannot be read", STR_ARG(cell[0]));
        }
        LIST_ADD(a, rules, r);
    }
    return OK;
}

struct err meeting_rule_on(struct arena *a, struct str kind, struct date on, struct meeting_rule *rule) {
    struct meeting_rules all;
    TRY(meeting_rules(a, &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct meeting_rule *r = &all.at[i];
        if (str_eq(r->kind, kind) && (!r->from.year || date_cmp(r->from, on) <= 0) &&
            (!r->until.year || date_cmp(on, r->until) <= 0)) {
            *rule = *r;
            return OK;
        }
    }
    return REFUSE(ERR_INVALID, "kind", "Chưa có quy định cho loại cuộc họp này vào ngày họp. Mời chọn loại khác.");
}

bool meeting_rule_allows(const struct meeting_rule *rule, struct str way) {
    struct str rest = rule->ways, one;
    while (str_next(&rest, '|', &one)) {
        if (str_eq(one, way)) {
            return true;
        }
    }
    return false;
}

int64_t meeting_part_of(struct meeting_part part, int64_t n) {
    int64_t share = part.num * n;
    return part.is_more ? share / part.den + 1 : (share + part.den - 1) / part.den;
}

static int64_t heads_of(const struct meeting_heads *h, struct str of) {
    return str_eq(of, S("present"))                   ? h->present
           : str_eq(of, S("valid"))                   ? h->valid
           : str_eq(of, S("eligible")) && h->eligible ? h->eligible
                                                      : h->summoned;
}

int64_t meeting_quorum(const struct meeting_rule *rule, const struct meeting_heads *heads) {
    int64_t of = heads_of(heads, rule->quorum_of);
    return !rule->quorum.num                   ? 0
           : rule->persons && of >= rule->upto ? rule->persons
                                               : meeting_part_of(rule->quorum, of);
}

int64_t meeting_majority(const struct meeting_rule *rule, const struct meeting_heads *heads) {
    return meeting_part_of(rule->majority, heads_of(heads, rule->majority_of));
}

static struct str part_words(struct arena *a, struct meeting_part p) {
    const char *least = p.is_more ? "trên" : "ít nhất";
    return str_format(a, "%s %lld/%lld", least, (long long)p.num, (long long)p.den);
}

static struct str of_words(struct str of) {
    return str_eq(of, S("present"))    ? S("số người có mặt")
           : str_eq(of, S("valid"))    ? S("số phiếu hợp lệ")
           : str_eq(of, S("eligible")) ? S("tổng số thành viên")
                                       : S("số người được triệu tập");
}

struct str meeting_majority_words(struct arena *a, const struct meeting_rule *r) {
    return str_format(a, "%.*s %.*s", STR_ARG(part_words(a, r->majority)), STR_ARG(of_words(r->majority_of)));
}

struct str meeting_quorum_words(struct arena *a, const struct meeting_rule *r) {
    if (!r->quorum.num) {
        return S("không yêu cầu");
    }
    struct str words = str_format(a, "%.*s %.*s", STR_ARG(part_words(a, r->quorum)), STR_ARG(of_words(r->quorum_of)));
    return r->persons ? str_format(a, "%.*s; từ %lld người trở lên thì ít nhất %lld người", STR_ARG(words),
                                   (long long)r->upto, (long long)r->persons)
                      : words;
}

struct str meeting_way_name(struct str way) {
    return str_eq(way, S("hands"))    ? S("Giơ tay")
           : str_eq(way, S("open"))   ? S("Biểu quyết điện tử, ghi tên")
           : str_eq(way, S("secret")) ? S("Bỏ phiếu kín điện tử")
                                      : S("Phiếu kín đóng dấu");
}
