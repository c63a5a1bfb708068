/* Works by id, number and name; the words of a place on a day. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "search/search.h"
#include "search/words/number.h"
#include "modules/law/law.h"
#include "modules/law/law_queries.h"

#define HEAD_OF(row)                                                                                                   \
    ((struct law_work_head){.id = (row)->id,                                                                           \
                            .family = (row)->family,                                                                   \
                            .type = (row)->type,                                                                       \
                            .code = (row)->code,                                                                       \
                            .issuer = (row)->issuer,                                                                   \
                            .title = (row)->title,                                                                     \
                            .name = (row)->short_title,                                                                \
                            .issued_on = (row)->issued_on,                                                             \
                            .effective_on = (row)->effective_on})

static void head_finish(struct arena *a, struct law_work_head *head, const struct law_force *force, struct date on) {
    struct law_type type;
    law_type_by_code(head->type, &type);
    head->type_name = type.name;
    head->name = law_name(a, head->type, head->code, head->name, head->title, head->issued_on);
    head->expired_on = law_force_end(force);
    head->status = law_status_on(force, on);
}

struct err law_work_head(struct db_read *db, struct law_work_id id, struct date on, struct law_work_head *head) {
    struct law_work_by_id_row *w;
    TRY(law_work_by_id(db, (struct law_work_by_id_in){id}, &w));
    if (!w) {
        return FAIL(ERR_MISSING, "no such work");
    }
    *head = HEAD_OF(w);
    head_finish(db_arena(db), head, &LAW_FORCE_OF(w), on);
    return OK;
}

/* Rows of any of the queries below. */
#define TAKE_ROWS(db, rows, on, found)                                                                                 \
    for (size_t take_i = 0; take_i < (rows).n; take_i++) {                                                             \
        struct law_work_head *take_head = LIST_PUSH(db_arena(db), (found));                                            \
        *take_head = HEAD_OF(&(rows).at[take_i]);                                                                      \
        head_finish(db_arena(db), take_head, &LAW_FORCE_OF(&(rows).at[take_i]), (on));                                 \
    }

/* "NĐ 30/2020" or "30/2020/nd": the number without its last groups. */
static struct err by_number_begun(struct db_read *db, const struct search_number *n, struct date on,
                                  struct law_work_heads *found) {
    struct arena *a = db_arena(db);
    struct buf low = buf_in(a);
    buf_printf(&low, "%lld/", (long long)n->number);
    if (n->year) {
        buf_printf(&low, "%lld/", (long long)n->year);
    }
    for (size_t i = 0; i < n->n; i++) {
        buf_printf(&low, "%s%s", i ? "-" : "", n->group[i]);
    }
    struct law_works_by_key_begun_rows rows;
    TRY(law_works_by_key_begun(db,
                               (struct law_works_by_key_begun_in){
                                   .low = buf_str(&low), .high = str_format(a, "%.*s~", STR_ARG(buf_str(&low)))},
                               &rows));
    TAKE_ROWS(db, rows, on, found);
    return OK;
}

static struct err by_number(struct db_read *db, struct str typed, struct date on, struct law_work_heads *found) {
    struct search_number n;
    struct str key = search_number(db_arena(db), typed);
    struct law_works_by_key_rows rows;
    if (key.len) {
        TRY(law_works_by_key(db, (struct law_works_by_key_in){.code_key = key}, &rows));
        TAKE_ROWS(db, rows, on, found);
    }
    bool may_be_begun = !found->n && search_number_asked(typed, &n) && (n.year || n.n);
    return may_be_begun ? by_number_begun(db, &n, on, found) : OK;
}

/* Takes "2024", "năm 2024" off the end of a folded name. */
static int64_t year_off(struct str *name) {
    int64_t year = 0;
    if (name->len < 6) {
        return 0;
    }
    for (size_t i = name->len - 4; i < name->len; i++) {
        if (name->at[i] < '0' || name->at[i] > '9') {
            return 0;
        }
        year = year * 10 + (name->at[i] - '0');
    }
    if (name->at[name->len - 5] != ' ' || year < 1900 || year > 2199) {
        return 0;
    }
    *name = str_trim(str_slice(*name, 0, name->len - 5));
    if (str_ends(*name, S(" nam"))) {
        name->len -= 4;
    }
    return year;
}

static struct err by_name(struct db_read *db, struct str typed, struct date on, struct law_work_heads *found) {
    struct law_works_by_name_rows rows;
    struct law_work_heads all = {0};
    struct str name = str_trim(utf8_fold(db_arena(db), utf8_clean(db_arena(db), typed)));
    TRY(law_works_by_name(db, (struct law_works_by_name_in){.title_fold = name}, &rows));
    int64_t year = rows.n ? 0 : year_off(&name);
    if (!rows.n && year) {
        TRY(law_works_by_name(db, (struct law_works_by_name_in){.title_fold = name}, &rows));
    }
    TAKE_ROWS(db, rows, on, &all);
    /* In force first; of equals the newest, as the query gives them. */
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < all.n; i++) {
            bool is_live = all.at[i].status == LAW_IN_FORCE || all.at[i].status == LAW_PARTLY;
            if (is_live == (pass == 0) && (!year || all.at[i].issued_on.year == year)) {
                LIST_ADD(db_arena(db), found, all.at[i]);
            }
        }
    }
    return OK;
}

struct err law_work_named(struct db_read *db, struct str number_or_name, struct date on, struct law_work_heads *found) {
    *found = (struct law_work_heads){0};
    struct str typed = str_trim(number_or_name);
    if (!typed.len || typed.len > 1000) {
        return OK;
    }
    TRY(by_name(db, typed, on, found));
    return found->n ? OK : by_number(db, typed, on, found);
}
