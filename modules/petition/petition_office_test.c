/* Letters in an office: two organs, a clerk, a leader, an officer, and an outsider. */
#include "tests/db.h"

#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/org/org_change.h"
#include "modules/petition/petition_list.h"
#include "modules/receipt/receipt.h"

enum { CLERK, LEADER, OFFICER, OUTSIDER, PEOPLE };
struct office {
    struct db *db;
    struct arena *arena;
    struct who who[PEOPLE];
};

static struct err unit(struct db_write *w, struct str code, struct str kind, struct unit_id parent,
                       struct unit_id *id) {
    return org_unit_make(w,
                         &(struct org_unit_new){.code = code,
                                                .kind = kind,
                                                .level = S("city"),
                                                .name = code,
                                                .parent = parent,
                                                .edge = parent.v ? S("staff") : S("")},
                         id);
}

static struct err somebody(struct db_write *w, struct unit_id unit_id, struct str name, uint64_t roles,
                           struct who *who) {
    struct person_id person;
    struct post_id post;
    TRY(org_person_make(w, &(struct org_person_new){.name = name, .address = S("đồng chí")}, &person));
    TRY(org_post_give(w,
                      &(struct org_post_new){.person = person,
                                             .unit = unit_id,
                                             .title = S("Chuyên viên"),
                                             .roles = roles,
                                             .from_on = date_plus(clock_today(), -400)},
                      &post));
    return org_auth.wear(db_reading(w), person, post, clock_today(), who);
}

static struct err make(struct db_write *w, struct office *o) {
    struct unit_id front, board, commune;
    TRY(org_seed(w, o->arena));
    TRY(unit(w, S("T1"), S("front"), (struct unit_id){0}, &front));
    TRY(unit(w, S("T2"), S("board"), front, &board));
    TRY(unit(w, S("T3"), S("front"), (struct unit_id){0}, &commune));
    TRY(somebody(w, board, S("Hoàng Thị Vân"), ROLE_CLERK, &o->who[CLERK]));
    TRY(somebody(w, front, S("Đào Công"), ROLE_LEADER, &o->who[LEADER]));
    TRY(somebody(w, board, S("Trần Minh"), ROLE_OFFICER, &o->who[OFFICER]));
    return somebody(w, commune, S("Lê Thị Hoa"), ROLE_CLERK | ROLE_LEADER, &o->who[OUTSIDER]);
}

