/* Definitions as the program has them, and a dossier on its road. */
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "kernel/db/id.h"
#include "kernel/file/disk.h"
#include "kernel/rights/access.h"
#include "modules/org/org_change.h"
#include "modules/receipt/receipt.h"
#include "modules/service/service_inside.h"
#include "modules/service/service_letter.h"
#include "read/json.h"
#include "tests/db.h"

FACTS(service_test_versions, "modules/service/procedures.tsv");

TEST("a version of a procedure is the file it was when it was published") {
    enum { CELLS = 3 };
    struct str rest = FACTS_STR(service_test_versions), cell[CELLS], name, json;
    size_t n = 0;
    for (; facts_next(&rest, cell, CELLS); n++) {
        char hex[65];
        CHECK_OR_RETURN(service_form_file(n, &name, &json));
        file_disk_sha256(json, hex);
        CHECK_STR(name, cell[0]);
        CHECK_STR(str_of(hex), cell[2]);
    }
    CHECK(n >= 11 && !service_form_file(n, &name, &json));
}

/* Every step is reached from the one where it is received, or is where the machine begins. */
static size_t reach(const struct service_form *f, struct str id, bool *seen) {
    size_t n = 0;
    for (size_t i = 0; i < f->steps.n; i++) {
        if (str_eq(f->steps.at[i].id, id) && !seen[i]) {
            seen[i] = true;
            n = 1;
            for (size_t k = 0; k < f->steps.at[i].next.n; k++) {
                n += reach(f, f->steps.at[i].next.at[k], seen);
            }
        }
    }
    return n;
}

TEST(
    "every procedure is read by somebody: it is received, each step is reached and leads to an end, each letter can be "
    "written") {
    struct service_heads heads = service_heads(arena);
    CHECK(heads.all.n == 11);
    size_t letters = 0, steps = 0;
    for (size_t i = 0; i < heads.all.n; i++) {
        struct service_form *f;
        CHECK_OK(service_form_load(arena, heads.all.at[i].code, 0, &f));
        bool *seen = arena_take(arena, bool, f->steps.n + 1);
        CHECK(service_step_first(f) != NULL);
        CHECK(reach(f, f->steps.at[0].id, seen) + reach(f, service_step_first(f)->id, seen) == f->steps.n);
        for (size_t k = 0; k < f->steps.n; k++) {
            CHECK(f->steps.at[k].next.n > 0);
            CHECK(!f->steps.at[k].clock.len || service_clock_of(f, f->steps.at[k].clock));
        }
        for (size_t k = 0; k < f->letters.n; k++) {
            for (size_t p = 0; p < f->letters.at[k].placeholders.n; p++) {
                struct str name = f->letters.at[k].placeholders.at[p];
                CHECK(!str_eq(service_placeholder_label(name), name));
            }
        }
        letters += f->letters.n - 4;
        steps += f->steps.n;
    }
    CHECK(letters == 45 && steps == 70);
}

/* ---- The cases of the definitions */

static struct str file_of(struct arena *a, const char *path) {
    struct buf b = buf_in(a);
    FILE *f = fopen(path, "rb");
    for (size_t n = 1; f && n; b.len += n) {
        buf_reserve(&b, 1 << 16);
        n = fread(b.at + b.len, 1, 1 << 16, f);
    }
    if (f) {
        fclose(f);
    }
    return buf_str(&b);
}

/* What is required now has no answer yet, and says so. */
static size_t check_required(const struct fields_state *s, const struct json_value *list) {
    size_t n = 0;
    for (; n < json_count(list); n++) {
        const struct fields_answer *x = fields_answer_named(s, json_text_of(json_item(list, n)));
        CHECK(x && x->is_shown && (x->fault.len > 0 || x->text.len > 0));
    }
    return n;
}

/* Of what was answered nothing is wrong, or just the field that is named. */
static size_t check_valid(const struct fields_state *s, const struct json_value *expect) {
    struct str field = json_member_text(expect, "field");
    bool valid = true;
    if (field.len) {
        const struct fields_answer *x = fields_answer_named(s, field);
        CHECK(x && x->fault.len > 0);
        return 1;
    }
    if (!json_bool_of(json_member(expect, "valid"), &valid) || !valid) {
        return 0;
    }
    for (size_t i = 0; i < s->all.n; i++) {
        bool is_listed = s->all.at[i].item->kind >= FIELDS_LIST && s->all.at[i].item->kind <= FIELDS_SLOT;
        CHECK(is_listed || !s->all.at[i].typed.len || !s->all.at[i].fault.len);
    }
    return 1;
}

