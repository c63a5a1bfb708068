/* The metrics of the port: found, listed, and what each has meant. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/db.h"
#include "modules/board/board_inside.h"

static const struct {
    enum metric_outcome outcome;
    struct str words;
} outcomes[METRIC_OUTCOMES] = {
    {METRIC_ON_TIME, S_INIT("xong đúng hạn")},    {METRIC_LATE, S_INIT("xong trễ hạn")},
    {METRIC_DONE, S_INIT("xong, không có hạn")},  {METRIC_OVERDUE, S_INIT("đang mở, quá hạn")},
    {METRIC_WAITING, S_INIT("đang mở, còn hạn")},
};

bool board_metric_find(const struct modules *all, struct str code, struct board_metric *out) {
    for (size_t i = 0; i < all->n; i++) {
        for (const struct metric_source *s = all->at[i]->metrics; s && s->code.len; s++) {
            for (const struct metric *m = s->metrics; m && m->code.len; m++) {
                if (str_eq(m->code, code)) {
                    *out = (struct board_metric){s, m};
                    return true;
                }
            }
        }
    }
    return false;
}

static int by_order(const void *a, const void *b) {
    const struct board_metric *x = a, *y = b;
    return x->of->order != y->of->order ? x->of->order - y->of->order : (x->m > y->m) - (x->m < y->m);
}

void board_metrics(struct arena *a, const struct modules *all, struct board_metrics *out) {
    *out = (struct board_metrics){0};
    for (size_t i = 0; i < all->n; i++) {
        for (const struct metric_source *s = all->at[i]->metrics; s && s->code.len; s++) {
            for (const struct metric *m = s->metrics; m && m->code.len; m++) {
                LIST_ADD(a, out, (struct board_metric){s, m});
            }
        }
    }
    list_sort(out->at, out->n, sizeof *out->at, by_order);
}

static void outcomes_put(struct buf *b, unsigned counted) {
    const char *between = "";
    if (counted == METRIC_EVERY) {
        BUF_LIT(b, "tất cả");
        return;
    }
    for (size_t i = 0; i < METRIC_OUTCOMES; i++) {
        if (counted & outcomes[i].outcome) {
            buf_printf(b, "%s%.*s", between, STR_ARG(outcomes[i].words));
            between = " + ";
        }
    }
}

struct str board_formula(struct arena *a, const struct metric *m) {
    struct buf b = buf_in(a);
    outcomes_put(&b, m->of);
    if (m->kind == METRIC_RATIO) {
        BUF_LIT(&b, " ÷ (");
        outcomes_put(&b, m->per);
        BUF_LIT(&b, ")");
    }
    return buf_str(&b);
}

struct str board_kind_name(enum metric_kind kind) {
    static const struct str names[] = {[METRIC_COUNT] = S_INIT("Số đếm trong kỳ, cộng được"),
                                       [METRIC_STOCK] = S_INIT("Số đang có, không cộng theo kỳ"),
                                       [METRIC_RATIO] = S_INIT("Tỷ lệ: cộng tử, cộng mẫu rồi mới chia")};
    return names[kind];
}

static const struct {
    struct str code, name;
} drawn[] = {
    [BOARD_NUMBER] = {S_INIT("number"), S_INIT("Con số")},
    [BOARD_LINE] = {S_INIT("line"), S_INIT("Đường theo tháng")},
    [BOARD_UNIT] = {S_INIT("unit"), S_INIT("Cột theo đơn vị")},
    [BOARD_FIELD] = {S_INIT("field"), S_INIT("Cột theo loại")},
    [BOARD_OUTCOME] = {S_INIT("outcome"), S_INIT("Chồng theo kết quả")},
    [BOARD_TABLE] = {S_INIT("table"), S_INIT("Bảng")},
    [BOARD_HEAT] = {S_INIT("heat"), S_INIT("Ô nhiệt đơn vị, tháng")},
    [BOARD_MAP] = {S_INIT("map"), S_INIT("Bản đồ 114 xã, phường")},
};

struct str board_drawn_code(enum board_kind kind) {
    return drawn[kind].code;
}
struct str board_drawn_name(enum board_kind kind) {
    return drawn[kind].name;
}
enum board_kind board_drawn_read(struct str code) {
    for (enum board_kind k = BOARD_NUMBER; k <= BOARD_MAP; k++) {
        if (str_eq(drawn[k].code, code)) {
            return k;
        }
    }
    return 0;
}

/* The least cell that is told and not 0; n when there is none. */
static size_t least_told(const int64_t *cells, size_t n, const bool *is_hidden) {
    size_t next = n;
    for (size_t i = 0; i < n; i++) {
        if (!is_hidden[i] && cells[i] > 0 && (next == n || cells[i] < cells[next])) {
            next = i;
        }
    }
    return next;
}

bool board_hide(const int64_t *cells, size_t n, int64_t least, bool *is_hidden) {
    int64_t sum = 0;
    size_t hidden = 0;
    for (size_t i = 0; i < n; i++) {
        is_hidden[i] = cells[i] > 0 && cells[i] < least;
        sum += is_hidden[i] ? cells[i] : 0;
        hidden += is_hidden[i];
    }
    /* A hidden cell is at least 1. With two hidden and more than one way to share their sum, so that no share is the
     * same in every way, none is told. */
    while (hidden && (hidden < 2 || sum < least + (int64_t)hidden - 1)) {
        size_t next = least_told(cells, n, is_hidden);
        if (next == n) {
            return true;
        }
        is_hidden[next] = true;
        sum += cells[next];
        hidden++;
    }
    return false;
}