static struct err end(struct db_write *w, struct err e) {
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static struct err open_office(struct db *db, struct arena *arena, struct office *o) {
    struct db_write *w;
    *o = (struct office){.db = db, .arena = arena};
    clock_freeze(date_at((struct date){2026, 11, 18}, 9, 0)); /* a Wednesday */
    TRY(db_begin_write(db, arena, &w));
    return end(w, make(w, o));
}

static struct err begin_as(struct office *o, int who, struct db_write **w) {
    TRY(db_begin_write(o->db, o->arena, w));
    db_actor_set(*w, &(struct db_actor){.person = o->who[who].person.v, .post = o->who[who].post.v});
    return OK;
}
#define DO(who_, call_)                                                                                                \
    __extension__({                                                                                                    \
        struct db_write *w;                                                                                            \
        [[maybe_unused]] const struct who *me = &o.who[who_];                                                          \
        struct err begun = begin_as(&o, (who_), &w);                                                                   \
        begun.why ? begun : end(w, (call_));                                                                           \
    })

static struct str land(const char *day) {
    static char text[1024];
    int n =
        snprintf(text, sizeof text,
                 "Hải Phòng, ngày %s tháng 11 năm 2026\nĐƠN KÊU CỨU\nTôi tên là Phạm Văn Thiệp, ở tổ 5, phường Hồng "
                 "Bàng, thành phố Hải Phòng.\nỦy ban nhân dân phường Hồng Bàng ra Quyết định số 1874/QĐ-UBND thu hồi "
                 "62 m2 đất vườn nhà tôi, bồi thường chỉ 38 m2. Tôi khiếu nại quyết định số 1874/QĐ-UBND, yêu cầu hủy "
                 "quyết định, bồi thường đủ.\nNgười làm đơn\n(đã ký)\nPhạm Văn Thiệp\n",
                 day);
    return (struct str){text, (size_t)n};
}

#define DENOUNCED                                                                                                                                        \
    S("Hải Phòng, ngày 10 tháng 11 năm 2026\nĐƠN TỐ CÁO\nTôi tên là Ngô Thị Bích Hạnh, ở thôn Đông, xã An Lão, thành "       \
      "phố Hải Phòng, điện thoại 0904 111 222.\nTôi tố cáo ông Đặng Văn Cường, trưởng thôn Đông, thu tiền của dân mà " \
      "không có phiếu thu, giữ lại tiêu riêng.\nNgười tố cáo\n(đã ký)\nNgô Thị Bích Hạnh\n")

static struct petition_new letter_of(struct str text) {
    return (struct petition_new){.channel = S("counter"), .text = text};
}

static struct petition_by_id_row *row_of(struct office *o, struct petition_letter_id id) {
    struct db_read *r;
    struct petition_by_id_row *l = NULL;
    if (!db_begin_read(o->db, o->arena, &r).why) {
        err_ignore(petition_by_id(r, (struct petition_by_id_in){.id = id}, &l));
        db_end_read(r);
    }
    return l;
}

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* Each person's counters are what their lists hold, page after page; -1 when they are not. */
static int64_t boxes_are_lists(struct office *o, int who, enum petition_box asked) {
    struct db_read *r;
    struct petition_counts c;
    int64_t found = -1;
    if (db_begin_read(o->db, o->arena, &r).why || petition_count(r, &o->who[who], clock_today(), &c).why) {
        return -1;
    }
    for (enum petition_box b = 0; b < PETITION_BOXES; b++) {
        struct petition_filter f = {.box = b};
        struct petition_lines lines = {.has_more = true};
        int64_t n = 0;
        while (lines.has_more && !petition_list(r, &o->who[who], &f, 2, &lines).why && lines.at.n) {
            n += (int64_t)lines.at.n;
            f.after = lines.at.at[lines.at.n - 1].after;
        }
        if (petition_box_is_counted(b) && n != c.n[b]) {
            db_end_read(r);
            return -1;
        }
        found = b == asked ? n : found;
    }
    db_end_read(r);
    return found;
}

TEST_DB("a letter gets the next number of its organ's book, is judged by its content, and its clock runs from the day "
        "it came") {
    struct office o;
    struct petition_letter_id id, other;
    CHECK_OK(open_office(db, arena, &o));
    struct petition_new l = letter_of(land("15")), empty = letter_of(S(" "));
    CHECK_ERR(DO(CLERK, petition_keep(w, me, &empty, &id)), ERR_INVALID);
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &id)));
    CHECK_OK(DO(OUTSIDER, petition_keep(w, me, &l, &other)));
    const struct petition_by_id_row *row = row_of(&o, id);
    CHECK(row->number == 1 && row->year == 2026 && row_of(&o, other)->number == 1);
    CHECK_STR(row->type, S("KN"));
    CHECK_STR(row->state, S("received"));
    CHECK_STR(row->authority_kind, S("ubnd_xa"));
    CHECK(!row->is_protected && date_is(row->written_on, (struct date){2026, 11, 15}));
    /* 7 working days after Wednesday 18/11, the day of culture 24/11 not counted. */
    CHECK(date_is(row->due_on, (struct date){2026, 11, 30}));
    CHECK(boxes_are_lists(&o, CLERK, PETITION_RECEIVED) == 1);
    CHECK(boxes_are_lists(&o, OFFICER, PETITION_ALL) == 0);
}

TEST_DB("another organ's letter is not there: neither read, nor judged, nor moved") {
    struct office o;
    struct petition_letter_id id;
    struct petition_new l = letter_of(land("15"));
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &id)));
    struct petition_judgement j = {.name = S("type"), .value = S("KNPA"), .version = 1};
    CHECK_ERR(DO(OUTSIDER, petition_decide(w, me, id, &j)), ERR_MISSING);
    CHECK_ERR(DO(OUTSIDER, petition_act(w, me, id, &(struct petition_act){.verb = "accept"})), ERR_MISSING);
    CHECK_ERR(DO(OFFICER, petition_act(w, me, id, &(struct petition_act){.verb = "accept"})), ERR_MISSING);
    CHECK(boxes_are_lists(&o, OUTSIDER, PETITION_ALL) == 0);
}

