/* What becomes of an article: moves between its states, by the people who may make them. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"
#include "modules/portal/portal.h"
#include "modules/portal/portal_check.h"
#include "modules/portal/portal_queries.h"
#include "modules/thread/thread.h"

#include <string.h>

#define APPROVERS (ROLE_LEADER | ROLE_HEAD)

const struct move portal_stage_moves[] = {
    {"submission", "Gửi duyệt", "draft|returned", "submitted", 0, CAN_MANAGE, NULL},
    {"recall", "Rút lại để sửa", "submitted|approved", "draft", 0, CAN_MANAGE, NULL},
    {"return", "Trả lại", "submitted|approved", "returned", APPROVERS, CAN_APPROVE, NULL},
    {"approval", "Duyệt", "submitted", "approved", APPROVERS, CAN_APPROVE, NULL},
    {NULL, NULL, NULL, NULL, 0, 0, NULL},
};
const struct move portal_state_moves[] = {
    {"withdrawal", "Rút khỏi cổng", "live", "withdrawn", 0, CAN_MANAGE, NULL},
    {NULL, NULL, NULL, NULL, 0, 0, NULL},
};
const struct move portal_proposal_moves[] = {
    {"taking", "Đưa lên trang thành phố", "asked|refused", "taken", APPROVERS, CAN_APPROVE, NULL},
    {"refusal", "Không đưa lên", "asked|taken", "refused", APPROVERS, CAN_APPROVE, NULL},
    {NULL, NULL, NULL, NULL, 0, 0, NULL},
};

const struct thread_verb portal_verbs[] = {
    {"portal.add", "Bắt đầu viết.", false},
    {"portal.change", "Sửa bài.", true},
    {"portal.submission", "Gửi duyệt.", false},
    {"portal.recall", "Rút lại để sửa.", false},
    {"portal.return", "Trả lại.", false},
    {"portal.approval", "Duyệt.", false},
    {"portal.live", "Đăng lên cổng.", false},
    {"portal.withdrawal", "Rút khỏi cổng.", false},
    {"portal.taking", "Đưa lên trang thành phố.", false},
    {"portal.refusal", "Không đưa lên trang thành phố.", false},
    {NULL, NULL, false},
};

struct moving {
    struct db_write *db;
    const struct who *who; /* NULL: the system, at the time that was set */
    struct portal_article_by_id_row *article;
    struct portal_version_by_id_row *text;
    const struct portal_said *said;
    const char *verb;
};

static bool is(struct str s, const char *word) { return str_eq(s, str_of(word)); }

/* Told to a principal, in words, with the way to the article. */
static struct err tell(const struct moving *m, int64_t to, struct str words) {
    struct buf body = buf_in(db_write_arena(m->db));
    BUF_LIT(&body, "{\"words\":");
    json_str(&body, words);
    buf_printf(&body, ",\"path\":\"/portal/office/%lld\"}", (long long)m->article->id.v);
    return act_done(m->db, &(struct act){.verb = str_format(db_write_arena(m->db), "portal.%s", m->verb),
                                         .record = m->article->id.v,
                                         .to = to,
                                         .body = buf_str(&body)});
}

static struct err note(const struct moving *m, struct str text) {
    struct thread_new step = {.kind = S("portal"),
                              .record = m->article->id.v,
                              .verb =
                                  str_z(db_write_arena(m->db), str_format(db_write_arena(m->db), "portal.%s", m->verb)),
                              .text = text};
    return thread_add(m->db, m->who, &step, NULL);
}

static struct err stale(const struct moving *m) {
    return org_stale_audited(db_reading(m->db), m->said->version,
                             &(struct audit){.kind = S("portal"), .record = m->article->id.v});
}

static struct err stage_set(const struct moving *m, const char *stage, struct str approver) {
    int64_t changed = 0;
    TRY(portal_stage_set(m->db,
                         (struct portal_stage_set_in){.id = m->article->id,
                                                      .stage = str_of(stage),
                                                      .approver = approver,
                                                      .version = m->said->version,
                                                      .changed_at = clock_now()},
                         &changed));
    return changed ? OK : stale(m);
}

/* All faults of the text at once, as faults of the form. */
static struct err check_text(const struct moving *m) {
    struct portal_faults faults;
    struct arena *a = db_write_arena(m->db);
    TRY(portal_faults_of(db_reading(m->db), m->text, &faults));
    if (!faults.n) {
        return OK;
    }
    struct buf b = buf_in(a);
    for (size_t i = 0; i < faults.n; i++) {
        buf_put(&b, i ? S(" ") : S(""));
        buf_put(&b, faults.at[i].words);
    }
    return err_refuse(a, ERR_INVALID, "", "%.*s", STR_ARG(buf_str(&b)));
}

/* ---- Going live */

