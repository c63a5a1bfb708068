/* How an answered form becomes a dossier: whose it is, what is kept where, and which promises begin. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/fill/fill.h"
#include "kernel/page/json.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/receipt/receipt.h"
#include "modules/service/service_inside.h"

#include "base/banned.h"

#define CITY "31"

struct str service_prefix(struct arena *a, struct str unit_code) {
    return receipt_prefix(a, unit_code);
}

/* The first place the person names: where they live, or where it happened. A committee that was asked for by name comes
   first. */
static struct str place_of(const struct service_form *f, const struct fields_state *s) {
    for (size_t i = 0; i < s->all.n; i++) {
        const struct fields_answer *x = &s->all.at[i];
        if (f->has_commune && x->item->kind == FIELDS_PLACE && x->is_shown && x->text.len) {
            return x->text;
        }
    }
    return S("");
}

static struct str unit_of(const struct fields_state *s) {
    for (size_t i = 0; i < s->all.n; i++) {
        const struct fields_answer *x = &s->all.at[i];
        if (x->item->kind == FIELDS_ORG && x->is_shown && str_starts(x->text, S("MT"))) {
            return x->text;
        }
    }
    return S("");
}

struct err service_receiver(struct db_read *db, const struct service_form *f, const struct fields_state *s,
                            struct unit_id *organ) {
    struct str asked = unit_of(s), place = place_of(f, s);
    struct str code = asked.len ? asked : str_format(db_arena(db), "MT%.*s", STR_ARG(place.len ? place : S(CITY)));
    TRY(org_unit_by_code(db, code, organ));
    if (!organ->v) {
        TRY(org_unit_by_code(db, S("MT" CITY), organ));
    }
    return organ->v ? OK
                    : REFUSE(ERR_MISSING, "", "Chưa có nơi nhận cho hồ sơ này. Mời gọi điện đến Mặt trận thành phố.");
}

static struct str first_answer(const struct fields_state *s, const char *const *names) {
    for (; *names; names++) {
        const struct fields_answer *x = fields_answer_named(s, str_of(*names));
        if (x && x->is_shown && x->text.len) {
            return x->text;
        }
    }
    return S("");
}

/* Open and basic answers in one object, sensitive ones in the other. */
static struct str kept_json(struct arena *a, const struct service_form *f, const struct fields_state *s,
                            bool is_sensitive) {
    struct fields_said_list kept = fill_kept(s);
    struct buf b = buf_in(a);
    size_t n = 0;
    BUF_LIT(&b, "{");
    for (size_t i = 0; i < kept.n; i++) {
        if (service_is_sensitive(f, kept.at[i].name) == is_sensitive) {
            buf_put(&b, n++ ? S(",") : S(""));
            json_str(&b, kept.at[i].name);
            BUF_LIT(&b, ":");
            json_str(&b, kept.at[i].typed);
        }
    }
    BUF_LIT(&b, "}");
    return buf_str(&b);
}

static struct err give_rights(struct db_write *db, int64_t id, struct unit_id organ) {
    static const struct {
        enum role role;
        unsigned can;
    } all[] = {{ROLE_CLERK, CAN_READ | CAN_ACT | CAN_MANAGE},
               {ROLE_OFFICER, CAN_READ | CAN_ACT},
               {ROLE_HEAD, CAN_READ | CAN_ACT | CAN_MANAGE},
               {ROLE_LEADER, CAN_READ | CAN_ACT | CAN_MANAGE | CAN_APPROVE}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        int64_t group;
        TRY(org_group(db_reading(db), organ, all[i].role, &group));
        TRY(access_give(
            db, &(struct access_grant_new){.kind = S("service"), .record = id, .principal = group, .can = all[i].can}));
    }
    return OK;
}

static bool is_for_one(const struct fields_item *k) {
    for (size_t i = 0; i < k->rule.filters.n; i++) {
        if (str_eq(k->rule.filters.at[i], S("free"))) {
            return true;
        }
    }
    return false;
}

/* Of two who ask for one hour the first has it. */
static struct err take_what_is_single(struct db_write *db, const struct service_new *n) {
    for (size_t i = 0; i < n->state->all.n; i++) {
        const struct fields_answer *x = &n->state->all.at[i];
        if (!x->is_shown || !x->text.len || !is_for_one(x->item)) {
            continue;
        }
        struct err e = service_taken_add(
            db, (struct service_taken_add_in){.list = x->item->rule.list, .code = x->text, .dossier = {n->id}}, NULL);
        if (err_is(e, ERR_CONFLICT)) {
            return REFUSE(ERR_CONFLICT, "", "Giờ đã chọn vừa có người khác đặt. Mời quay lại chọn giờ khác.");
        }
        TRY(e);
    }
    return OK;
}

static struct err dossier_add(struct db_write *db, const struct service_new *n) {
    static const char *const names[] = {"bao_ho_ten", "ho_ten", "nguoi_lien_he", "ten", NULL};
    static const char *const phones[] = {"bao_dien_thoai", "dien_thoai", NULL};
    struct arena *a = db_write_arena(db);
    struct str name = first_answer(n->state, names), secret = kept_json(a, n->form, n->state, true);
    bool is_staff = n->by && n->by->post.v;
    struct service_dossier_add_in in = {.id = {n->id},
                                        .code = n->code,
                                        .procedure = n->form->code,
                                        .form_version = n->form->version,
                                        .organ = n->organ.v,
                                        .applicant = name.len ? name : S("Không ghi tên"),
                                        .phone = first_answer(n->state, phones),
                                        .channel = n->channel,
                                        .entered_by = is_staff ? n->by->post.v : 0,
                                        .entered_name = is_staff ? n->by->name : S(""),
                                        .answers = kept_json(a, n->form, n->state, false),
                                        .due_key = S(SERVICE_NEVER),
                                        .made_at = clock_now()};
    TRY(service_dossier_add(db, in, NULL));
    return secret.len > 2
               ? service_secret_add(db, (struct service_secret_add_in){.dossier = {n->id}, .answers = secret}, NULL)
               : OK;
}

struct err service_submit(struct db_write *db, const struct service_new *n) {
    struct service_case c;
    struct arena *a = db_write_arena(db);
    TRY(dossier_add(db, n));
    TRY(take_what_is_single(db, n));
    TRY(give_rights(db, n->id, n->organ));
    TRY(service_case_any(db_reading(db), n->id, &c));
    TRY(service_clocks_dated(db, &c, n->state));
    TRY(service_clocks_begin(db, &c, S("submitted")));
    struct str words = str_format(a, "%.*s: hồ sơ mới %.*s", STR_ARG(c.form->short_name), STR_ARG(n->code));
    int64_t clerks;
    TRY(org_group(db_reading(db), n->organ, ROLE_CLERK, &clerks));
    return service_done(
        db, &c, n->by,
        &(struct service_deed){
            .verb = "service.submit", .step = S("submitted"), .to = clerks, .words = words, .is_of_person = true});
}
