#include "modules/portal/portal_check.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "modules/portal/portal_mark.h"
#include "modules/portal/portal_queries.h"

enum { TITLE_LEAST = 10, TITLE_MOST = 120, LEAD_MOST = 400, BEFORE = 60 };

static void say(struct arena *a, struct portal_faults *f, struct str words) {
    for (size_t i = 0; i < f->n; i++) {
        if (str_eq(f->at[i].words, words)) {
            return;
        }
    }
    LIST_ADD(a, f, (struct portal_fault){words});
}

static void check_head(struct arena *a, const struct portal_checked *t, struct portal_faults *f) {
    size_t n = utf8_length(t->title);
    if (n < TITLE_LEAST) {
        say(a, f, S("Tiêu đề ngắn quá, người đọc chưa biết bài nói việc gì. Viết ít nhất 10 chữ cái."));
    }
    if (n > TITLE_MOST) {
        say(a, f, str_format(a, "Tiêu đề dài %zu chữ cái, nhiều nhất là 120. Chuyển bớt xuống phần mở đầu.", n));
    }
    if (!t->lead.len) {
        say(a, f, S("Chưa có phần mở đầu: một, hai câu nói ai, việc gì, ở đâu."));
    } else if (utf8_length(t->lead) > LEAD_MOST) {
        say(a, f, S("Phần mở đầu dài quá 400 chữ cái. Chuyển bớt xuống bài."));
    }
    if (!t->source.len) {
        say(a, f, S("Chưa ghi nguồn: số liệu, lời nói trong bài lấy từ đâu."));
    }
    if (!t->author.len) {
        say(a, f, S("Chưa ghi người viết."));
    }
    if (t->has_picture && !t->alt.len) {
        say(a, f, S("Ảnh chưa có lời tả cho người không nhìn thấy. Ghi ngắn trong ảnh có ai, đang làm gì, ở đâu."));
    }
}

static bool is_blind(struct arena *a, struct str words) {
    static const char *const blind[] = {"tai day", "o day", "day",         "xem them", "chi tiet", "link",
                                        "here",    "click", "bam vao day", "xem",      "lien ket"};
    struct str fold = str_trim(utf8_fold(a, words));
    for (size_t i = 0; i < sizeof blind / sizeof *blind; i++) {
        if (str_eq(fold, str_of(blind[i]))) {
            return true;
        }
    }
    return false;
}

static void check_words(struct arena *a, const struct portal_words *w, struct portal_faults *f) {
    for (size_t i = 0; i < w->spans.n; i++) {
        const struct portal_span *s = &w->spans.at[i];
        if (s->link.v.len && is_blind(a, s->text)) {
            say(a, f,
                str_format(a, "Liên kết “%.*s” không nói dẫn tới đâu. Đặt liên kết vào tên trang sẽ mở.",
                           STR_ARG(s->text)));
        }
        if (!s->link.v.len && str_find(s->text, S("]("), 0) != SIZE_MAX) {
            say(a, f, S("Có liên kết viết chưa đúng. Viết [chữ](/địa-chỉ) hoặc [chữ](https://địa-chỉ)."));
        }
    }
}

static void check_blocks(struct arena *a, const struct portal_text *text, struct portal_faults *f) {
    bool has_heading = false;
    if (!text->blocks.n) {
        say(a, f, S("Chưa có nội dung bài."));
    }
    for (size_t i = 0; i < text->blocks.n; i++) {
        const struct portal_block *b = &text->blocks.at[i];
        if (b->kind == PORTAL_SUBHEADING && !has_heading) {
            say(a, f,
                S("Đề mục nhỏ (###) đứng trước khi có đề mục lớn (##). Đổi thành ## hoặc thêm đề mục lớn phía trên."));
        }
        has_heading = has_heading || b->kind == PORTAL_HEADING;
        for (size_t k = 0; k < b->lines.n; k++) {
            check_words(a, &b->lines.at[k], f);
        }
    }
}

