#include "modules/outgoing/outgoing_test_office.h"

#include "kernel/erase/erase.h"
#include "kernel/file/disk.h"
#include "kernel/file/file.h"
#include "modules/org/org_change.h"
#include "modules/task/task.h"
#include "tests/db.h"

static const struct module *const all_modules[] = {&outgoing_module, &task_module, &thread_module};
static const struct modules app = {all_modules, 3};

static struct err somebody(struct db_write *w, struct unit_id unit, struct str name, uint64_t roles, struct who *who) {
    struct person_id person;
    struct post_id post;
    TRY(org_person_make(w, &(struct org_person_new){.name = name, .address = S("đồng chí")}, &person));
    TRY(org_post_give(w,
                      &(struct org_post_new){.person = person,
                                             .unit = unit,
                                             .title = roles == ROLE_LEADER ? S("Chủ tịch") : S("Chuyên viên"),
                                             .roles = roles,
                                             .signs = roles & ROLE_LEADER ? ORG_SIGN_TM : 0,
                                             .from_on = date_plus(clock_today(), -400)},
                      &post));
    *who = (struct who){0};
    return org_auth.wear(db_reading(w), person, post, clock_today(), who);
}

static struct err unit(struct db_write *w, const char *code, const char *kind, const char *level, struct unit_id parent,
                       struct unit_id *id) {
    return org_unit_make(w,
                         &(struct org_unit_new){.code = str_of(code),
                                                .kind = str_of(kind),
                                                .level = str_of(level),
                                                .name = str_of(code),
                                                .notation = S("MTTQ"),
                                                .parent = parent,
                                                .edge = parent.v ? S("staff") : S("")},
                         id);
}

static struct err make(struct db_write *w, struct bureau *b) {
    TRY(org_seed(w, b->arena));
    TRY(unit(w, "T1", "front", "city", (struct unit_id){0}, &b->organ));
    TRY(unit(w, "T2", "board", "city", b->organ, &b->board));
    TRY(unit(w, "T3", "board", "city", b->organ, &b->other));
    TRY(unit(w, "MT11383", "front", "commune", (struct unit_id){0}, &b->commune));
    TRY(somebody(w, b->organ, S("Hoàng Thị Vân"), ROLE_CLERK, &b->clerk));
    TRY(somebody(w, b->organ, S("Lê Thị Thảo"), ROLE_CLERK, &b->second_clerk));
    TRY(somebody(w, b->organ, S("Đào Công"), ROLE_LEADER, &b->chair));
    TRY(somebody(w, b->board, S("Phạm Ngọc Sơn"), ROLE_HEAD, &b->head));
    TRY(somebody(w, b->board, S("Trần Minh"), ROLE_OFFICER, &b->officer));
    TRY(somebody(w, b->other, S("Phạm Lan"), ROLE_OFFICER, &b->stranger));
    return somebody(w, b->commune, S("Lê Thị Hoa"), ROLE_CLERK | ROLE_LEADER, &b->commune_clerk);
}

struct err bureau_begin(struct bureau *b, const struct who *who, struct db_write **w) {
    TRY(db_begin_write(b->db, b->arena, w));
    db_actor_set(*w, &(struct db_actor){.person = who->person.v, .post = who->post.v});
    return OK;
}