TEST_DB("what was read is only proposed: a person takes or corrects it at the version they saw, and the clock follows "
        "the type") {
    struct office o;
    struct petition_letter_id id;
    struct petition_new l = letter_of(land("15"));
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &id)));
    struct petition_judgement j = {.name = S("type"), .value = S("KNPA"), .version = 1};
    CHECK_OK(DO(CLERK, petition_decide(w, me, id, &j)));
    CHECK_ERR(DO(CLERK, petition_decide(w, me, id, &j)), ERR_CONFLICT);
    j = (struct petition_judgement){.name = S("lacks"), .value = S("no_date no_such_reason"), .version = 2};
    CHECK_ERR(DO(CLERK, petition_decide(w, me, id, &j)), ERR_INVALID);
    const struct petition_by_id_row *row = row_of(&o, id);
    CHECK_STR(row->type, S("KNPA"));
    /* 10 working days for feedback. */
    CHECK(date_is(row->due_on, (struct date){2026, 12, 3}));
}

TEST_DB("a transfer waits for its reply; urged and silent it is listed for supervision; what comes back wrong begins "
        "anew") {
    struct office o;
    struct petition_letter_id id;
    struct petition_new l = letter_of(land("15"));
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &id)));
    struct petition_act transfer = {.verb = "transfer", .body = S("UBND phường Hồng Bàng"), .doc = S("12/CV")};
    CHECK_ERR(DO(CLERK, petition_act(w, me, id, &(struct petition_act){.verb = "transfer"})), ERR_INVALID);
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &transfer)));
    CHECK_ERR(DO(CLERK, petition_act(w, me, id, &transfer)), ERR_CONFLICT);
    CHECK_STR(row_of(&o, id)->due_what, S("reply"));
    clock_freeze(date_at((struct date){2026, 12, 2}, 9, 0));
    CHECK(boxes_are_lists(&o, CLERK, PETITION_URGE) == 1 && boxes_are_lists(&o, CLERK, PETITION_SILENT) == 0);
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &(struct petition_act){.verb = "urge"})));
    CHECK(boxes_are_lists(&o, CLERK, PETITION_URGE) == 0);
    CHECK(date_is(row_of(&o, id)->due_on, (struct date){2026, 12, 16}));
    clock_freeze(date_at((struct date){2026, 12, 17}, 9, 0));
    CHECK(boxes_are_lists(&o, CLERK, PETITION_SILENT) == 1);
    struct petition_act wrong = {.verb = "reply", .kind = S("wrong")};
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &wrong)));
    const struct petition_by_id_row *row = row_of(&o, id);
    CHECK(row->wrong == 1 && is(row->state, "received") && is(row->due_what, "receipt"));
    CHECK(date_cmp(row->due_on, clock_today()) > 0);
}

TEST_DB("told to who wrote, the letter ends with their yes; twice no begins it anew") {
    struct office o;
    struct petition_letter_id id;
    struct petition_new l = letter_of(land("15"));
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &id)));
    struct petition_act transfer = {.verb = "transfer", .body = S("UBND phường Hồng Bàng")},
                        result = {.verb = "reply", .kind = S("result"), .text = S("Đã đo lại.")},
                        answer = {.verb = "answer", .text = S("Đã có kết quả.")},
                        no = {.verb = "confirm", .kind = S("not")}, yes = {.verb = "confirm", .kind = S("right")};
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &transfer)));
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &result)));
    CHECK(!row_of(&o, id)->due_on.year);
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &answer)));
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &no)));
    CHECK_STR(row_of(&o, id)->state, S("replied"));
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &answer)));
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &no)));
    CHECK_STR(row_of(&o, id)->state, S("received"));
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &transfer)));
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &result)));
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &answer)));
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &yes)));
    CHECK_STR(row_of(&o, id)->state, S("closed"));
    struct petition_act again = {.verb = "reopen", .text = S("Có tình tiết mới")};
    CHECK_ERR(DO(CLERK, petition_act(w, me, id, &again)), ERR_DENIED);
    CHECK_OK(DO(LEADER, petition_act(w, me, id, &again)));
    CHECK_STR(row_of(&o, id)->state, S("received"));
}

