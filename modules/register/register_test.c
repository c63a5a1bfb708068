/* Registers: definitions, rows with their past, who may see what, sheets put in and taken back, reports. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/fill/fill.h"
#include "kernel/import/import.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/org/org_change.h"
#include "modules/register/register_list.h"
#include "modules/register/register_report.h"
#include "modules/register/register_sheet.h"
#include "modules/register/register_types.h"
#include "read/json.h"
#include "tests/db.h"

/* --- Definitions --- */
static void type_check(struct arena *arena, const struct register_head *head) {
    struct register_type type;
    struct fields_faults faults = {0};
    struct fields_form *form;
    CHECK_OK(fields_load(arena, register_type_json(head->code), &form, &faults));
    CHECK_OK(register_type(arena, head->code, &type));
    CHECK_STR(form->name, head->name);
    CHECK_STR(form->code, head->code);
    static const char *const lists[] = {"key", "columns", "sums"};
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        const struct json_value *names = json_member(type.more, lists[l]);
        for (size_t i = 0; i < json_count(names); i++) {
            CHECK(register_field(&type, json_text_of(json_item(names, i))) >= 0);
        }
    }
    int title = register_field(&type, json_member_text(type.more, "title"));
    CHECK(title >= 0 && type.page->items.at[title].pd <= FIELDS_BASIC);
    CHECK(json_count(json_member(type.more, "key")) > 0 && json_count(json_member(type.more, "columns")) > 2);
    const struct json_value *aliases = json_member(type.more, "aliases");
    for (const char *name = json_name_after(aliases, NULL); name; name = json_name_after(aliases, name)) {
        CHECK(register_field(&type, str_of(name)) >= 0);
    }
    struct import_want want = register_type_wants(arena, &type);
    CHECK(want.n > 3 && want.key.len);
}

TEST("the 22 registers are read without a fault, and name only fields they have") {
    struct register_head head;
    size_t n = 0;
    for (; register_head_at(n, &head); n++) {
        type_check(arena, &head);
    }
    CHECK((int64_t)n == 22);
}

TEST("values sort as what they are: numbers by size, names by given name, days by day") {
    struct register_type type;
    CHECK_OK(register_type(arena, S("poor_household"), &type));
    struct fields_said a[] = {
        {S("head_name"), S("Vũ Văn An")}, {S("support_amount"), S("900.000")}, {S("birth"), S("1950")}};
    struct fields_said b[] = {
        {S("head_name"), S("Bùi Thị Yến")}, {S("support_amount"), S("1.000.000")}, {S("birth"), S("02/03/1950")}};
    struct fields_state *x = register_judge(arena, &type, 0, (struct fields_said_list){a, 3}),
                        *y = register_judge(arena, &type, 0, (struct fields_said_list){b, 3});
    static const char *const fields[] = {"head_name", "support_amount", "birth"};
    for (size_t i = 0; i < 3; i++) {
        int at = register_field(&type, str_of(fields[i]));
        CHECK(str_cmp(register_sort(arena, &x->all.at[at]), register_sort(arena, &y->all.at[at])) < 0);
    }
}

TEST("a rule between two fields is said at the first") {
    struct register_type type;
    CHECK_OK(register_type(arena, S("poor_household"), &type));
    struct fields_said said[] = {{S("members_n"), S("2")}, {S("workers_n"), S("3")}};
    struct fields_state *s = register_judge(arena, &type, 0, (struct fields_said_list){said, 2});
    CHECK(s->all.at[register_field(&type, S("workers_n"))].fault.len > 0);
}

/* --- Rows --- */
struct office {
    struct unit_id city, board, commune, other;
    struct who officer, clerk, stranger; /* of the city's board, of the commune, of the other commune */
};

static struct unit_id unit(struct db_write *w, struct str code, struct str kind, struct str level,
                           struct unit_id parent) {
    struct unit_id id;
    CHECK(!org_unit_make(w,
                         &(struct org_unit_new){.code = code,
                                                .kind = kind,
                                                .level = level,
                                                .name = code,
                                                .parent = parent,
                                                .edge = str_eq(kind, S("board")) ? S("staff") : S("line")},
                         &id)
               .why);
    return id;
}

static struct who sit(struct db_write *w, struct unit_id in, struct unit_id organ, uint64_t roles) {
    struct who who = {.unit = in, .organ = organ, .roles = roles};
    CHECK(!org_person_make(w, &(struct org_person_new){.name = S("Nguyễn Văn Thử"), .address = S("anh")}, &who.person)
               .why);
    CHECK(!org_post_give(
               w, &(struct org_post_new){.person = who.person, .unit = in, .title = S("Chuyên viên"), .roles = roles},
               &who.post)
               .why);
    return who;
}

