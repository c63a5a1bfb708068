/* Numbers: one series for each organ, type and year, taken in the transaction that uses them, kept for a paper, or void
   with a reason; never given twice. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/file/disk.h"
#include "kernel/record/series.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"
#include "modules/outgoing/outgoing_rules.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct str outgoing_code(struct arena *a, int64_t number, struct str type, struct str notation) {
    bool is_letter = is(type, "CV");
    return str_format(a, "%02lld/%.*s%s%.*s", (long long)number, STR_ARG(is_letter ? S("") : type),
                      is_letter ? "" : "-", STR_ARG(notation));
}

/* "MTTQ-BTT": who signs for the committee signs as its standing board. */
static struct err notation_of(struct db_read *db, int64_t organ, struct str *notation) {
    struct org_unit unit;
    TRY(org_unit(db, (struct unit_id){organ}, &unit));
    bool is_front = is(unit.kind, "front") && str_find(unit.notation, S("-"), 0) == SIZE_MAX;
    *notation = unit.notation.len
                    ? is_front ? str_format(db_arena(db), "%.*s-BTT", STR_ARG(unit.notation)) : unit.notation
                    : S("MTTQ-BTT");
    return OK;
}

static struct str series_name(struct arena *a, struct str series) {
    return str_format(a, "outgoing.%.*s", STR_ARG(series));
}

struct err outgoing_number_peek(struct db_read *db, const struct who *who, struct str type, struct str *code) {
    struct arena *a = db_arena(db);
    struct outgoing_type t = outgoing_type(a, type);
    struct series series = {series_name(a, t.series), who->organ.v, clock_today().year};
    struct str notation;
    int64_t number;
    TRY(series_peek(db, &series, &number));
    TRY(notation_of(db, who->organ.v, &notation));
    *code = outgoing_code(a, number, type, notation);
    return OK;
}

struct taken {
    struct outgoing_number_id id;
    int64_t number;
    struct str code;
    struct date dated_on;
};

/* A fresh number of today's year. */
static struct err take(struct db_write *db, const struct who *who, struct outgoing_number_insert_in in,
                       struct taken *taken) {
    struct arena *a = db_write_arena(db);
    struct date today = clock_today();
    struct outgoing_type t = outgoing_type(a, in.type);
    struct series series = {series_name(a, t.series), who->organ.v, today.year};
    struct str notation;
    TRY(series_next(db, &series, &in.number));
    TRY(notation_of(db_reading(db), who->organ.v, &notation));
    in.id = (struct outgoing_number_id){id_new()};
    in.organ = who->organ.v;
    in.series = t.series;
    in.year = today.year;
    in.code = outgoing_code(a, in.number, in.type, notation);
    in.dated_on = today;
    in.by_post = who->post.v;
    in.by_name = who->name;
    in.made_at = clock_now();
    *taken = (struct taken){in.id, in.number, in.code, today};
    return outgoing_number_insert(db, in, NULL);
}

static struct err take_reserved(struct db_write *db, const struct outgoing_by_id_row *doc, struct outgoing_number_id id,
                                struct taken *taken) {
    struct outgoing_number_by_id_row *n;
    TRY(outgoing_number_by_id(db_reading(db), (struct outgoing_number_by_id_in){id}, &n));
    if (!n || n->organ != doc->organ || !is(n->state, "reserved") || !str_eq(n->type, doc->type)) {
        return REFUSE(ERR_INVALID, "reserved", "Số này không còn giữ chỗ, hoặc giữ cho loại văn bản khác.");
    }
    if (n->year != clock_today().year) {
        return REFUSE(ERR_INVALID, "reserved", "Số giữ chỗ của năm trước không dùng cho văn bản năm nay.");
    }
    *taken = (struct taken){n->id, n->number, n->code, n->dated_on};
    return outgoing_number_set(
        db, (struct outgoing_number_set_in){.id = n->id, .state = S("used"), .doc = doc->id, .note = n->note}, NULL);
}

/* Ten letters and figures that nobody mistakes for one another, and that say nothing. */
static struct str passport_make(struct arena *a, const struct outgoing_by_id_row *doc) {
    static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    char hex[65], code[11] = {0};
    struct str seed =
        str_format(a, "%lld %lld %.*s", (long long)id_new(), (long long)clock_now().ms, STR_ARG(doc->draft_hash));
    file_disk_sha256(seed, hex);
    for (size_t i = 0; i < 10; i++) {
        unsigned pair = 0;
        for (size_t k = 0; k < 4; k++) {
            char c = hex[i * 4 + k];
            pair = pair * 16 + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
        }
        code[i] = letters[pair % (sizeof letters - 1)];
    }
    return str_copy(a, str_of(code));
}

