#include "modules/law/law_graph.h"

#include "base/arena.h"
#include "base/utf8.h"

/* In units of the SVG. */
enum {
    WIDTH = 1040,
    BOX = 236,
    HEIGHT = 34,
    GAP = 8,
    TITLE = 26,
    GROUP_GAP = 14,
    SIDE = 8,
    MIDDLE = 240,
    MIDDLE_HEIGHT = 64,
    SHOWN = 4,
    LETTERS = 31
};

static struct str shortened(struct arena *a, struct str s, size_t most) {
    struct str cut = utf8_cut(s, most);
    return cut.len == s.len ? s : str_format(a, "%.*s…", STR_ARG(str_trim(cut)));
}

static struct law_graph_node *box(struct arena *a, struct law_relations_view *v, int64_t x, int64_t y) {
    struct law_graph_node *n = LIST_PUSH(a, &v->nodes);
    *n = (struct law_graph_node){
        .x = x, .y = y, .width = BOX, .height = HEIGHT, .text_x = x + 10, .text_y = y + 22, .small_y = 0};
    return n;
}

static void line_to(struct arena *a, struct law_relations_view *v, int64_t y, bool is_left, int64_t middle) {
    int64_t box_x = is_left ? SIDE + BOX : WIDTH - SIDE - BOX;
    int64_t centre_x = is_left ? WIDTH / 2 - MIDDLE / 2 : WIDTH / 2 + MIDDLE / 2;
    int64_t half = (box_x + centre_x) / 2;
    LIST_ADD(a, &v->lines,
             (struct law_graph_line){.path = str_format(a, "M%lld %lldC%lld %lld %lld %lld %lld %lld", (long long)box_x,
                                                        (long long)(y + HEIGHT / 2), (long long)half,
                                                        (long long)(y + HEIGHT / 2), (long long)half, (long long)middle,
                                                        (long long)centre_x, (long long)middle)});
}

static int64_t shown(const struct law_relation_group *g) {
    int64_t n = (int64_t)g->items.n < SHOWN ? (int64_t)g->items.n : SHOWN;
    return n + (g->count > n);
}

static int64_t column_height(const struct law_relation_group *groups, size_t n) {
    int64_t y = 0;
    for (size_t i = 0; i < n; i++) {
        y += TITLE + shown(&groups[i]) * (HEIGHT + GAP) + GROUP_GAP;
    }
    return y;
}

static void column(struct arena *a, struct law_relations_view *v, const struct law_relation_group *groups, size_t n,
                   bool is_left) {
    int64_t x = is_left ? SIDE : WIDTH - SIDE - BOX;
    int64_t y = (v->height - column_height(groups, n)) / 2, middle = v->height / 2;
    for (size_t i = 0; i < n; i++) {
        const struct law_relation_group *group = &groups[i];
        LIST_ADD(a, &v->words,
                 (struct law_graph_word){.x = x + 2, .y = y + 17, .text = group->title, .anchor = S("start")});
        y += TITLE;
        for (size_t k = 0; k < group->items.n && k < SHOWN; k++) {
            struct law_graph_node *node = box(a, v, x, y);
            node->name = shortened(a, group->items.at[k].name, LETTERS);
            node->link = group->items.at[k].link;
            node->tone = group->items.at[k].is_lost ? S("lost") : group->items.at[k].status_tone;
            line_to(a, v, y, is_left, middle);
            y += HEIGHT + GAP;
        }
        if (group->count > SHOWN) {
            struct law_graph_node *node = box(a, v, x, y);
            node->name = str_format(a, "và %lld văn bản khác", (long long)(group->count - SHOWN));
            node->link = group->more;
            node->tone = S("more");
            line_to(a, v, y, is_left, middle);
            y += HEIGHT + GAP;
        }
        y += GROUP_GAP;
    }
}

void law_graph_draw(struct arena *a, struct law_relations_view *v) {
    if (!v->from.n && !v->to.n) {
        return;
    }
    int64_t left = column_height(v->from.at, v->from.n), right = column_height(v->to.at, v->to.n);
    v->width = WIDTH;
    v->height = (left > right ? left : right) + GAP;
    v->height = v->height < MIDDLE_HEIGHT + 2 * GAP ? MIDDLE_HEIGHT + 2 * GAP : v->height;
    v->box = str_format(a, "0 0 %d %lld", WIDTH, (long long)v->height);
    column(a, v, v->from.at, v->from.n, true);
    column(a, v, v->to.at, v->to.n, false);
    LIST_ADD(a, &v->nodes,
             (struct law_graph_node){.x = WIDTH / 2 - MIDDLE / 2,
                                     .y = v->height / 2 - MIDDLE_HEIGHT / 2,
                                     .width = MIDDLE,
                                     .height = MIDDLE_HEIGHT,
                                     .text_x = WIDTH / 2 - MIDDLE / 2 + 12,
                                     .text_y = v->height / 2 - 4,
                                     .small_y = v->height / 2 + 18,
                                     .name = shortened(a, v->head.name, LETTERS - 2),
                                     .small = shortened(a, v->head.status_name, LETTERS),
                                     .tone = S("self")});
}