static void office_make(struct db_write *w, struct office *o) {
    o->city = unit(w, S("MT31"), S("front"), S("city"), (struct unit_id){0});
    o->board = unit(w, S("MT31-PT"), S("board"), S("city"), o->city);
    o->commune = unit(w, S("MT1"), S("front"), S("commune"), o->city);
    o->other = unit(w, S("MT2"), S("front"), S("commune"), o->city);
    o->officer = sit(w, o->board, o->city, ROLE_OFFICER);
    o->clerk = sit(w, o->commune, o->commune, ROLE_CLERK | ROLE_OFFICER);
    o->stranger = sit(w, o->other, o->other, ROLE_CLERK | ROLE_OFFICER);
}

static struct fields_said_list household(struct arena *a, struct str name, struct str id_no, struct str people) {
    struct fields_said_list said = {0};
    LIST_ADD(a, &said, (struct fields_said){S("head_name"), name});
    LIST_ADD(a, &said, (struct fields_said){S("id_no"), id_no});
    LIST_ADD(a, &said, (struct fields_said){S("hamlet"), S("Thôn 1")});
    LIST_ADD(a, &said, (struct fields_said){S("poverty_class"), S("ngheo")});
    LIST_ADD(a, &said, (struct fields_said){S("members_n"), people});
    return said;
}

static struct register_row_id add(struct db_write *w, const struct register_type *type, const struct who *who,
                                  struct fields_said_list said) {
    struct register_book_id book;
    struct register_row_id id;
    struct register_words words = {
        .state = register_judge(db_write_arena(w), type, 0, said), .act = S("made"), .post = who->post.v};
    CHECK((int64_t)words.state->faults == 0);
    CHECK(!register_book_open(w, &type->head, who->organ.v, &book).why);
    CHECK(!register_row_add(w, type, book, &words, &id).why);
    return id;
}

TEST_DB("a commune sees its own rows, the city's board those of its field, another commune none") {
    struct office o;
    struct db_write *w;
    struct register_type type;
    struct register_row_by_id_row *row;
    unsigned may;
    CHECK_OK(db_begin_write(db, arena, &w));
    office_make(w, &o);
    CHECK_OK(register_type(arena, S("poor_household"), &type));
    struct register_row_id id = add(w, &type, &o.clerk, household(arena, S("Vũ Văn An"), S("031050123456"), S("3")));
    CHECK_OK(register_row_find(db_reading(w), &o.clerk, id.v, &row, &may));
    CHECK(may & CAN_MANAGE);
    CHECK_OK(register_row_find(db_reading(w), &o.officer, id.v, &row, &may));
    CHECK((may & CAN_MANAGE) == 0);
    CHECK_ERR(register_row_find(db_reading(w), &o.stranger, id.v, &row, &may), ERR_MISSING);
    CHECK(register_class(&o.clerk, o.commune.v) == FIELDS_SENSITIVE &&
          register_class(&o.officer, o.commune.v) == FIELDS_BASIC);
    db_rollback(w);
}

TEST_DB("each state of a row is kept: as it was known on a day, removed, put back") {
    struct office o;
    struct db_write *w;
    struct register_type type;
    struct register_row_by_id_row *row;
    struct register_past_at_row *past;
    struct register_row_keyed_row *same;
    bool changed;
    CHECK_OK(db_begin_write(db, arena, &w));
    office_make(w, &o);
    CHECK_OK(register_type(arena, S("poor_household"), &type));
    clock_freeze(date_at((struct date){2026, 6, 1}, 9, 0));
    struct register_row_id id = add(w, &type, &o.clerk, household(arena, S("Vũ Văn An"), S("031050123456"), S("3")));
    clock_freeze(date_at((struct date){2026, 7, 1}, 9, 0));
    struct register_words words = {
        .state = register_judge(arena, &type, 0, household(arena, S("Vũ Văn An"), S("031050123456"), S("4"))),
        .act = S("changed"),
        .why = S("Sinh con"),
        .version = 1,
        .post = o.clerk.post.v};
    CHECK_OK(register_row_by_id(db_reading(w), (struct register_row_by_id_in){.id = id.v}, &row));
    CHECK_OK(register_row_write(w, &type, row, &words, false, &changed));
    CHECK(changed);
    CHECK_OK(register_row_write(w, &type, row, &words, false, &changed));
    CHECK(!changed); /* the version was another by then */
    CHECK_OK(register_past_at(db_reading(w),
                              (struct register_past_at_in){.row = id, .before = date_start((struct date){2026, 6, 30})},
                              &past));
    CHECK(past && str_find(past->answers, S("\"members_n\":3"), 0) != SIZE_MAX);
    words.act = S("removed"), words.version = 2;
    CHECK_OK(register_row_by_id(db_reading(w), (struct register_row_by_id_in){.id = id.v}, &row));
    CHECK_OK(register_row_write(w, &type, row, &words, true, &changed));
    CHECK_OK(register_row_same(db_reading(w), row->book, row->key_sum, 0, &same));
    CHECK(same == NULL);
    struct register_book_by_id_row *book;
    CHECK_OK(register_book_by_id(db_reading(w), (struct register_book_by_id_in){.id = row->book}, &book));
    CHECK(book->n_rows == 0);
    clock_freeze((struct instant){0});
    db_rollback(w);
}

