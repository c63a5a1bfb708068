/* The administrator's pages of ways: which boxes have one, how it is set, whether it works, and what waits on it. */
#include "modules/mail/forms.h"
#include "modules/mail/way.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/num.h"

enum { ON_A_PAGE = 40, OWNERS_MOST = 400 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct err mail_ways_get(struct get *g) {
    struct mail_ways_view v = {0};
    struct mail_ways_of_organ_rows rows;
    int64_t after = 0;
    num_read_between(query_param(g->request, S("after")), 1, INT64_MAX, &after);
    TRY(mail_ways_of_organ(
        g->db, (struct mail_ways_of_organ_in){.organ = g->who->organ.v, .after = after, .most = ON_A_PAGE + 1}, &rows));
    if (rows.n > ON_A_PAGE) {
        rows.n = ON_A_PAGE;
        v.pages.older = link_local(g->arena, "/mail/way?after=%lld", (long long)rows.at[rows.n - 1].id.v);
    }
    for (size_t i = 0; i < rows.n; i++) {
        const struct mail_ways_of_organ_row *r = &rows.at[i];
        struct mail_way_line line = {.id = r->id.v,
                                     .box_name = r->box_name,
                                     .address = r->address,
                                     .fault = r->in_fault.len ? r->in_fault : r->out_fault,
                                     .in_good_at = r->in_good_at,
                                     .out_good_at = r->out_good_at,
                                     .is_on = r->is_on,
                                     .is_shared = r->is_shared,
                                     .has_out = r->out_host.len > 0,
                                     .has_in = r->in_host.len > 0};
        LIST_ADD(g->arena, &v.ways, line);
    }
    return answer_mail_ways(g, &v);
}

/* ---- The form */
static struct form *typed_of(struct get *g) { return g->form && g->form->is_refused ? g->form : NULL; }

static struct str port_of(struct arena *a, int64_t port) { return str_format(a, "%lld", (long long)port); }

struct err mail_way_new_get(struct get *g) {
    struct mail_way_form_view v = {.form = form_begin(g->arena, mail_way_fields, typed_of(g))};
    struct org_principals all;
    if (!typed_of(g)) {
        form_set(v.form, "out_port", S("465"));
        form_set(v.form, "in_port", S("993"));
        form_set(v.form, "out_safety", S("tls"));
        form_set(v.form, "in_safety", S("tls"));
        form_set(v.form, "is_on", S("1"));
    }
    TRY(org_assignable(g->db, g->who->organ, S(""), OWNERS_MOST, &all));
    for (size_t i = 0; i < all.n; i++) {
        LIST_ADD(g->arena, &v.owners,
                 (struct pick_option){.id = all.at[i].id, .label = all.at[i].name, .note = all.at[i].words});
    }
    return answer_mail_way_form(g, &v);
}

static struct err way_of(struct db_read *db, struct request *request, const struct who *who,
                         struct mail_way_by_id_row **way) {
    int64_t id;
    TRY(path_id(request, S("way"), &id));
    return mail_way_open(db, who, id, way);
}

/* What the servers refused stands at the field that mends it. */
static void fault_put(struct form *f, const char *end, struct str trial, struct str fault) {
    static const char *const both[] = {"secret", "trusted"};
    struct str words = trial.len ? trial : fault, about = wire_fault_about(words);
    for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
        if (is(about, both[i])) {
            form_fault(f, both[i], "%.*s", STR_ARG(words));
            return;
        }
    }
    if (about.len) {
        form_fault(f, str_z(f->arena, str_format(f->arena, "%s_%.*s", end, STR_ARG(about))), "%.*s", STR_ARG(words));
    }
}

struct err mail_way_edit_get(struct get *g) {
    struct mail_way_by_id_row *w;
    TRY(way_of(g->db, g->request, g->who, &w));
    struct form *f = form_begin_at(g->arena, mail_way_edit_fields, g->form, w->version);
    struct mail_way_form_view v = {.id = w->id.v, .box_name = w->box_name, .form = f};
    form_set(f, "address", w->address);
    form_set(f, "out_host", w->out_host);
    form_set(f, "out_port", port_of(g->arena, w->out_port));
    form_set(f, "out_safety", w->out_safety);
    form_set(f, "in_host", w->in_host);
    form_set(f, "in_port", port_of(g->arena, w->in_port));
    form_set(f, "in_safety", w->in_safety);
    form_set(f, "login", w->login);
    form_set(f, "trusted", w->trusted);
    form_set(f, "is_on", w->is_on ? S("1") : S(""));
    if (!typed_of(g)) {
        fault_put(f, "out", w->trial_out, w->out_fault);
        fault_put(f, "in", w->trial_in, w->in_fault);
    }
    return answer_mail_way_form(g, &v);
}

