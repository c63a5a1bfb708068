/* What an asker is answered is what an index of the asker's own documents would answer: the same hits, near copies,
   counts, mended words and learnt abbreviations, whatever else the common index holds. */
#include "search/search.h"
#include "tests/db.h"

#include <stdlib.h>

enum { MINE = 31, THEIRS = 32, TURNS = 12 };

static const char *const mine[][2] = {
    {"Kế hoạch giám sát cộng đồng", "Ban giám sát đầu tư của cộng đồng (GSCĐ) theo dõi công trình trên địa bàn xã."},
    {"Hướng dẫn hiệp thương", "Ban Thường trực chủ trì hiệp thương, lập danh sách gửi Hội đồng nhân dân trước kỳ họp."},
    {"Báo cáo tiếp công dân", "Ủy ban nhân dân tiếp công dân hai ngày mỗi tháng, trả lời kiến nghị bằng văn bản."},
    {"Quy chế quỹ vì người nghèo",
     "Quỹ giúp hộ nghèo sửa nhà; chi tiêu công khai tại nhà văn hóa thôn, tổ dân phố hằng quý cho mọi "
     "người cùng biết và cùng giám sát."},
};
/* The same words as often, so that what is rare stays as rare, and what nobody else may learn. */
static const char *const theirs[] = {
    "Mật danh hoàng hôn tím (HHT).",
    "Hội trường nhỏ (HTN) ở tầng hầm.",
    "Khai mạng, khai mạng, giám sán cộng đồng.",
    "Quỹ đen hoàng hôn.",
};

static struct err put(struct arena *a, struct search_writer *w, int64_t record, int64_t principal, struct str title,
                      struct str text) {
    struct search_doc d = {.record = record, .kind = S("document"), .title = title};
    d.facet[SEARCH_TYPE] = principal == MINE ? S("kế hoạch") : S("tối mật");
    LIST_ADD(a, &d.principals, principal);
    search_doc_add(a, &d, 1, text);
    return search_writer_put(w, &d);
}

static struct err fill(struct arena *a, struct str dir, bool with_theirs, struct search_reader **out) {
    struct search_writer *w = NULL;
    TRY(search_writer_open(dir, &w));
    for (int64_t i = 0; i < TURNS; i++) {
        const char *const *one = mine[i % 4];
        TRY(put(a, w, i + 1, MINE, str_of(one[0]), str_of(one[1])));
        if (with_theirs) {
            struct str text = str_format(a, "%s %s", one[1], theirs[i % 4]);
            TRY(put(a, w, 100 + i, THEIRS, str_of(one[0]), i < 4 ? str_of(one[1]) : text));
        }
    }
    TRY(search_writer_commit(w, 1));
    search_writer_close(w);
    return search_reader_open(dir, out);
}

static int by_record(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Everything of an answer that must not tell of others' documents, written out. Order is by rarity, common to all. */
static struct str told(struct arena *a, struct search_reader *r, struct str text, bool as_you_type) {
    struct search_query q = {.text = text, .limit = 100, .fold_alike = true, .with_counts = true};
    struct search_result found = {0};
    int64_t records[200];
    size_t n = 0;
    q.as_you_type = as_you_type;
    LIST_ADD(a, &q.principals, (int64_t)MINE);
    CHECK(!search_query(r, a, &q, &found).why);
    struct str all =
        str_format(a, "found %lld folded %zu meant '%.*s'", (long long)found.found, found.folded, STR_ARG(found.meant));
    for (size_t i = 0; i < found.hits.n; i++) {
        records[n++] = found.hits.at[i].record;
        for (size_t k = 0; k < found.hits.at[i].alike.n; k++) {
            records[n++] = found.hits.at[i].alike.at[k].record;
        }
    }
    list_sort(records, n, sizeof *records, by_record);
    for (size_t i = 0; i < n; i++) {
        all = str_format(a, "%.*s %lld", STR_ARG(all), (long long)records[i]);
    }
    for (size_t i = 0; i < found.facet[SEARCH_TYPE].n; i++) {
        const struct search_count *c = &found.facet[SEARCH_TYPE].at[i];
        all = str_format(a, "%.*s, %.*s %lld", STR_ARG(all), STR_ARG(c->value), (long long)c->n);
    }
    for (size_t i = 0; i < found.suggestions.n; i++) {
        all = str_format(a, "%.*s; %.*s", STR_ARG(all), STR_ARG(found.suggestions.at[i]));
    }
    return all;
}

TEST("an answer is the same as from an index of the asker's own documents") {
    struct search_reader *all = NULL, *own = NULL;
    CHECK_OK(fill(arena, test_dir(arena), true, &all));
    CHECK_OK(fill(arena, test_dir(arena), false, &own));
    static const char *const asked[] = {
        "giám sát",
        "giam sat",
        "hiệp thương",
        "GSCĐ",
        "gscđ",
        "HHT",
        "hht",
        "HTN",
        "hoàng hôn",
        "hoang hon tim",
        "khai mạng",
        "giám sán",
        "giám sátt",
        "giams sats",
        "hiệpthương",
        "tiep cong dan",
        "ubnd tiếp công dân",
        "hdnd",
        "quỹ đen",
        "hội trường nhỏ",
        "mật danh",
        "đầu tư của cộng đồng",
        "người nghèo",
        "3O ngày",
        "",
        "đ",
        "tối mật",
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        for (int typing = 0; typing < 2; typing++) {
            CHECK_STR(told(arena, all, str_of(asked[i]), typing), told(arena, own, str_of(asked[i]), typing));
        }
    }
    search_reader_close(all);
    search_reader_close(own);
}