/* Whether a name stands in what others are given of a letter: list, filter, index, notices, charts. */
static bool is_told(struct office *o, struct petition_letter_id id, int who, struct str name, struct str q) {
    struct db_read *r;
    struct petition_lines lines;
    struct search_doc doc = {0};
    struct metric_line counted = {0};
    bool is_gone = false, is_there = false;
    struct petition_filter f = {.q = q}, everything = {0};
    if (db_begin_read(o->db, o->arena, &r).why) {
        return true;
    }
    is_there = petition_list(r, &o->who[who], &f, 10, &lines).why || lines.at.n;
    is_there = is_there || petition_list(r, &o->who[who], &everything, 10, &lines).why;
    for (size_t i = 0; i < lines.at.n; i++) {
        is_there = is_there || str_find(lines.at.at[i].writer, name, 0) != SIZE_MAX || lines.at.at[i].address.len;
    }
    is_there = is_there || petition_sources[0].load(r, o->arena, id.v, &doc, &is_gone).why;
    for (size_t i = 0; i < doc.passages.n; i++) {
        is_there = is_there || str_find(doc.passages.at[i].text, name, 0) != SIZE_MAX;
    }
    is_there = is_there || petition_metrics[0].lines(r, (struct db_ids){&id.v, 1}, &counted).why ||
               str_find(counted.from, name, 0) != SIZE_MAX || str_find(counted.title, name, 0) != SIZE_MAX;
    db_end_read(r);
    return is_there;
}

TEST_DB(
    "who denounces stands in no list, filter, index or chart, and is opened by a leader with a reason, for a while") {
    struct office o;
    struct petition_letter_id id;
    struct petition_new l = letter_of(DENOUNCED);
    bool is_open = true;
    struct db_read *r;
    CHECK_OK(open_office(db, arena, &o));
    l.title = S("Bà Ngô Thị Bích Hạnh tố cáo trưởng thôn");
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &id)));
    const struct petition_by_id_row *row = row_of(&o, id);
    CHECK(row->is_protected);
    CHECK_STR(row->title, S("Bà […] tố cáo trưởng thôn"));
    CHECK(str_find(row->working, S("Hạnh"), 0) == SIZE_MAX && str_find(row->working, S("0904"), 0) == SIZE_MAX);
    CHECK(str_find(row->working, S("Đặng Văn Cường"), 0) != SIZE_MAX);
    CHECK(!is_told(&o, id, LEADER, S("Hạnh"), S("hanh")));
    CHECK_ERR(DO(CLERK, petition_open_identity(w, me, id, S("Cần hỏi thêm"))), ERR_DENIED);
    CHECK_ERR(DO(LEADER, petition_open_identity(w, me, id, S(""))), ERR_INVALID);
    CHECK_OK(DO(LEADER, petition_open_identity(w, me, id, S("Mời người tố cáo làm việc"))));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(petition_is_open_to(r, &o.who[LEADER], row, &is_open));
    CHECK(is_open);
    CHECK_OK(petition_is_open_to(r, &o.who[CLERK], row, &is_open));
    CHECK(!is_open);
    clock_freeze((struct instant){clock_now().ms + (PETITION_OPEN_MINUTES + 1) * INT64_C(60000)});
    CHECK_OK(petition_is_open_to(r, &o.who[LEADER], row, &is_open));
    CHECK(!is_open);
    db_end_read(r);
}

