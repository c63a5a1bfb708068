/* A sum in words. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/fund/fund_pages.h"

#include "base/banned.h"

enum { TEN = 10, HUNDRED = 100, THOUSAND = 1000, GROUPS = 7 };

static const char *const digits[] = {"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"};

static void ones_put(struct buf *b, int64_t tens, int64_t ones) {
    const char *word = ones == 1 && tens > 1 ? "mốt" : ones == 5 && tens > 0 ? "lăm" : digits[ones];
    if (ones) {
        buf_printf(b, " %s", word);
    }
}

/* Three digits; is_first: nothing stands before them, so hundreds that are nought are not said. */
static void group_put(struct buf *b, int64_t n, bool is_first) {
    int64_t hundreds = n / HUNDRED, tens = n / TEN % TEN, ones = n % TEN;
    if (hundreds || !is_first) {
        buf_printf(b, " %s trăm", digits[hundreds]);
    }
    if (tens > 1) {
        buf_printf(b, " %s mươi", digits[tens]);
    } else if (tens == 1) {
        BUF_LIT(b, " mười");
    } else if (ones && (hundreds || !is_first)) {
        BUF_LIT(b, " linh");
    }
    ones_put(b, tens, ones);
}

struct str fund_amount_words(struct arena *a, int64_t amount) {
    static const char *const names[GROUPS] = {"", " nghìn", " triệu", " tỷ", " nghìn tỷ", " triệu tỷ", " tỷ tỷ"};
    int64_t groups[GROUPS] = {0};
    struct buf b = buf_in(a);
    bool is_first = true;
    for (int i = 0; i < GROUPS && amount > 0; i++) {
        groups[i] = amount % THOUSAND;
        amount /= THOUSAND;
    }
    for (int i = GROUPS - 1; i >= 0; i--) {
        if (groups[i]) {
            group_put(&b, groups[i], is_first);
            buf_printf(&b, "%s", names[i]);
            is_first = false;
        }
    }
    BUF_LIT(&b, " đồng");
    return utf8_capital(a, str_trim(buf_str(&b)));
}