TEST_DB("a list is paged by its order, filtered by values and words, and its sums are those of its rows") {
    struct office o;
    struct db_write *w;
    struct register_type type;
    struct register_rows rows;
    int64_t n = 0, seen = 0;
    struct register_totals totals;
    CHECK_OK(db_begin_write(db, arena, &w));
    office_make(w, &o);
    CHECK_OK(register_type(arena, S("poor_household"), &type));
    struct register_row_id first = {0};
    for (int i = 0; i < 23; i++) {
        struct register_row_id id =
            add(w, &type, &o.clerk,
                household(arena, i % 2 ? S("Vũ Văn An") : S("Bùi Thị Yến"), str_format(arena, "0310501234%02d", i),
                          str_format(arena, "%d", 1 + i % 5)));
        first = first.v ? first : id;
    }
    struct register_row_by_id_row *row;
    CHECK_OK(register_row_by_id(db_reading(w), (struct register_row_by_id_in){.id = first.v}, &row));
    for (int is_down = 0; is_down < 2; is_down++) {
        struct register_asked q = {
            .type = &type, .book = row->book.v, .sort = S("members_n"), .is_down = is_down, .most = 5};
        seen = 0;
        do {
            CHECK_OK(register_list(db_reading(w), &q, &rows));
            seen += (int64_t)rows.n;
            q.after = rows.n ? rows.at[rows.n - 1].id : 0;
        } while (rows.n == 5 && seen < 100);
        CHECK(seen == 23);
    }
    struct register_asked q = {
        .type = &type, .book = row->book.v, .sort = S("head_name"), .words = S("vu an"), .most = 50};
    q.filters[0] = (struct register_filter){S("members_n"), register_sort_number(arena, 2 * FIELDS_ONE),
                                            register_sort_number(arena, 4 * FIELDS_ONE)};
    CHECK_OK(register_list(db_reading(w), &q, &rows));
    CHECK_OK(register_list_count(db_reading(w), &q, &n));
    CHECK((int64_t)rows.n == n);
    int64_t people = 0, expected = 0;
    for (int i = 1; i < 23; i += 2) {
        people += 1 + i % 5 >= 2 && 1 + i % 5 <= 4;
        expected += 1 + i % 5 >= 2 && 1 + i % 5 <= 4 ? 1 + i % 5 : 0;
    }
    CHECK(n == people);
    CHECK_OK(register_list_totals(db_reading(w), &q, &totals));
    for (size_t i = 0; i < totals.n; i++) {
        if (str_eq(totals.at[i].field, S("members_n"))) {
            CHECK(totals.at[i].total == expected * FIELDS_ONE);
        }
    }
    db_rollback(w);
}