TEST_DB("a letter that a person finds to be a denunciation is masked at once and leaves the other clerks; another type "
        "afterwards shows nobody who wrote") {
    struct office o;
    struct petition_letter_id id;
    struct petition_new l = letter_of(land("15"));
    struct who second;
    bool may = true;
    struct db_read *r;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(CLERK, somebody(w, me->unit, S("Phạm Lan"), ROLE_CLERK, &second)));
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &id)));
    struct petition_judgement j = {.name = S("type"), .value = S("TC"), .version = 1};
    CHECK_OK(DO(CLERK, petition_decide(w, me, id, &j)));
    const struct petition_by_id_row *row = row_of(&o, id);
    CHECK(row->is_protected && str_find(row->working, S("Thiệp"), 0) == SIZE_MAX);
    CHECK(!is_told(&o, id, CLERK, S("Thiệp"), S("thiep")));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(access_can(r, id.v, second.post.v, CAN_READ, &may));
    db_end_read(r);
    CHECK(!may);
    j = (struct petition_judgement){.name = S("type"), .value = S("KN"), .version = 2};
    CHECK_OK(DO(CLERK, petition_decide(w, me, id, &j)));
    CHECK(row_of(&o, id)->is_protected);
}

TEST_DB("what the same person sent before stands beside a letter, but a denunciation never beside what bears a name") {
    struct office o;
    struct petition_letter_id first, second, secret;
    struct petition_alike_rows rows;
    struct db_read *r;
    CHECK_OK(open_office(db, arena, &o));
    struct petition_new l = letter_of(land("15"));
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &first)));
    l = letter_of(land("17"));
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &second)));
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &secret)));
    struct petition_judgement j = {.name = S("type"), .value = S("TC"), .version = 1};
    CHECK_OK(DO(CLERK, petition_decide(w, me, secret, &j)));
    const struct petition_by_id_row *row = row_of(&o, second);
    struct petition_alike_in in = {.organ = row->organ,
                                   .id = second,
                                   .is_protected = false,
                                   .name_key = row->name_key,
                                   .phone_key = row->phone_key,
                                   .post = o.who[CLERK].post.v,
                                   .most = 10};
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(petition_alike(r, in, &rows));
    CHECK(rows.n == 1 && rows.at[0].id.v == first.v);
    in.post = o.who[OFFICER].post.v;
    CHECK_OK(petition_alike(r, in, &rows));
    CHECK(rows.n == 0);
    db_end_read(r);
    CHECK_OK(DO(CLERK, petition_join_case(w, me, second, first)));
    CHECK(row_of(&o, second)->of_case.v == row_of(&o, first)->of_case.v);
    CHECK_ERR(DO(CLERK, petition_join_case(w, me, second, secret)), ERR_INVALID);
}

TEST_DB("a late letter is told once") {
    struct office o;
    struct petition_letter_id id;
    struct petition_new l = letter_of(land("15"));
    int64_t told = 0;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(CLERK, petition_keep(w, me, &l, &id)));
    CHECK_OK(DO(CLERK, petition_tell_late(w, (struct date){2026, 11, 30}, &told)));
    CHECK(told == 0);
    CHECK_OK(DO(CLERK, petition_tell_late(w, (struct date){2026, 12, 1}, &told)));
    CHECK(told == 1);
    CHECK_OK(DO(CLERK, petition_tell_late(w, (struct date){2026, 12, 1}, &told)));
    CHECK(told == 0);
}

TEST("who wrote is masked with marks or without, as a whole word only") {
    struct petition_writer w = {.name = S("Lê Hạ"), .phone = S("0904")};
    CHECK_STR(petition_mask(arena, S("LE HA và “Lê Hạ”, số 0904; Lê Hải"), &w), S("[…] và “[…]”, số […]; Lê Hải"));
}

static struct err receive(struct office *o, struct db_write *w, struct str text, struct petition_letter_id *id) {
    struct petition_new l = {.channel = S("portal"), .text = text, .writer = {.name = S("Ngô Thị Bích Hạnh")}};
    struct who nobody = petition_nobody_of(o->who[CLERK].organ);
    return petition_keep(w, &nobody, &l, id);
}

static struct err receipt_give(struct db_write *w, struct petition_letter_id id) {
    struct receipt_item_id receipt;
    struct str code;
    return receipt_make(w, &(struct receipt_made){.kind = S("petition"), .prefix = S("31"), .record = id.v}, &receipt,
                        &code);
}

