/* The list of records a post may see, with its filter; what the pages of records share. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "modules/cadre/cadre_pages.h"
#include "modules/cadre/cadre_pages_gen.h"
#include "modules/org/org.h"

#include <sodium.h>

#include "base/banned.h"

enum { WORDS = 3, KEY_MOST = 400, ISO_MONTH = 7, ISO_DAY = 10 };

/* --- Shared --- */
static struct err seat_at(struct request *r, struct db_read *db, const struct who *who, struct cadre_seat *seat) {
    int64_t id;
    TRY(path_id(r, S("id"), &id));
    return cadre_seat_find(db, who, id, seat);
}
struct err cadre_seat_of(struct get *g, struct cadre_seat *seat) {
    return seat_at(g->request, g->db, g->who, seat);
}
struct err cadre_seat_of_post(struct post *p, struct cadre_seat *seat) {
    return seat_at(p->request, db_reading(p->db), p->who, seat);
}

struct str cadre_day_shown(struct arena *a, struct str iso) {
    struct date d;
    if (iso.len == ISO_DAY && date_read_iso(iso, &d)) {
        return date_vi(a, d);
    }
    return iso.len == ISO_MONTH
               ? str_format(a, "%.*s/%.*s", STR_ARG(str_slice(iso, 5, ISO_MONTH)), STR_ARG(str_slice(iso, 0, 4)))
               : iso;
}

bool cadre_has_field(const struct form *f, const char *name) {
    for (size_t i = 0; f && i < f->values.n; i++) {
        if (str_eq(f->values.at[i].field->name, str_of(name))) {
            return true;
        }
    }
    return false;
}

struct str cadre_post_name(struct db_read *db, int64_t post) {
    struct org_post p;
    return org_post(db, (struct post_id){post}, &p).why ? S("") : p.person_name;
}

struct err cadre_boards_options(struct get *g, int64_t organ, int64_t chosen, struct pick_options *out) {
    struct cadre_boards_rows rows;
    TRY(cadre_boards(g->db, (struct cadre_boards_in){.organ = organ, .today = clock_today()}, &rows));
    *out = (struct pick_options){arena_take(g->arena, struct pick_option, rows.n + 1), rows.n};
    for (size_t i = 0; i < rows.n; i++) {
        int64_t id = rows.at[i].id.v;
        out->at[i] = (struct pick_option){.id = id, .label = rows.at[i].short_name, .is_chosen = id == chosen};
    }
    return OK;
}

struct err cadre_people_options(struct get *g, int64_t organ, int64_t chosen, struct pick_options *out) {
    struct cadre_people_rows rows;
    TRY(cadre_people(g->db, (struct cadre_people_in){.organ = organ, .today = clock_today(), .keep = chosen}, &rows));
    *out = (struct pick_options){arena_take(g->arena, struct pick_option, rows.n + 1), rows.n};
    for (size_t i = 0; i < rows.n; i++) {
        int64_t id = rows.at[i].person.v;
        out->at[i] = (struct pick_option){.id = id, .label = rows.at[i].name, .is_chosen = id == chosen};
    }
    return OK;
}

struct err cadre_tabs(struct get *g, enum cadre_tab current, bool is_keeper, struct tabs *tabs) {
    static const struct {
        struct str label;
        const char *path;
    } all[] = {{S_INIT("Hồ sơ"), "/cadre"},
               {S_INIT("Đến hạn"), "/cadre/due"},
               {S_INIT("Nghỉ hưu 5 năm tới"), "/cadre/wave"},
               {S_INIT("Đề nghị sửa"), "/cadre/proposal"},
               {S_INIT("Cơ cấu ủy ban"), "/cadre/committee"}};
    struct cadre_to_decide_count_row *n;
    size_t most = is_keeper ? sizeof all / sizeof *all : 0;
    TRY(cadre_to_decide_count(
        g->db, (struct cadre_to_decide_count_in){.person = g->who->person.v, .post = g->who->post.v}, &n));
    *tabs = (struct tabs){arena_take(g->arena, struct tab, sizeof all / sizeof *all), most};
    for (size_t i = 0; i < most; i++) {
        bool is_counted = i == CADRE_TAB_PROPOSALS && n;
        tabs->at[i] = (struct tab){.label = all[i].label,
                                   .link = link_local(g->arena, "%s", all[i].path),
                                   .is_current = i == (size_t)current,
                                   .is_counted = is_counted,
                                   .count = is_counted ? n->n : 0};
    }
    return OK;
}

