#include "modules/find/find_hits.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/module.h"
#include "kernel/index/feed.h"

enum { EXCERPT_CHARACTERS = 280, LINE_BEFORE = 90 };

struct str find_kind_name(const struct modules *app, struct str kind) {
    const struct search_source *source = search_source_of(app, kind);
    return source && source->name.len ? source->name : kind;
}

void find_title_split(struct str title, struct str *own, struct str *whole) {
    if (!str_cut(title, S(" — "), own, whole)) {
        *own = title;
        *whole = S("");
    }
}

static struct html marked(struct arena *a, struct str text, struct search_ranges ranges, struct search_range within) {
    struct html_span *spans = arena_take(a, struct html_span, ranges.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < ranges.n; i++) {
        if (ranges.at[i].from >= within.from && ranges.at[i].to <= within.to) {
            spans[n++] = (struct html_span){ranges.at[i].from - within.from, ranges.at[i].to - within.from};
        }
    }
    return html_marked(a, str_slice(text, within.from, within.to), spans, n);
}

/* An excerpt that would begin within a line begins with the line, when that is not far. */
static struct search_range excerpt_of(const struct search_hit *h) {
    struct search_range part = search_excerpt(h->text, h->ranges, EXCERPT_CHARACTERS);
    for (size_t back = part.from; back > 0 && part.from - back < LINE_BEFORE; back--) {
        if (h->text.at[back - 1] == '\n') {
            part.from = back;
            return part;
        }
    }
    part.from = part.from < LINE_BEFORE ? 0 : part.from;
    return part;
}

static struct find_said_force force_of(enum search_force force, struct date from, struct date until) {
    if (date_cmp(from, search_force_unknown) == 0) {
        return (struct find_said_force){.words = S("Chưa rõ hiệu lực"), .tone = S("gold")};
    }
    switch (force) {
    case SEARCH_IN_FORCE: return (struct find_said_force){.words = S("Còn hiệu lực"), .tone = S("green")};
    case SEARCH_PARTLY_IN_FORCE:
        return (struct find_said_force){.words = S("Hết hiệu lực một phần"), .tone = S("gold")};
    case SEARCH_NOT_YET_IN_FORCE:
        return (struct find_said_force){.words = S("Chưa có hiệu lực, từ"), .tone = S("blue"), .since = from};
    case SEARCH_EXPIRED: break;
    }
    return (struct find_said_force){.words = S("Hết hiệu lực từ"), .tone = S("red"), .since = until};
}

/* Of a near copy the days are not at hand. */
static struct find_said_force copy_force(enum search_force force) {
    struct find_said_force said = force_of(force, (struct date){0}, (struct date){0});
    said.words = force == SEARCH_EXPIRED            ? S("Hết hiệu lực")
                 : force == SEARCH_NOT_YET_IN_FORCE ? S("Chưa có hiệu lực")
                                                    : said.words;
    return said;
}

static struct find_said_force force_said(const struct search_hit *h) {
    bool has_any = h->from_on.year || h->until_on.year;
    return has_any ? force_of(h->force, h->from_on, h->until_on) : (struct find_said_force){0};
}

static struct str escaped(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    url_escape(&b, s);
    return buf_str(&b);
}

static struct link record_link(struct arena *a, struct str kind, int64_t record, struct str words, int64_t page) {
    struct str at_words = words.len ? str_format(a, "?q=%.*s", STR_ARG(escaped(a, words))) : S("");
    struct str at_page = page > 0 ? str_format(a, "#page=%lld", (long long)page) : S("");
    return link_local(a, "/%.*s/%lld%.*s%.*s", STR_ARG(kind), (long long)record, STR_ARG(at_words), STR_ARG(at_page));
}