static struct err add(struct db_write *w, struct petition_letter_id id, struct str text) {
    return petition_add(w, id, &(struct petition_addition){.text = text});
}

static struct err opine(struct db_write *w, struct petition_letter_id id, struct str kind, int64_t rating) {
    return petition_opine(w, id, &(struct petition_opinion){.kind = kind, .text = S("Vì sao."), .rating = rating});
}

static size_t road_of(struct office *o, struct petition_letter_id id, struct petition_road_of_rows *rows) {
    struct db_read *r;
    *rows = (struct petition_road_of_rows){0};
    if (!db_begin_read(o->db, o->arena, &r).why) {
        err_ignore(petition_road_of(r, (struct petition_road_of_in){.letter = id}, rows));
        db_end_read(r);
    }
    return rows->n;
}

TEST_DB(
    "a letter nobody of the office took in is the clerks'; its writer reads the road without the office's own words") {
    struct office o;
    struct petition_letter_id id;
    struct petition_road_of_rows road;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(CLERK, receive(&o, w, land("17"), &id)));
    CHECK_ERR(DO(OUTSIDER, petition_act(w, me, id, &(struct petition_act){.verb = "accept"})), ERR_MISSING);
    struct petition_act ask = {.verb = "ask", .text = S("Thửa đất số mấy?")};
    CHECK_ERR(DO(CLERK, petition_act(w, me, id, &ask)), ERR_CONFLICT); /* nobody could read it */
    CHECK_OK(DO(CLERK, receipt_give(w, id)));
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &ask)));
    CHECK_ERR(DO(CLERK, add(w, id, S(""))), ERR_INVALID);
    CHECK_OK(DO(CLERK, add(w, id, S("Thửa số 12."))));
    CHECK_ERR(DO(CLERK, opine(w, id, S("right"), 5)), ERR_CONFLICT); /* nothing was answered yet */
    struct petition_act on = {.verb = "transfer", .body = S("UBND phường Hồng Bàng"), .text = S("Lời riêng.")};
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &on)));
    CHECK_OK(
        DO(CLERK,
           petition_act(w, me, id, &(struct petition_act){.verb = "reply", .kind = S("result"), .text = S("Riêng.")})));
    CHECK_OK(DO(CLERK, petition_act(w, me, id, &(struct petition_act){.verb = "answer", .text = S("Đã hủy.")})));
    CHECK_ERR(DO(CLERK, opine(w, id, S("right"), 6)), ERR_INVALID);
    CHECK_OK(DO(CLERK, opine(w, id, S("right"), 4)));
    CHECK_STR(row_of(&o, id)->state, S("closed"));
    CHECK(row_of(&o, id)->rating == 4);
    CHECK(road_of(&o, id, &road) == 7);
    CHECK_STR(road.at[1].text, S("Thửa đất số mấy?"));
    CHECK_STR(road.at[3].verb, S("petition.transfer"));
    CHECK_STR(road.at[3].text, S(""));
    CHECK_STR(road.at[4].text, S(""));
    CHECK_STR(road.at[5].text, S("Đã hủy."));
    CHECK_ERR(DO(CLERK, add(w, id, S("Muộn."))), ERR_CONFLICT);
}

TEST_DB("who denounces by the portal is not the clerks' to read, and what they add leaves them out") {
    struct office o;
    struct petition_letter_id id;
    struct petition_road_of_rows road;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(CLERK, receive(&o, w, DENOUNCED, &id)));
    CHECK_ERR(DO(CLERK, petition_act(w, me, id, &(struct petition_act){.verb = "accept"})), ERR_MISSING);
    CHECK_OK(DO(CLERK, add(w, id, S("Ngô Thị Bích Hạnh nói thêm: còn ba hộ nữa."))));
    CHECK(road_of(&o, id, &road) == 2);
    CHECK(str_find(road.at[1].working, S("Hạnh"), 0) == SIZE_MAX);
    CHECK(str_find(road.at[1].working, S("ba hộ"), 0) != SIZE_MAX);
    CHECK_OK(DO(LEADER, petition_act(w, me, id, &(struct petition_act){.verb = "accept"})));
}