static struct mail_way_typed read_typed(struct form *f) {
    int64_t out = form_number(f, "out_port"), in = form_number(f, "in_port");
    return (struct mail_way_typed){.is_on = form_flag(f, "is_on"),
                                   .address = form_text(f, "address"),
                                   .out_host = form_text(f, "out_host"),
                                   .out_port = out ? out : 465,
                                   .out_safety = form_text(f, "out_safety"),
                                   .in_host = form_text(f, "in_host"),
                                   .in_port = in ? in : 993,
                                   .in_safety = form_text(f, "in_safety"),
                                   .login = form_text(f, "login"),
                                   .secret = form_text(f, "secret"),
                                   .trusted = str_trim(form_text(f, "trusted"))};
}

struct err mail_way_add_post(struct post *p) {
    int64_t id;
    TRY(form_check(p->form));
    struct mail_way_typed typed = read_typed(p->form);
    typed.owner = form_id(p->form, "owner");
    TRY(mail_way_add(p->db, p->who, &typed, &id));
    flash(p, "Đã đặt đường thư. Mời bấm Thử kết nối.");
    return see_other(p, "/mail/way/%lld", (long long)id);
}

struct err mail_way_edit_post(struct post *p) {
    struct mail_way_by_id_row *w;
    bool is_changed;
    TRY(way_of(db_reading(p->db), p->request, p->who, &w));
    TRY(form_check(p->form));
    struct mail_way_typed typed = read_typed(p->form);
    typed.version = form_version(p->form);
    TRY(mail_way_edit(p->db, p->who, w->id.v, &typed, &is_changed));
    if (!is_changed) {
        return org_stale(db_reading(p->db), typed.version, 0, (struct instant){0});
    }
    flash(p, "Đã lưu đường thư.");
    return see_other(p, "/mail/way/%lld", (long long)w->id.v);
}

/* ---- One way */
static const struct {
    const char *state;
    struct str words, tone;
} state_words[] = {
    {"queued", S_INIT("Chờ gửi"), S_INIT("gold")},
    {"talking", S_INIT("Đang gửi"), S_INIT("blue")},
    {"handing", S_INIT("Đang gửi"), S_INIT("blue")},
    {"sent", S_INIT("Đã giao máy chủ"), S_INIT("green")},
    {"unsure", S_INIT("Chưa rõ"), S_INIT("red")},
    {"failed", S_INIT("Không gửi được"), S_INIT("red")},
    {"dropped", S_INIT("Đã bỏ"), S_INIT("")},
    {"waiting", S_INIT("Chờ gửi"), S_INIT("gold")},
    {"handed", S_INIT("Đã giao máy chủ"), S_INIT("green")},
    {"refused", S_INIT("Không gửi được"), S_INIT("red")},
    {"delayed", S_INIT("Đến chậm"), S_INIT("gold")},
    {"bounced", S_INIT("Không đến"), S_INIT("red")},
    {"came", S_INIT("Đã đến"), S_INIT("green")},
};

static struct str words_of(struct str state, struct str *tone) {
    for (size_t i = 0; i < sizeof state_words / sizeof *state_words; i++) {
        if (is(state, state_words[i].state)) {
            *tone = state_words[i].tone;
            return state_words[i].words;
        }
    }
    return state;
}

static void to_fill(struct arena *a, const struct mail_out_to_of_outs_rows *all, struct mail_queue_line *line) {
    for (size_t i = 0; i < all->n; i++) {
        const struct mail_out_to_of_outs_row *r = &all->at[i];
        if (r->out.v == line->id) {
            struct mail_queue_to to = {.address = r->address};
            to.words = words_of(r->state, &to.tone);
            to.said = r->said.len ? str_format(a, "%.*s %.*s", STR_ARG(r->code), STR_ARG(r->said)) : r->code;
            LIST_ADD(a, &line->to, to);
        }
    }
}

static struct err queue_fill(struct get *g, bool is_all, struct mail_way_view *v) {
    struct mail_outs_of_way_rows rows;
    struct mail_out_to_of_outs_rows to;
    int64_t before = INT64_MAX, ids[ON_A_PAGE];
    num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before);
    TRY(mail_outs_of_way(
        g->db,
        (struct mail_outs_of_way_in){.way = {v->id}, .before = before, .only_open = !is_all, .most = ON_A_PAGE + 1},
        &rows));
    if (rows.n > ON_A_PAGE) {
        rows.n = ON_A_PAGE;
        v->pages.older = link_local(g->arena, "/mail/way/%lld?tab=%s&before=%lld", (long long)v->id,
                                    is_all ? "all" : "open", (long long)rows.at[rows.n - 1].id.v);
    }
    for (size_t i = 0; i < rows.n; i++) {
        ids[i] = rows.at[i].id.v;
    }
    TRY(mail_out_to_of_outs(g->db, (struct mail_out_to_of_outs_in){.outs = {ids, rows.n}}, &to));
    for (size_t i = 0; i < rows.n; i++) {
        const struct mail_outs_of_way_row *r = &rows.at[i];
        bool is_unsure = is(r->state, "unsure"),
             is_held = is_unsure || is(r->state, "queued") || is(r->state, "failed"), may_go = v->is_on && v->has_out;
        struct mail_queue_line line = {.id = r->id.v,
                                       .tries = r->tries,
                                       .subject = r->subject,
                                       .from_name = r->from_name,
                                       .fault = r->fault,
                                       .made_at = r->made_at,
                                       .next_at = r->next_at,
                                       .may_again = is_held && may_go,
                                       .may_settle = is_unsure,
                                       .may_drop = is_held};
        line.words = words_of(r->state, &line.tone);
        to_fill(g->arena, &to, &line);
        LIST_ADD(g->arena, &v->queue, line);
    }
    return OK;
}