static size_t check_pages(const struct service_form *f, const struct fields_state *s, const struct json_value *list) {
    size_t n = 0;
    for (; n < json_count(list); n++) {
        for (size_t i = 0; i < f->form->pages.n; i++) {
            CHECK(!str_eq(f->form->pages.at[i].id, json_text_of(json_item(list, n))) || !s->page_is_shown[i]);
        }
    }
    return n;
}

/* "visit 2026-12-22": days that are counted from one of those. */
static size_t check_clocks(struct db *db, struct arena *arena, const struct service_form *f, struct str event,
                           const struct json_value *clocks) {
    struct date on, due;
    struct db_read *r;
    size_t n = 0;
    if (event.len < 10 || !date_read_iso(str_slice(event, event.len - 10, event.len), &on)) {
        return 0;
    }
    CHECK(!db_begin_read(db, arena, &r).why);
    for (const char *name = json_name_after(clocks, NULL); name; name = json_name_after(clocks, name)) {
        const struct service_clock_def *def = service_clock_of(f, str_of(name));
        struct deadline d;
        if (!def || !date_read_iso(json_member_text(clocks, name), &due)) {
            continue;
        }
        CHECK(!service_clock_count(r, def, &(struct service_clocks_row){.start_at = date_start(on)}, &d).why);
        CHECK_STR(date_iso(arena, d.due_on), date_iso(arena, due));
        n++;
    }
    db_end_read(r);
    return n;
}

TEST_DB("the cases of the definitions come out as they say") {
    static const char *const files[] = {
        "01_nha_dai_doan_ket",       "02_ho_tro_dot_xuat",          "03_dang_ky_ung_ho",
        "04_dat_lich_tiep_cong_dan", "05_gui_don_phan_anh",         "06_gop_y_du_thao",
        "07_de_nghi_giam_sat",       "08_de_nghi_khen_thuong",      "09_dang_ky_mo_hinh_ngay_hoi",
        "10_kien_nghi_cu_tri",       "11_xac_nhan_tham_gia_to_chuc"};
    static const struct fields_world world = {.today = {2026, 12, 1}};
    size_t cases = 0, checked = 0, at;
    if (access("../shared/data/procedures_own", R_OK) != 0) {
        test_skip("no ../shared/data here");
        return;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct service_form *f;
        struct str path = str_format(arena, "../shared/data/procedures_own/%s.json", files[i]);
        const struct json_value *v = json_read(arena, file_of(arena, str_z(arena, path)), &at);
        const struct json_value *tests = json_member(v, "tests");
        CHECK_OK(service_form_load(arena, json_member_text(v, "code"), 1, &f));
        for (size_t k = 0; k < json_count(tests); k++, cases++) {
            const struct json_value *t = json_item(tests, k), *expect = json_member(t, "expect");
            struct fields_said_list said = {0};
            if (json_member(t, "answers")) {
                CHECK_OK(fields_said_of(arena, json_member(t, "answers"), &said));
                struct fields_state *s = fields_judge(arena, f->form, said, &world);
                checked += check_required(s, json_member(expect, "required_now"));
                checked += check_valid(s, expect);
                checked += check_pages(f, s, json_member(expect, "hidden_pages"));
            }
            checked += check_clocks(db, arena, f, json_member_text(t, "event"), json_member(expect, "clock"));
        }
    }
    CHECK(cases == 37 && checked >= 30);
}

/* ---- A dossier on its road */

struct office {
    struct db_write *w;
    struct unit_id city, commune;
    struct who clerk, chair, other;
};

static struct err post_of(struct office *o, const char *name, struct unit_id unit, enum role role, struct who *who) {
    struct person_id person;
    struct post_id post;
    TRY(org_person_make(o->w, &(struct org_person_new){.name = str_of(name), .address = S("chị")}, &person));
    TRY(org_post_give(
        o->w, &(struct org_post_new){.person = person, .unit = unit, .title = S("Chức danh"), .roles = role}, &post));
    *who = (struct who){.person = person,
                        .post = post,
                        .unit = unit,
                        .organ = unit,
                        .roles = role,
                        .name = str_of(name),
                        .organ_name = S("Ủy ban thử")};
    return OK;
}

static struct err office(struct db *db, struct arena *arena, struct office *o) {
    TRY(db_begin_write(db, arena, &o->w));
    TRY(org_unit_make(
        o->w,
        &(struct org_unit_new){.code = S("MT31"), .kind = S("front"), .level = S("city"), .name = S("Thành phố thử")},
        &o->city));
    TRY(org_unit_make(o->w,
                      &(struct org_unit_new){
                          .code = S("MT11383"), .kind = S("front"), .level = S("commune"), .name = S("Phường thử")},
                      &o->commune));
    TRY(post_of(o, "Lê Thị Hoa", o->commune, ROLE_CLERK, &o->clerk));
    TRY(post_of(o, "Phạm Văn Chủ", o->commune, ROLE_LEADER, &o->chair));
    return post_of(o, "Trần Thị Khác", o->city, ROLE_CLERK, &o->other);
}