/* --- Reports --- */
TEST("a report's lines are read, and what is wrong is named with its line") {
    static const struct {
        const char *typed, *fault;
    } cases[] = {
        {"Hộ nghèo | hộ\nCộng | hộ | = 1\nkiểm: 1 >= 2 | Sai", ""},
        {"Hộ | hộ | đếm poor_household poverty_class=ngheo", ""},
        {"Hộ | hộ | đếm khong_co", "Dòng 1: không có sổ “khong_co”."},
        {"Hộ | hộ | cộng poor_household head_name", "Dòng 1: sổ ấy không có ô số nào tên “head_name”."},
        {"Hộ | hộ | đếm poor_household id_no=1", "Dòng 1: điều kiện “id_no=1” không có trong sổ ấy."},
        {"A | hộ | = 1", "Dòng 1: phép cộng phải viết như “= 1 + 2”, chỉ nhắc dòng ở trên."},
        {"A | hộ\nB | hộ | = 1 + 3\nC | hộ | = 2", "Dòng 2: phép cộng phải viết như “= 1 + 2”, chỉ nhắc dòng ở trên."},
        {"", "Mời ghi ít nhất một chỉ tiêu."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct register_lines lines;
        struct err e = register_lines_read(arena, str_of(cases[i].typed), &lines);
        CHECK_STR(e.why ? e.why->message : S(""), str_of(cases[i].fault));
    }
}

TEST("numbers are read as people write them") {
    int64_t n = 0;
    CHECK(register_number_read(arena, S("1.250"), &n) && n == 1250 * FIELDS_ONE);
    CHECK(register_number_read(arena, S("12,5"), &n) && n == 12 * FIELDS_ONE + FIELDS_ONE / 2);
    CHECK(!register_number_read(arena, S("-3"), &n) && !register_number_read(arena, S("nhiều"), &n) &&
          !register_number_read(arena, S(""), &n));
}

TEST_DB("a unit's figures come from its register, its sums and checks hold, and what is sent may be given back") {
    struct office o;
    struct db_write *w;
    struct register_type type;
    struct register_report_id report;
    struct register_returns_of_rows returns;
    CHECK_OK(db_begin_write(db, arena, &w));
    office_make(w, &o);
    CHECK_OK(register_type(arena, S("poor_household"), &type));
    (void)add(w, &type, &o.clerk, household(arena, S("Vũ Văn An"), S("031050123456"), S("3")));
    (void)add(w, &type, &o.clerk, household(arena, S("Bùi Thị Yến"), S("031050123457"), S("2")));
    struct register_report_new n = {.title = S("Báo cáo"),
                                    .note = S(""),
                                    .from_on = clock_today(),
                                    .to_on = clock_today(),
                                    .due_on = clock_today(),
                                    .cut_on = date_plus(clock_today(), 1)};
    CHECK_OK(register_lines_read(
        arena,
        S("Đầu kỳ | hộ\nNghèo | hộ | đếm poor_household poverty_class=ngheo\n"
          "Khẩu | người | cộng poor_household members_n\nCộng | hộ | = 1 + 2\nkiểm: 1 >= 2 | Đầu kỳ ít hơn."),
        &n.lines));
    CHECK_OK(register_report_make(w, &o.officer, &n, &report));
    CHECK_ERR(register_report_make(w, &o.clerk, &n, &report), ERR_MISSING);
    CHECK_OK(register_returns_of(db_reading(w), (struct register_returns_of_in){.report = report}, &returns));
    CHECK((int64_t)returns.n == 2);
    size_t mine = returns.at[0].owner.v == o.commune.v ? 0 : 1;
    struct register_number numbers[5] = {{1 * FIELDS_ONE, true}};
    struct register_period period = {n.from_on, n.to_on};
    CHECK_OK(register_live(db_reading(w), &n.lines, o.commune.v, &period, numbers));
    CHECK(numbers[1].number == 2 * FIELDS_ONE);
    CHECK(numbers[2].number == 5 * FIELDS_ONE);
    CHECK(numbers[3].number == 3 * FIELDS_ONE);
    struct register_sending s = {.id = returns.at[mine].id.v, .version = 1, .numbers = numbers, .words = S("")};
    CHECK_ERR(register_return_send(w, &o.clerk, &s), ERR_INVALID); /* 1 >= 2 does not hold */
    numbers[0].number = 2 * FIELDS_ONE;
    CHECK_ERR(register_return_send(w, &o.stranger, &s), ERR_MISSING);
    CHECK_OK(register_return_send(w, &o.clerk, &s));
    CHECK_ERR(register_return_back(w, &o.clerk, s.id, 2, S("Sai")), ERR_DENIED);
    CHECK_OK(register_return_back(w, &o.officer, s.id, 2, S("Sai")));
    s.version = 3;
    CHECK_OK(register_return_send(w, &o.clerk, &s));
    clock_freeze(date_at(date_plus(n.cut_on, 1), 9, 0));
    CHECK_ERR(register_return_back(w, &o.officer, s.id, 4, S("Sai")), ERR_CONFLICT); /* cut off */
    clock_freeze((struct instant){0});
    db_rollback(w);
}