static struct str server_words(struct arena *a, struct str host, int64_t port, struct str safety) {
    return host.len ? str_format(a, "%.*s:%lld · %s", STR_ARG(host), (long long)port,
                                 is(safety, "tls")        ? "TLS"
                                 : is(safety, "starttls") ? "STARTTLS"
                                                          : "không mã hóa, ở máy này")
                    : S("");
}

static void tab_add(struct arena *a, struct mail_way_view *v, const char *tab, struct str title, bool is_current) {
    struct tab one = {.label = title,
                      .link = link_local(a, "/mail/way/%lld?tab=%s", (long long)v->id, tab),
                      .is_current = is_current};
    LIST_ADD(a, &v->tabs, one);
}

static void state_fill(struct get *g, const struct mail_way_by_id_row *w, struct mail_way_view *v) {
    *v = (struct mail_way_view){.id = w->id.v,
                                .got = w->got,
                                .left_there = w->left_there,
                                .box_name = w->box_name,
                                .address = w->address,
                                .out_words = server_words(g->arena, w->out_host, w->out_port, w->out_safety),
                                .in_words = server_words(g->arena, w->in_host, w->in_port, w->in_safety),
                                .login = w->login,
                                .in_fault = w->in_fault,
                                .out_fault = w->out_fault,
                                .trial_out = w->trial_out,
                                .trial_in = w->trial_in,
                                .in_good_at = w->in_good_at,
                                .in_fault_at = w->in_fault_at,
                                .out_good_at = w->out_good_at,
                                .out_fault_at = w->out_fault_at,
                                .trial_at = w->trial_at,
                                .is_on = w->is_on,
                                .has_out = w->out_host.len > 0,
                                .has_in = w->in_host.len > 0,
                                .is_trial_good_out = str_starts(w->trial_out, S("Được")),
                                .is_trial_good_in = str_starts(w->trial_in, S("Được"))};
}

struct err mail_way_get(struct get *g) {
    struct mail_way_by_id_row *w;
    struct mail_way_view v;
    bool is_all = is(query_param(g->request, S("tab")), "all");
    TRY(way_of(g->db, g->request, g->who, &w));
    state_fill(g, w, &v);
    tab_add(g->arena, &v, "open", S("Chưa xong"), !is_all);
    tab_add(g->arena, &v, "all", S("Tất cả"), is_all);
    TRY(queue_fill(g, is_all, &v));
    return answer_mail_way(g, &v);
}

/* ---- Acts */
static struct err acted(struct post *p, int64_t way, const char *words) {
    flash(p, "%s", words);
    return see_other(p, "/mail/way/%lld", (long long)way);
}

struct err mail_way_trial_post(struct post *p) {
    int64_t way;
    TRY(path_id(p->request, S("way"), &way));
    TRY(form_check(p->form));
    TRY(mail_way_try(p->db, p->who, way));
    return acted(p, way, "Đang thử kết nối. Kết quả hiện ở trang này.");
}

struct err mail_way_fetch_post(struct post *p) {
    int64_t way;
    TRY(path_id(p->request, S("way"), &way));
    TRY(form_check(p->form));
    TRY(mail_way_fetch(p->db, p->who, way));
    return acted(p, way, "Đang nhận thư.");
}

static struct err out_act(struct post *p, const char *words,
                          struct err (*act)(struct db_write *db, const struct who *who, int64_t way, int64_t out)) {
    int64_t way, out;
    TRY(path_id(p->request, S("way"), &way));
    TRY(path_id(p->request, S("out"), &out));
    TRY(form_check(p->form));
    TRY(act(p->db, p->who, way, out));
    return acted(p, way, words);
}

struct err mail_out_retry_post(struct post *p) {
    return out_act(p, "Thư được gửi lại, cùng mã thư.", mail_out_again);
}
struct err mail_out_settle_post(struct post *p) {
    return out_act(p, "Đã ghi là đã giao.", mail_out_settle);
}
struct err mail_out_removal_post(struct post *p) {
    return out_act(p, "Đã bỏ thư khỏi hàng chờ.", mail_out_drop);
}