/* --- What is asked --- */
struct asked {
    struct str q, sex, party, key;
    int64_t unit, after;
    bool is_findings, is_left;
};

static struct str key_read(struct arena *a, struct str hex) {
    size_t n = 0;
    unsigned char *bin = arena_take(a, unsigned char, hex.len / 2 + 1);
    bool is_right = hex.len <= KEY_MOST && !sodium_hex2bin(bin, hex.len / 2, hex.at, hex.len, NULL, &n, NULL);
    return is_right ? (struct str){(const char *)bin, n} : S("");
}

static struct str key_hex(struct arena *a, struct str key) {
    char *hex = arena_take(a, char, 2 * key.len + 1);
    sodium_bin2hex(hex, 2 * key.len + 1, (const unsigned char *)key.at, key.len);
    return (struct str){hex, 2 * key.len};
}

static struct asked asked_of(struct get *g) {
    struct request *r = g->request;
    struct asked x = {.q = utf8_cut(utf8_clean(g->arena, str_trim(query_param(r, S("q")))), 100),
                      .sex = query_param(r, S("sex")),
                      .party = query_param(r, S("party")),
                      .is_findings = str_eq(query_param(r, S("findings")), S("1")),
                      .is_left = str_eq(query_param(r, S("left")), S("1"))};
    bool is_sex = str_eq(x.sex, S("nam")) || str_eq(x.sex, S("nu"));
    bool is_party = str_eq(x.party, S("1")) || str_eq(x.party, S("0"));
    x.sex = is_sex ? x.sex : S("");
    x.party = is_party ? x.party : S("");
    if (!num_read_between(query_param(r, S("unit")), 1, INT64_MAX, &x.unit)) {
        x.unit = 0;
    }
    if (num_read_between(query_param(r, S("after")), 1, INT64_MAX, &x.after)) {
        x.key = key_read(g->arena, query_param(r, S("key")));
    }
    return x;
}

static int64_t head_unit(const struct who *who) { return who->roles & ROLE_HEAD ? who->unit.v : 0; }

static struct err rows_find(struct get *g, const struct asked *x, struct cadre_list_rows *rows) {
    struct str rest = str_trim(utf8_fold(g->arena, x->q)), word, from[WORDS] = {0}, until[WORDS] = {0};
    size_t n = 0;
    while (n < WORDS && str_next(&rest, ' ', &word)) {
        if (word.len) {
            from[n] = word;
            until[n++] = str_format(g->arena, "%.*s~", STR_ARG(word));
        }
    }
    return cadre_list(g->db,
                      (struct cadre_list_in){.head_unit = head_unit(g->who),
                                             .post = g->who->post.v,
                                             .f_unit = x->unit,
                                             .f_sex = x->sex,
                                             .f_party = x->party.len ? x->party.at[0] - '0' : -1,
                                             .f_findings = x->is_findings,
                                             .f_left = x->is_left,
                                             .one_from = from[0],
                                             .one_until = until[0],
                                             .two_from = from[1],
                                             .two_until = until[1],
                                             .three_from = from[2],
                                             .three_until = until[2],
                                             .after_key = x->key,
                                             .after = x->after,
                                             .most = CADRE_ON_A_PAGE + 1},
                      rows);
}

static struct link address(struct get *g, const struct asked *x, const struct cadre_list_row *after) {
    struct buf escaped = buf_in(g->arena);
    url_escape(&escaped, x->q);
    struct str q = buf_str(&escaped);
    struct link at = link_local(g->arena, "/cadre?q=%.*s&unit=%lld&sex=%.*s&party=%.*s%s%s", STR_ARG(q),
                                (long long)x->unit, STR_ARG(x->sex), STR_ARG(x->party),
                                x->is_findings ? "&findings=1" : "", x->is_left ? "&left=1" : "");
    return after ? link_local(g->arena, "%.*s&key=%.*s&after=%lld", STR_ARG(at.v),
                              STR_ARG(key_hex(g->arena, after->name_key)), (long long)after->id.v)
                 : at;
}