/* Every step of the route was done in this round, about the version that stands. */
static struct err approvals_hold(struct db_write *db, const struct outgoing_by_id_row *doc) {
    struct outgoing_approvals_of_rows done;
    struct outgoing_steps steps;
    outgoing_route(db_write_arena(db), doc->route, clock_today(), &steps);
    TRY(outgoing_approvals_of(db_reading(db), (struct outgoing_approvals_of_in){doc->id}, &done));
    for (size_t i = 0; i < steps.all.n; i++) {
        bool is_done = false;
        for (size_t k = 0; k < done.n; k++) {
            const struct outgoing_approvals_of_row *r = &done.at[k];
            is_done = is_done || (r->round == doc->round && str_eq(r->step, steps.all.at[i].step) &&
                                  (is(r->act, "approve") || is(r->act, "skip")) && str_eq(r->hash, doc->draft_hash));
        }
        if (!is_done) {
            return err_refuse(db_write_arena(db), ERR_CONFLICT, NULL, "Bản này chưa qua bước “%.*s”.",
                              STR_ARG(steps.all.at[i].title));
        }
    }
    return OK;
}

struct err outgoing_number(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                           struct outgoing_number_id reserved) {
    struct outgoing_by_id_row *doc;
    struct taken taken;
    TRY(outgoing_begin(db, who, id, "number", &doc));
    TRY(approvals_hold(db, doc));
    if (reserved.v) {
        TRY(take_reserved(db, doc, reserved, &taken));
    } else {
        struct outgoing_number_insert_in in = {.type = doc->type, .state = S("used"), .doc = id};
        TRY(take(db, who, in, &taken));
    }
    TRY(outgoing_numbered(db,
                          (struct outgoing_numbered_in){.id = id,
                                                        .number = taken.number,
                                                        .code = taken.code,
                                                        .dated_on = taken.dated_on,
                                                        .passport = passport_make(db_write_arena(db), doc),
                                                        .changed_at = clock_now()},
                          NULL));
    return outgoing_done(db, who, id,
                         &(struct outgoing_deed){.act = "number", .verb = "outgoing.number", .about = taken.code});
}

struct err outgoing_unnumber(struct db_write *db, const struct who *who, struct outgoing_doc_id id, struct str reason) {
    struct outgoing_by_id_row *doc;
    struct outgoing_number_of_doc_row *n;
    TRY(outgoing_begin(db, who, id, "unnumber", &doc));
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do hủy số.");
    }
    TRY(outgoing_number_of_doc(db_reading(db), (struct outgoing_number_of_doc_in){id}, &n));
    if (!n) {
        return FAIL(ERR_BROKEN, "a numbered document without a row in the book");
    }
    TRY(outgoing_number_set(
        db, (struct outgoing_number_set_in){.id = n->id, .state = S("void"), .doc = id, .note = reason}, NULL));
    TRY(outgoing_unnumbered(db, (struct outgoing_unnumbered_in){.id = id, .changed_at = clock_now()}, NULL));
    return outgoing_done(
        db, who, id,
        &(struct outgoing_deed){.act = "unnumber", .verb = "outgoing.unnumber", .about = doc->code, .text = reason});
}

static struct err note_number(struct db_write *db, const char *verb, struct str code, struct str note) {
    struct str after = str_format(db_write_arena(db), "{\"code\":\"%.*s\"}", STR_ARG(code));
    (void)note; /* the book keeps it */
    return audit_note(db, &(struct audit){.verb = str_of(verb), .kind = S("outgoing"), .after = after});
}

struct err outgoing_reserve(struct db_write *db, const struct who *who, struct str type, struct str note,
                            struct outgoing_number_id *id) {
    struct taken taken;
    if (!(who->roles & ROLE_CLERK)) {
        return FAIL(ERR_DENIED, "only a clerk keeps the book");
    }
    if (!outgoing_type(db_write_arena(db), type).code.len) {
        return REFUSE(ERR_INVALID, "type", "Loại văn bản này không có trong danh mục.");
    }
    if (!note.len) {
        return REFUSE(ERR_INVALID, "note", "Mời ghi số này giữ cho văn bản nào.");
    }
    struct outgoing_number_insert_in in = {.type = type, .state = S("reserved"), .note = note};
    TRY(take(db, who, in, &taken));
    *id = taken.id;
    return note_number(db, "outgoing.reserve", taken.code, note);
}

struct err outgoing_number_void(struct db_write *db, const struct who *who, struct outgoing_number_id id,
                                struct str reason) {
    struct outgoing_number_by_id_row *n;
    TRY(outgoing_number_by_id(db_reading(db), (struct outgoing_number_by_id_in){id}, &n));
    if (!n || n->organ != who->organ.v || !(who->roles & ROLE_CLERK)) {
        return FAIL(ERR_MISSING, "no such number of this office, or none of a clerk's");
    }
    if (!is(n->state, "reserved")) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ hủy được số đang giữ chỗ.");
    }
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do hủy số.");
    }
    TRY(outgoing_number_set(db, (struct outgoing_number_set_in){.id = id, .state = S("void"), .note = reason}, NULL));
    return note_number(db, "outgoing.number_void", n->code, reason);
}