static struct err shown_put(const struct moving *m, int64_t site, int64_t place) {
    return portal_shown_put(
        m->db,
        (struct portal_shown_put_in){
            .site = site, .article = m->article->id, .place = place, .category = m->article->category},
        NULL);
}

static struct err show_everywhere(const struct moving *m, int64_t place) {
    struct portal_city_row *city;
    TRY(shown_put(m, m->article->site.v, place));
    if (is(m->article->reach, "communes")) {
        TRY(shown_put(m, 0, place));
    } else {
        TRY(portal_shown_drop_at(m->db, (struct portal_shown_drop_at_in){.article = m->article->id, .site = 0}, NULL));
    }
    TRY(portal_city(db_reading(m->db), &city));
    if (city && is(m->article->proposal, "taken") && city->id.v != m->article->site.v) {
        TRY(shown_put(m, city->id.v, place));
    }
    return OK;
}

static struct err go_live(struct moving *m, int64_t version) {
    struct portal_article_by_id_row *a = m->article;
    struct instant now = clock_now();
    int64_t place = a->place ? a->place : id_new(), changed = 0;
    m->verb = "live";
    TRY(portal_version_live(m->db, (struct portal_version_live_in){.id = m->text->id, .live_at = now}, NULL));
    TRY(portal_article_live(m->db,
                            (struct portal_article_live_in){.id = a->id,
                                                            .title = m->text->title,
                                                            .place = place,
                                                            .first_at = a->first_at.ms ? a->first_at : now,
                                                            .live_at = now,
                                                            .version = version},
                            &changed));
    if (!changed) {
        return stale(m);
    }
    TRY(show_everywhere(m, place));
    TRY(portal_changed(m->db));
    TRY(note(m, S("")));
    return tell(m, m->text->made_by, str_format(db_write_arena(m->db), "Đã đăng: %.*s", STR_ARG(m->text->title)));
}

struct err portal_publish_due(struct db_write *db, int64_t *published) {
    struct portal_due_rows rows;
    TRY(portal_due(db_reading(db), (struct portal_due_in){.now = clock_now()}, &rows));
    *published = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        struct portal_said said = {.version = rows.at[i].version};
        struct moving m = {.db = db, .said = &said};
        TRY(portal_article_by_id(db_reading(db), (struct portal_article_by_id_in){.id = rows.at[i].id}, &m.article));
        TRY(portal_version_now(db_reading(db), m.article, &m.text));
        TRY(go_live(&m, rows.at[i].version));
    }
    return OK;
}

/* ---- The moves */

static struct err submit(struct moving *m) {
    struct arena *a = db_write_arena(m->db);
    struct portal_city_row *city;
    int64_t to = 0;
    TRY(check_text(m));
    TRY(portal_city(db_reading(m->db), &city));
    bool is_city = city && city->unit == m->article->unit, asks_city = m->said->asks_city && city && !is_city;
    if (asks_city || (m->said->proposes && city && !is_city)) {
        TRY(access_give(m->db, &(struct access_grant_new){.kind = S("portal"),
                                                          .record = m->article->id.v,
                                                          .principal = city->unit,
                                                          .can = CAN_READ | CAN_APPROVE}));
    }
    TRY(stage_set(m, "submitted", asks_city ? S("city") : S("own")));
    if (m->said->proposes && !is_city && !is(m->article->proposal, "taken")) {
        TRY(portal_proposal_set(m->db,
                                (struct portal_proposal_set_in){.id = m->article->id,
                                                                .proposal = S("asked"),
                                                                .version = m->said->version + 1,
                                                                .changed_at = clock_now()},
                                NULL));
    }
    struct unit_id organ = {asks_city ? city->unit : m->article->unit};
    TRY(org_group(db_reading(m->db), organ, ROLE_LEADER, &to));
    TRY(note(m, S("")));
    return tell(m, to, str_format(a, "Chờ duyệt: %.*s", STR_ARG(m->text->title)));
}

static struct err recall(struct moving *m) {
    TRY(stage_set(m, "draft", S("own")));
    TRY(portal_version_approve(m->db, (struct portal_version_approve_in){.id = m->text->id}, NULL));
    TRY(note(m, S("")));
    return tell(m, m->text->made_by, S(""));
}

static struct err give_back(struct moving *m) {
    if (!m->said->reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Ghi bài cần sửa gì, để người viết sửa được.");
    }
    TRY(stage_set(m, "returned", S("own")));
    TRY(portal_version_approve(m->db, (struct portal_version_approve_in){.id = m->text->id}, NULL));
    TRY(note(m, m->said->reason));
    return tell(m, m->text->made_by, str_format(db_write_arena(m->db), "Trả lại: %.*s", STR_ARG(m->text->title)));
}