/* --- Shown --- */
static void option_add(struct get *g, struct cadre_index_view *v, bool is_sex, struct str value, struct str label,
                       struct str chosen) {
    struct cadre_option o = {value, label, str_eq(value, chosen)};
    if (is_sex) {
        LIST_ADD(g->arena, &v->sexes, o);
    } else {
        LIST_ADD(g->arena, &v->parties, o);
    }
}

static struct err filters_fill(struct get *g, const struct asked *x, struct cadre_index_view *v) {
    struct cadre_units_rows units;
    TRY(cadre_units(g->db, (struct cadre_units_in){.head_unit = head_unit(g->who), .post = g->who->post.v}, &units));
    for (size_t i = 0; i < units.n; i++) {
        int64_t id = units.at[i].id.v;
        LIST_ADD(
            g->arena, &v->units,
            (struct cadre_option){str_format(g->arena, "%lld", (long long)id), units.at[i].short_name, id == x->unit});
    }
    option_add(g, v, true, S("nam"), S("Nam"), x->sex);
    option_add(g, v, true, S("nu"), S("Nữ"), x->sex);
    option_add(g, v, false, S("1"), S("Đảng viên"), x->party);
    option_add(g, v, false, S("0"), S("Ngoài Đảng"), x->party);
    return OK;
}

static struct err tiles_fill(struct get *g, struct cadre_index_view *v) {
    int64_t counts[CADRE_LISTS] = {0};
    struct cadre_list list;
    TRY(cadre_due_counts(g->db, g->who, counts));
    for (size_t i = 0; i < CADRE_LISTS && cadre_list_at(i, &list); i++) {
        LIST_ADD(g->arena, &v->tiles,
                 (struct cadre_tile){.title = list.title,
                                     .link = link_local(g->arena, "/cadre/due?kind=%.*s", STR_ARG(list.code)),
                                     .count = counts[i]});
    }
    return OK;
}

static void row_add(struct get *g, struct cadre_index_view *v, const struct cadre_list_row *r) {
    LIST_ADD(g->arena, &v->rows,
             (struct cadre_row_view){.link = link_record(g->arena, S("/cadre/"), r->id.v, S("")),
                                     .name = r->name,
                                     .post = r->post,
                                     .unit = r->unit_name,
                                     .birth = cadre_day_shown(g->arena, r->birth),
                                     .staff_no = r->staff_no,
                                     .sex = str_eq(r->sex, S("nu"))    ? S("Nữ")
                                            : str_eq(r->sex, S("nam")) ? S("Nam")
                                                                       : S(""),
                                     .n_findings = v->is_keeper ? r->n_findings : 0,
                                     .is_party = r->is_party});
}

struct err cadre_index_get(struct get *g) {
    struct asked x = asked_of(g);
    struct cadre_list_rows rows;
    struct cadre_own_row *own;
    struct cadre_index_view v = {.words = x.q, .is_findings = x.is_findings, .is_left = x.is_left};
    v.is_filtered = x.q.len || x.unit || x.sex.len || x.party.len || x.is_findings || x.is_left;
    TRY(cadre_may_keep(g->db, g->who, &v.is_keeper));
    x.party = v.is_keeper ? x.party : S("");
    x.is_findings = v.is_keeper && x.is_findings;
    TRY(cadre_tabs(g, CADRE_TAB_RECORDS, v.is_keeper, &v.tabs));
    TRY(cadre_own(g->db, (struct cadre_own_in){.person = {g->who->person.v}}, &own));
    TRY(filters_fill(g, &x, &v));
    TRY(v.is_keeper ? tiles_fill(g, &v) : OK);
    TRY(rows_find(g, &x, &rows));
    for (size_t i = 0; i < rows.n && i < CADRE_ON_A_PAGE; i++) {
        row_add(g, &v, &rows.at[i]);
    }
    v.own = own ? link_record(g->arena, S("/cadre/"), own->id.v, S("")) : v.own;
    v.next = rows.n > CADRE_ON_A_PAGE ? address(g, &x, &rows.at[CADRE_ON_A_PAGE - 1]) : v.next;
    v.first = x.after ? address(g, &x, NULL) : v.first;
    return answer_cadre_index(g, &v);
}