#define FIRE                                                                                                            \
    "{\"nguy_hiem\":\"khong\",\"tu_cach\":\"minh\",\"bao_ho_ten\":\"Lương Thị "                                     \
    "Ánh\",\"bao_dien_thoai\":\"0912000345\","                                                                         \
    "\"xa\":\"11383\",\"so_nguoi\":4,\"loai\":\"benh\",\"ngay\":\"2026-11-28\",\"mo_ta\":\"Ốm nặng\",\"benh_ten\":" \
    "\"Suy thận\",\"nhu_cau\":[\"tien\"],\"cach_chi\":\"truc_tiep\",\"cach_nhan\":[\"tai_khoan\"]}"

static struct err send(struct office *o, const char *procedure, const char *json, const char *code, int64_t *id) {
    struct arena *a = db_write_arena(o->w);
    struct service_form *f;
    struct fields_said_list said = {0};
    struct service_new n = {.channel = S("online"), .code = str_of(code), .id = id_new()};
    TRY(service_form_load(a, str_of(procedure), 0, &f));
    TRY(fields_said_read(a, str_of(json), &said));
    TRY(service_judge(db_reading(o->w), f, said, &n.state));
    n.form = f;
    TRY(service_receiver(db_reading(o->w), f, n.state, &n.organ));
    *id = n.id;
    return service_submit(o->w, &n);
}

static struct str state_of(struct office *o, int64_t id) {
    struct service_any_row *row;
    return service_any(db_reading(o->w), (struct service_any_in){.id = {id}}, &row).why || !row ? S("") : row->state;
}

TEST_DB(
    "a dossier goes to the commune named in it, is read there and nowhere else, and keeps what is sensitive apart") {
    struct office o;
    struct service_case c;
    struct service_secret_of_row *secret;
    struct fields_state *s;
    int64_t id;
    CHECK_OK(office(db, arena, &o));
    clock_freeze(date_at((struct date){2026, 12, 1}, 9, 0));
    CHECK_OK(send(&o, "MTTQ.HP.02", FIRE, "11383-261201-0001-A", &id));
    CHECK_OK(service_case_of(db_reading(o.w), &o.clerk, id, &c));
    CHECK(c.row->organ == o.commune.v);
    CHECK_ERR(service_case_of(db_reading(o.w), &o.other, id, &c), ERR_MISSING);
    CHECK_ERR(service_receive(o.w, &(struct service_act){.id = id, .who = &o.other}), ERR_MISSING);
    CHECK(str_find(c.row->answers, S("Suy"), 0) == SIZE_MAX);
    CHECK_OK(service_secret_of(db_reading(o.w), (struct service_secret_of_in){.dossier = {id}}, &secret));
    CHECK(secret && str_find(secret->answers, S("Suy th"), 0) != SIZE_MAX);
    CHECK_OK(service_case_state(db_reading(o.w), &c, true, &s));
    CHECK(s->faults == 0);
    CHECK_STR(c.row->due_key, S("2026-12-01T13:00"));
    clock_freeze((struct instant){0});
    db_rollback(o.w);
}