/* ---- Numbers that belong to a person. */
struct digits {
    char at[24];
    size_t n;
    bool has_dots; /* parted by dots, as sums are */
    struct str before, after;
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The run of digits that begins at *i; single blanks, dots and dashes may stand between. */
static struct digits digits_take(struct str s, size_t *i) {
    struct digits d = {.before = str_slice(s, *i > BEFORE ? *i - BEFORE : 0, *i)};
    while (*i < s.len && d.n < sizeof d.at) {
        bool parts = *i + 1 < s.len && strchr(" .-", s.at[*i]) && is_digit(s.at[*i + 1]);
        if (!is_digit(s.at[*i]) && !parts) {
            break;
        }
        if (is_digit(s.at[*i])) {
            d.at[d.n++] = s.at[*i];
        } else {
            d.has_dots = d.has_dots || s.at[*i] == '.';
        }
        (*i)++;
    }
    d.after = str_slice(s, *i, *i + BEFORE);
    return d;
}

static bool is_sum(const struct digits *d) {
    struct str after = str_trim(d->after);
    return d->has_dots && (str_starts(after, S("đ")) || str_starts(after, S("Đ")) || d->n > 12 || d->n < 9);
}

static bool is_account(struct arena *a, const struct digits *d) {
    struct str before = utf8_fold(a, d->before), after = utf8_fold(a, d->after);
    bool says_so = str_find(before, S("tai khoan"), 0) != SIZE_MAX || str_find(before, S("stk"), 0) != SIZE_MAX;
    bool is_funds = false;
    static const char *const ours[] = {"quy", "uy ban", "mat tran", "ban van dong"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        is_funds = is_funds || str_find(before, str_of(ours[i]), 0) != SIZE_MAX ||
                   str_find(after, str_of(ours[i]), 0) != SIZE_MAX;
    }
    return d->n >= 8 && d->n <= 15 && says_so && !is_funds;
}

static struct str personal(struct arena *a, const struct digits *d) {
    if (is_sum(d)) {
        return S("");
    }
    if (is_account(a, d)) {
        return S("số tài khoản của cá nhân");
    }
    if (d->n == 10 && d->at[0] == '0' && strchr("35789", d->at[1])) {
        return S("số điện thoại di động");
    }
    return (d->n == 12 && d->at[0] == '0') || (d->n == 9 && !d->has_dots) ? S("số căn cước, chứng minh nhân dân")
                                                                          : S("");
}

static void check_numbers(struct arena *a, struct str s, struct portal_faults *f) {
    for (size_t i = 0; i < s.len;) {
        if (!is_digit(s.at[i])) {
            i++;
            continue;
        }
        size_t from = i;
        struct digits d = digits_take(s, &i);
        struct str what = personal(a, &d);
        if (what.len) {
            say(a, f,
                str_format(a, "Trong bài có %.*s (%.*s…). Bỏ đi, hoặc thay bằng số của cơ quan.", STR_ARG(what),
                           STR_ARG(str_slice(s, from, from + 4))));
        }
        i += i == from;
    }
}

void portal_check(struct arena *a, const struct portal_checked *t, struct portal_faults *f) {
    struct portal_text text = portal_mark_read(a, t->body);
    check_head(a, t, f);
    check_blocks(a, &text, f);
    check_numbers(a, t->title, f);
    check_numbers(a, t->lead, f);
    check_numbers(a, portal_mark_words(a, &text), f);
}

/* "/portal/site/slug" of an address; false for any other. */
static bool article_address(struct str address, struct str *site, struct str *slug) {
    struct str path, query, rest;
    str_cut(address, S("?"), &path, &query);
    str_cut(path, S("#"), &path, &query);
    return str_starts(path, S("/portal/")) && str_cut(str_slice(path, 8, path.len), S("/"), site, &rest) && rest.len &&
           !str_eq(*site, S("office")) && str_find(rest, S("/"), 0) == SIZE_MAX && (*slug = rest, true);
}

static struct err check_link(struct db_read *db, const struct portal_span *s, struct portal_faults *f) {
    struct str site, slug;
    struct portal_site_by_slug_row *at;
    struct portal_article_at_row *to = NULL;
    if (!article_address(s->link.v, &site, &slug) || str_eq(slug, S("news")) || str_eq(slug, S("feed.xml"))) {
        return OK;
    }
    TRY(portal_site_by_slug(db, (struct portal_site_by_slug_in){.slug = site}, &at));
    if (at) {
        TRY(portal_article_at(db, (struct portal_article_at_in){.site = at->id, .slug = slug}, &to));
    }
    if (!to || !str_eq(to->state, S("live"))) {
        say(db_arena(db), f,
            str_format(db_arena(db), "Liên kết “%.*s” dẫn tới bài không có hoặc đã rút.", STR_ARG(s->text)));
    }
    return OK;
}

struct err portal_check_links(struct db_read *db, struct str body, struct portal_faults *f) {
    struct portal_text text = portal_mark_read(db_arena(db), body);
    size_t left = 50;
    for (size_t i = 0; i < text.blocks.n; i++) {
        for (size_t k = 0; k < text.blocks.at[i].lines.n; k++) {
            const struct portal_words *w = &text.blocks.at[i].lines.at[k];
            for (size_t j = 0; j < w->spans.n && left; j++) {
                if (w->spans.at[j].link.v.len) {
                    left--;
                    TRY(check_link(db, &w->spans.at[j], f));
                }
            }
        }
    }
    return OK;
}