static void copies_fill(struct arena *a, const struct search_hit *h, struct find_found *x) {
    bool has_force = h->from_on.year || h->until_on.year;
    for (size_t i = 0; i < h->alike.n; i++) {
        const struct search_alike *c = &h->alike.at[i];
        LIST_ADD(a, &x->copies,
                 (struct find_copy){.title = c->title,
                                    .number = str_find(c->title, c->number, 0) == SIZE_MAX ? c->number : S(""),
                                    .date = c->date,
                                    .force = has_force ? copy_force(c->force) : (struct find_said_force){0},
                                    .link = record_link(a, h->kind, c->record, S(""), 0)});
    }
}

static struct find_found found_of(const struct find_showing *s, const struct search_hit *h) {
    struct arena *a = s->g->arena;
    struct str own, whole;
    struct search_range part = excerpt_of(h);
    find_title_split(h->title, &own, &whole);
    return (struct find_found){
        .kind_name = s->is_mixed ? find_kind_name(s->g->app, h->kind) : S(""),
        .number = str_find(whole, h->number, 0) == SIZE_MAX ? h->number : S(""),
        .title = marked(a, h->title, h->title_ranges, (struct search_range){0, own.len}),
        .whole = whole,
        .place = h->page > 0 ? str_format(a, "Trang %lld", (long long)h->page) : S(""),
        .text = marked(a, h->text, h->ranges, part),
        .is_begun = part.from > 0,
        .is_cut = part.to < h->text.len,
        .date = h->date,
        .force = force_said(h),
        .link = record_link(a, h->kind, h->record, s->words, h->page),
        .is_by_number = h->is_by_number,
    };
}

struct find_card find_card_of(const struct find_showing *s, const struct search_hit *h) {
    struct arena *a = s->g->arena;
    struct str own, whole;
    find_title_split(h->title, &own, &whole);
    struct search_range name = {whole.len ? h->title.len - whole.len : 0, h->title.len};
    return (struct find_card){
        .kind_name = find_kind_name(s->g->app, h->kind),
        .number = h->number,
        .title = marked(a, h->title, (struct search_ranges){0}, name),
        .issuer = h->facet[SEARCH_ISSUER],
        .date = h->date,
        .force = force_said(h),
        .link = record_link(a, h->kind, h->whole ? h->whole : h->record, h->whole ? S("") : s->words, 0),
    };
}

/* Asks a kind's source where its hits lead, all at once. */
static struct err lead_kind(const struct find_showing *s, const struct search_source *source,
                            const struct search_hit *const *hits, size_t n, struct find_found *out) {
    struct arena *a = s->g->arena;
    const struct search_hit **own = arena_take(a, const struct search_hit *, n + 1);
    size_t *which = arena_take(a, size_t, n + 1), k = 0;
    for (size_t i = 0; i < n; i++) {
        if (str_eq(hits[i]->kind, source->kind)) {
            which[k] = i;
            own[k++] = hits[i];
        }
    }
    if (k == 0) {
        return OK;
    }
    struct search_lead *leads = arena_take(a, struct search_lead, k);
    TRY(source->lead(s->g->db, a, own, k, s->on, leads));
    for (size_t i = 0; i < k; i++) {
        struct find_found *x = &out[which[i]];
        if (leads[i].path.len) {
            x->link = link_local(a, "%.*s", STR_ARG(leads[i].path));
            x->place = leads[i].place;
        }
        if (leads[i].force.len) {
            x->force = (struct find_said_force){.words = leads[i].force, .tone = S("gold")};
        }
    }
    return OK;
}

struct err find_hits_show(const struct find_showing *s, const struct search_hit *const *hits, size_t n,
                          struct find_found *out) {
    for (size_t i = 0; i < n; i++) {
        out[i] = found_of(s, hits[i]);
        copies_fill(s->g->arena, hits[i], &out[i]);
        out[i].is_same_whole = i > 0 && hits[i]->whole && hits[i]->whole == hits[i - 1]->whole;
    }
    for (size_t m = 0; m < s->g->app->n; m++) {
        for (const struct search_source *source = s->g->app->at[m]->sources; source && source->kind.len; source++) {
            if (source->lead) {
                TRY(lead_kind(s, source, hits, n, out));
            }
        }
    }
    return OK;
}