TEST_DB("received, asked for more once, answered, and done: the clocks start, stand still and go on") {
    struct office o;
    struct service_clocks_rows rows;
    int64_t id, counts[SERVICE_BOXES];
    CHECK_OK(office(db, arena, &o));
    clock_freeze(date_at((struct date){2026, 12, 1}, 9, 0));
    CHECK_OK(send(&o, "MTTQ.HP.02", FIRE, "11383-261201-0001-A", &id));
    struct service_act act = {.id = id, .who = &o.clerk};
    CHECK_ERR(service_advance(o.w, &act, S("xac_minh")), ERR_CONFLICT);
    CHECK_OK(service_receive(o.w, &act));
    CHECK_ERR(service_receive(o.w, &act), ERR_CONFLICT);
    CHECK_OK(service_clocks(db_reading(o.w), (struct service_clocks_in){.dossier = {id}}, &rows));
    CHECK_OR_RETURN(rows.n == 3);
    CHECK_STR(rows.at[0].state, S("met"));
    CHECK_STR(date_iso(arena, rows.at[2].due_on), S("2026-12-04"));
    CHECK_ERR(service_supplement(o.w, &act), ERR_INVALID);
    act.note = S("Cần giấy ra viện.");
    CHECK_OK(service_supplement(o.w, &act));
    CHECK_OK(service_box_counts(db_reading(o.w), &o.clerk, counts));
    CHECK(counts[SERVICE_BOX_ASKED] == 1 && counts[SERVICE_BOX_OPEN] == 0 && counts[SERVICE_BOX_LATE] == 0);
    CHECK_ERR(service_supplement(o.w, &act), ERR_CONFLICT);
    clock_freeze(date_at((struct date){2026, 12, 3}, 9, 0));
    CHECK_OK(service_answer(o.w, id, S("Đã gửi ảnh.")));
    CHECK_ERR(service_answer(o.w, id, S("Lần nữa.")), ERR_CONFLICT);
    CHECK_STR(state_of(&o, id), S("received"));
    CHECK_ERR(service_supplement(o.w, &act), ERR_CONFLICT);
    CHECK_OK(service_clocks(db_reading(o.w), (struct service_clocks_in){.dossier = {id}}, &rows));
    CHECK_STR(rows.at[2].state, S("running"));
    CHECK(date_cmp(rows.at[2].due_on, (struct date){2026, 12, 4}) > 0);
    CHECK_ERR(service_advance(o.w, &act, S("chi")), ERR_CONFLICT);
    CHECK_OK(service_advance(o.w, &act, S("xac_minh")));
    CHECK_OK(service_advance(o.w, &act, S("quyet_dinh")));
    CHECK_OK(service_advance(o.w, &act, S("chi")));
    CHECK_ERR(service_withdraw(o.w, id, S("")), ERR_CONFLICT);
    CHECK_OK(service_advance(o.w, &act, S("done")));
    CHECK_STR(state_of(&o, id), S("done"));
    clock_freeze((struct instant){0});
    db_rollback(o.w);
}

TEST_DB("a refusal wants a reason, an article, a way on, and somebody who may approve; lateness is told once") {
    struct office o;
    int64_t id, told;
    CHECK_OK(office(db, arena, &o));
    clock_freeze(date_at((struct date){2026, 12, 1}, 9, 0));
    CHECK_OK(send(&o, "MTTQ.HP.02", FIRE, "11383-261201-0001-A", &id));
    struct service_act clerk = {.id = id, .who = &o.clerk}, chair = {.id = id, .who = &o.chair};
    struct service_refusal r = {.reason = S("Quá 90 ngày")};
    clock_freeze(date_at((struct date){2026, 12, 2}, 9, 0));
    CHECK_OK(service_tell_late(o.w, &told));
    CHECK(told == 1);
    CHECK_OK(service_tell_late(o.w, &told));
    CHECK(told == 0);
    CHECK_ERR(service_apologize(o.w, &clerk, (struct date){2026, 12, 2}), ERR_INVALID);
    clerk.note = S("Bận bão.");
    CHECK_OK(service_apologize(o.w, &clerk, (struct date){2026, 12, 5}));
    CHECK_ERR(service_refuse(o.w, &chair, &r), ERR_INVALID);
    r.law = S("Quy chế, Điều 3");
    CHECK_ERR(service_refuse(o.w, &chair, &r), ERR_INVALID);
    r.where = S("Hỗ trợ thường xuyên");
    CHECK_ERR(service_refuse(o.w, &clerk, &r), ERR_DENIED);
    CHECK_OK(service_refuse(o.w, &chair, &r));
    CHECK_STR(state_of(&o, id), S("refused"));
    clock_freeze((struct instant){0});
    db_rollback(o.w);
}

TEST_DB("of two people who ask for one hour the first has it, and who withdraws gives it back") {
    static const char asked[] =
        "{\"noi_tiep\":\"MT11383\",\"khung_gio\":\"s1\",\"ho_ten\":\"Ngô Văn A\",\"dien_thoai\":\"0912000345\"}";
    struct office o;
    int64_t first, second;
    CHECK_OK(office(db, arena, &o));
    CHECK_OK(service_list_add(o.w,
                              (struct service_list_add_in){.name = S("slot"),
                                                           .rows = S("s1 | Thứ Tư, 08:00\ns2 | Thứ Tư, 08:30"),
                                                           .changed_at = clock_now()},
                              NULL));
    struct service_form *f;
    CHECK_OK(service_form_load(arena, S("MTTQ.HP.04"), 0, &f));
    CHECK_OK(send(&o, "MTTQ.HP.04", asked, "11383-261201-0001-A", &first));
    struct fields_said_list said = {0};
    struct fields_state *s;
    CHECK_OK(fields_said_read(arena, str_of(asked), &said));
    CHECK_OK(service_judge(db_reading(o.w), f, said, &s));
    const struct fields_answer *hour = fields_answer_named(s, S("khung_gio"));
    CHECK(hour && hour->fault.len > 0);
    CHECK_OK(service_withdraw(o.w, first, S("Bận")));
    CHECK_OK(send(&o, "MTTQ.HP.04", asked, "11383-261201-0002-A", &second));
    db_rollback(o.w);
}