struct err bureau_end(struct db_write *w, struct err e) {
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

struct err bureau_open(struct db *db, struct arena *arena, struct bureau *b) {
    struct db_write *w;
    *b = (struct bureau){.db = db, .arena = arena};
    clock_freeze(date_at((struct date){2026, 11, 30}, 9, 0));
    erase_use(&app);
    TRY(file_store_open(test_dir(arena), 100 << 20, &(struct read_limits){0}));
    TRY(db_begin_write(db, arena, &w));
    return bureau_end(w, make(w, b));
}

struct outgoing_typed bureau_typed(struct bureau *b) {
    int64_t *units = arena_take(b->arena, int64_t, 2);
    units[0] = b->commune.v;
    units[1] = b->other.v;
    return (struct outgoing_typed){.type = S("CV"),
                                   .route = S("full"),
                                   .field = S("an-sinh"),
                                   .subject = S("V/v rà soát hộ nghèo"),
                                   .addressee = S("Ban Thường trực các xã"),
                                   .body = S("Đề nghị rà soát.\nTrân trọng./."),
                                   .recipients = S("- Như trên;\n- Lưu: VT."),
                                   .outside = S("Sở Y tế\n\nSở Y tế\n"),
                                   .signer = b->chair.post.v,
                                   .units = {units, 2},
                                   .is_open = true,
                                   .reply_on = date_plus(clock_today(), 10)};
}

struct outgoing_paper bureau_paper(struct bureau *b) {
    static const char bytes[] = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";
    struct outgoing_paper paper = {.name = S("ban-ky.pdf"), .size = sizeof bytes - 1};
    struct db_write *w;
    char hex[65];
    file_disk_sha256(S("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"), hex);
    paper.sha256 = str_copy(b->arena, str_of(hex));
    if (!db_begin_write(b->db, b->arena, &w).why) {
        err_ignore(bureau_end(w, file_keep_bytes(w, b->arena, str_of(bytes), &paper.file)));
    }
    return paper;
}

struct outgoing_by_id_row bureau_row(struct bureau *b, struct outgoing_doc_id id) {
    struct db_read *r;
    struct outgoing_by_id_row *row = NULL, none = {0};
    if (db_begin_read(b->db, b->arena, &r).why) {
        return none;
    }
    err_ignore(outgoing_by_id(r, (struct outgoing_by_id_in){id}, &row));
    db_end_read(r);
    return row ? *row : none;
}

struct err bureau_document(struct bureau *b, enum bureau_stage stage, struct outgoing_doc_id *id) {
    struct outgoing_typed typed = bureau_typed(b);
    const struct who *approvers[] = {&b->head, &b->clerk, &b->chair};
    TRY(BUREAU(b, &b->officer, outgoing_draft(w, &b->officer, &typed, id)));
    if (stage >= BUREAU_SUBMITTED) {
        TRY(BUREAU(b, &b->officer, outgoing_submit(w, &b->officer, *id)));
    }
    struct str hash = bureau_row(b, *id).draft_hash;
    for (size_t i = 0; stage >= BUREAU_APPROVED && i < 3; i++) {
        TRY(BUREAU(b, approvers[i], outgoing_approve(w, approvers[i], *id, hash, S(""))));
    }
    if (stage >= BUREAU_NUMBERED) {
        TRY(BUREAU(b, &b->clerk, outgoing_number(w, &b->clerk, *id, (struct outgoing_number_id){0})));
    }
    if (stage >= BUREAU_ISSUED) {
        struct outgoing_issue issue = {.paper = bureau_paper(b), .pages = 1};
        TRY(BUREAU(b, &b->clerk, outgoing_issue(w, &b->clerk, *id, &issue)));
    }
    return OK;
}

int64_t bureau_count(struct bureau *b, const struct who *who, enum outgoing_box box) {
    struct db_read *r;
    struct outgoing_counts counts;
    if (db_begin_read(b->db, b->arena, &r).why) {
        return -1;
    }
    struct err e = outgoing_counts(r, who->post, clock_today(), &counts);
    db_end_read(r);
    return e.why ? -1 : counts.n[box];
}

static bool is_list(struct bureau *b, const struct who *who, enum outgoing_box box) {
    struct outgoing_asked asked = {.box = box, .type = S(""), .limit = 50, .today = clock_today()};
    struct outgoing_rows rows;
    struct db_read *r;
    if (db_begin_read(b->db, b->arena, &r).why) {
        return false;
    }
    struct err e = outgoing_list(r, who->post, &asked, &rows);
    db_end_read(r);
    bool is_open_end = box == OUTGOING_BOX_ISSUED || box == OUTGOING_BOX_GOT;
    return !e.why && (is_open_end || (int64_t)rows.all.n == bureau_count(b, who, box));
}

bool bureau_counts_are_lists(struct bureau *b) {
    const struct who *all[] = {&b->clerk,   &b->second_clerk, &b->chair,        &b->head,
                               &b->officer, &b->stranger,     &b->commune_clerk};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        for (enum outgoing_box box = 0; box < OUTGOING_BOXES; box++) {
            if (!is_list(b, all[i], box)) {
                return false;
            }
        }
    }
    return true;
}

struct outgoing_delivery_id bureau_delivery(struct bureau *b, struct outgoing_doc_id id, const char *kind) {
    struct db_read *r;
    struct outgoing_deliveries_rows rows = {0};
    struct outgoing_delivery_id found = {0};
    if (!db_begin_read(b->db, b->arena, &r).why) {
        err_ignore(
            outgoing_deliveries(r, (struct outgoing_deliveries_in){.doc = id, .state = S(""), .place = S("")}, &rows));
        db_end_read(r);
    }
    for (size_t i = 0; i < rows.n; i++) {
        found = str_eq(rows.at[i].kind, str_of(kind)) ? rows.at[i].id : found;
    }
    return found;
}