static struct err approve(struct moving *m) {
    const struct who *who = m->who;
    struct portal_version_by_id_row *v = m->text;
    struct instant now = clock_now(), at = m->said->publish_at;
    if (v->made_by == who->post.v) {
        return REFUSE(ERR_DENIED, "", "Người viết không tự duyệt bài của mình. Mời người khác duyệt.");
    }
    if (at.ms && at.ms <= now.ms) {
        return REFUSE(ERR_INVALID, "publish_on", "Giờ đăng đã qua. Để trống nếu muốn đăng ngay.");
    }
    TRY(check_text(m));
    TRY(stage_set(m, "approved", m->article->approver));
    TRY(portal_version_approve(
        m->db,
        (struct portal_version_approve_in){
            .id = v->id, .approved_by = who->post.v, .approved_name = who->name, .approved_at = now, .publish_at = at},
        NULL));
    TRY(note(m, S("")));
    TRY(tell(m, at.ms ? v->made_by : 0,
             at.ms ? str_format(db_write_arena(m->db), "Đã duyệt, chờ giờ đăng: %.*s", STR_ARG(v->title)) : S("")));
    return at.ms ? OK : go_live(m, m->said->version + 1);
}

static struct err withdraw(struct moving *m) {
    int64_t changed = 0;
    if (!m->said->reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Ghi vì sao rút bài. Người mở địa chỉ cũ sẽ đọc lý do này.");
    }
    if (m->said->instead.len && !str_starts(m->said->instead, S("/portal/"))) {
        return REFUSE(ERR_INVALID, "instead", "Địa chỉ bài thay thế bắt đầu bằng /portal/.");
    }
    TRY(portal_article_withdraw(m->db,
                                (struct portal_article_withdraw_in){.id = m->article->id,
                                                                    .withdrawn_at = clock_now(),
                                                                    .withdrawn_by = m->who->name,
                                                                    .reason = m->said->reason,
                                                                    .instead = m->said->instead,
                                                                    .version = m->said->version},
                                &changed));
    if (!changed) {
        return stale(m);
    }
    TRY(portal_shown_drop(m->db, (struct portal_shown_drop_in){.article = m->article->id}, NULL));
    TRY(portal_changed(m->db));
    TRY(note(m, m->said->reason));
    return tell(m, m->text->made_by, str_format(db_write_arena(m->db), "Đã rút: %.*s", STR_ARG(m->article->title)));
}

static struct err propose_end(struct moving *m, const char *proposal) {
    struct portal_city_row *city;
    int64_t changed = 0;
    TRY(portal_city(db_reading(m->db), &city));
    if (!city || city->unit != m->who->organ.v) {
        return FAIL(ERR_DENIED, "only the city's committee decides what stands on its site");
    }
    TRY(portal_proposal_set(
        m->db,
        (struct portal_proposal_set_in){
            .id = m->article->id, .proposal = str_of(proposal), .version = m->said->version, .changed_at = clock_now()},
        &changed));
    if (!changed) {
        return stale(m);
    }
    if (!strcmp(proposal, "taken") && is(m->article->state, "live")) {
        TRY(shown_put(m, city->id.v, m->article->place));
    } else {
        TRY(portal_shown_drop_at(m->db, (struct portal_shown_drop_at_in){.article = m->article->id, .site = city->id.v},
                                 NULL));
    }
    TRY(portal_changed(m->db));
    TRY(note(m, S("")));
    return tell(m, m->text->made_by,
                str_format(db_write_arena(m->db),
                           strcmp(proposal, "taken") ? "Thành phố không đưa lên trang: %.*s"
                                                     : "Thành phố đã đưa lên trang: %.*s",
                           STR_ARG(m->article->title)));
}

static struct err take(struct moving *m) { return propose_end(m, "taken"); }
static struct err refuse(struct moving *m) { return propose_end(m, "refused"); }

struct err portal_move(struct db_write *db, const struct who *who, struct portal_article_id id, const char *verb,
                       const struct portal_said *said) {
    static const struct {
        const char *verb;
        struct err (*make)(struct moving *m);
    } makers[] = {{"submission", submit},   {"recall", recall}, {"return", give_back}, {"approval", approve},
                  {"withdrawal", withdraw}, {"taking", take},   {"refusal", refuse}};
    struct moving m = {.db = db, .who = who, .said = said, .verb = verb};
    TRY(portal_find(db_reading(db), who, id.v, &m.article));
    const struct move *move = move_named(portal_stage_moves, verb);
    struct str from = m.article->stage;
    if (!move && (move = move_named(portal_state_moves, verb))) {
        from = m.article->state;
    } else if (!move && (move = move_named(portal_proposal_moves, verb))) {
        from = m.article->proposal;
    }
    if (!move) {
        return FAIL(ERR_MISSING, "no such move");
    }
    TRY(move_check(db_reading(db), move, who, id.v, from));
    TRY(portal_version_now(db_reading(db), m.article, &m.text));
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        if (!strcmp(makers[i].verb, verb)) {
            return makers[i].make(&m);
        }
    }
    return FAIL(ERR_BROKEN, "a move that nobody makes");
}
