/* A box's way out and in, as an administrator sets it. */
#include "kernel/db/id.h"
#include "kernel/file/disk.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "kernel/seal/seal.h"
#include "kernel/wire/smtp.h"
#include "modules/mail/way.h"

#include "base/arena.h"
#include "base/buf.h"

#include <sodium.h>
#include <unistd.h>

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* ---- What may be set */
static bool is_host(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
              c == ':')) {
            return false;
        }
    }
    return s.len < 254;
}

static struct err bare_right(struct str host, struct str safety, const char *field, struct arena *a) {
    return host.len && is(safety, "bare") && !wire_is_here(host)
               ? err_refuse(a, ERR_INVALID, field, "Không mã hóa thì chỉ dùng với máy chủ ở ngay máy này.")
               : OK;
}

static struct err right(struct arena *a, const struct mail_way_typed *t) {
    if (!smtp_address_is_plain(t->address)) {
        return REFUSE(ERR_INVALID, "address", "Mời ghi một địa chỉ thư, như vanphong@mattran.example.vn.");
    }
    if (!t->out_host.len && !t->in_host.len) {
        return REFUSE(ERR_INVALID, "out_host", "Mời ghi máy chủ gửi, máy chủ nhận, hoặc cả hai.");
    }
    if (!is_host(t->out_host)) {
        return REFUSE(ERR_INVALID, "out_host", "Tên máy chủ chỉ gồm chữ, số, dấu chấm và gạch nối.");
    }
    if (!is_host(t->in_host)) {
        return REFUSE(ERR_INVALID, "in_host", "Tên máy chủ chỉ gồm chữ, số, dấu chấm và gạch nối.");
    }
    TRY(bare_right(t->out_host, t->out_safety, "out_safety", a));
    TRY(bare_right(t->in_host, t->in_safety, "in_safety", a));
    if (t->trusted.len && !str_starts(t->trusted, S("-----BEGIN CERTIFICATE-----"))) {
        return REFUSE(ERR_INVALID, "trusted", "Chứng thư dán vào bắt đầu bằng -----BEGIN CERTIFICATE-----.");
    }
    if (t->in_host.len && !t->login.len) {
        return REFUSE(ERR_INVALID, "login", "Máy chủ nhận cần tên đăng nhập.");
    }
    return OK;
}

/* A kept secret is never sent to another server, or as another, than it was given for. */
static bool is_elsewhere(const struct mail_way_by_id_row *was, const struct mail_way_typed *t) {
    return !str_eq(was->out_host, t->out_host) || !str_eq(was->in_host, t->in_host) || !str_eq(was->login, t->login) ||
           was->out_port != t->out_port || was->in_port != t->in_port || !str_eq(was->out_safety, t->out_safety) ||
           !str_eq(was->in_safety, t->in_safety) || !str_eq(was->trusted, t->trusted);
}

static struct err secret_wanted(void) {
    return REFUSE(ERR_INVALID, "secret",
                  "Mời nhập mật khẩu: máy chủ hoặc tên đăng nhập là mới, mật khẩu cũ không dùng lại.");
}

/* For the trail: never the secret, only whether it was given anew. */
static struct str told_of(struct arena *a, const struct mail_way_typed *t) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"address\":");
    json_str(&b, t->address);
    BUF_LIT(&b, ",\"out\":");
    json_str(&b, str_format(a, "%.*s:%lld %.*s", STR_ARG(t->out_host), (long long)t->out_port, STR_ARG(t->out_safety)));
    BUF_LIT(&b, ",\"in\":");
    json_str(&b, str_format(a, "%.*s:%lld %.*s", STR_ARG(t->in_host), (long long)t->in_port, STR_ARG(t->in_safety)));
    BUF_LIT(&b, ",\"login\":");
    json_str(&b, t->login);
    buf_printf(&b, ",\"has_new_secret\":%s,\"is_on\":%s}", t->secret.len ? "true" : "false",
               t->is_on ? "true" : "false");
    return buf_str(&b);
}

static struct err told(struct db_write *db, const char *verb, int64_t way, struct str after) {
    return act_done(db, &(struct act){.verb = str_of(verb), .kind = S("mail_way"), .record = way, .after = after});
}

struct err mail_way_open(struct db_read *db, const struct who *who, int64_t id, struct mail_way_by_id_row **way) {
    TRY(mail_way_by_id(db, (struct mail_way_by_id_in){.id = {id}}, way));
    bool may = *way && (who->roles & ROLE_ADMIN) && (*way)->organ == who->organ.v;
    return may ? OK : FAIL(ERR_MISSING, "no such way, or another organ's");
}

struct err mail_way_add(struct db_write *db, const struct who *who, const struct mail_way_typed *t, int64_t *id) {
    struct arena *a = db_write_arena(db);
    struct mail_box_by_id_row *box;
    struct mail_way_of_box_row *there;
    struct org_principal p;
    struct str sealed;
    TRY(org_principal(db_reading(db), t->owner, &p));
    if ((p.kind != ORG_UNIT && p.kind != ORG_POST) || p.organ.v != who->organ.v) {
        return REFUSE(ERR_INVALID, "owner", "Mời chọn đơn vị hoặc người của cơ quan mình.");
    }
    TRY(right(a, t));
    if (t->login.len && !t->secret.len) {
        return secret_wanted();
    }
    TRY(mail_box_get(db, t->owner, &box));
    TRY(mail_way_of_box(db_reading(db), (struct mail_way_of_box_in){.box = box->id}, &there));
    if (there) {
        return REFUSE(ERR_INVALID, "owner", "Hộp thư này đã có đường thư. Mời mở đường ấy để sửa.");
    }
    TRY(seal_secret(db, t->secret, &sealed));
    *id = id_new();
    TRY(mail_way_insert(db,
                        (struct mail_way_insert_in){.id = {*id},
                                                    .box = box->id,
                                                    .organ = who->organ.v,
                                                    .is_on = t->is_on,
                                                    .address = t->address,
                                                    .out_host = t->out_host,
                                                    .out_port = t->out_port,
                                                    .out_safety = t->out_safety,
                                                    .in_host = t->in_host,
                                                    .in_port = t->in_port,
                                                    .in_safety = t->in_safety,
                                                    .login = t->login,
                                                    .secret = sealed,
                                                    .trusted = t->trusted},
                        NULL));
    TRY(told(db, "mail.way_add", *id, told_of(a, t)));
    return mail_ways_wake(db, *id);
}

struct err mail_way_edit(struct db_write *db, const struct who *who, int64_t id, const struct mail_way_typed *t,
                         bool *is_changed) {
    struct arena *a = db_write_arena(db);
    struct mail_way_by_id_row *was;
    struct str sealed;
    int64_t n = 0;
    TRY(mail_way_open(db_reading(db), who, id, &was));
    TRY(right(a, t));
    sealed = was->secret;
    if (t->login.len && !t->secret.len && (!was->secret.len || is_elsewhere(was, t))) {
        return secret_wanted();
    }
    TRY(t->secret.len ? seal_secret(db, t->secret, &sealed) : OK);
    /* Another server's numbers are not these. */
    bool is_other_box = !str_eq(was->in_host, t->in_host) || !str_eq(was->login, t->login);
    TRY(mail_way_change(db,
                        (struct mail_way_change_in){.id = was->id,
                                                    .version = t->version,
                                                    .is_on = t->is_on,
                                                    .address = t->address,
                                                    .out_host = t->out_host,
                                                    .out_port = t->out_port,
                                                    .out_safety = t->out_safety,
                                                    .in_host = t->in_host,
                                                    .in_port = t->in_port,
                                                    .in_safety = t->in_safety,
                                                    .login = t->login,
                                                    .secret = t->login.len ? sealed : S(""),
                                                    .trusted = t->trusted,
                                                    .uid_validity = is_other_box ? 0 : was->uid_validity,
                                                    .uid_next = is_other_box ? 1 : was->uid_next},
                        &n));
    *is_changed = n > 0;
    TRY(*is_changed ? told(db, "mail.way_change", id, told_of(a, t)) : OK);
    TRY(job_cancel_about(db, S("mail.fetch"), id));
    return mail_ways_wake(db, id);
}

struct err mail_way_try(struct db_write *db, const struct who *who, int64_t id) {
    struct mail_way_by_id_row *way;
    TRY(mail_way_open(db_reading(db), who, id, &way));
    TRY(mail_way_tried(db, (struct mail_way_tried_in){.id = way->id, .trial_at = clock_now()}, NULL));
    TRY(told(db, "mail.way_try", id, S("")));
    return job_add(db, &(struct job_new){.kind = S("mail.trial"), .record = id, .is_single = true}, NULL);
}

struct err mail_way_fetch(struct db_write *db, const struct who *who, int64_t id) {
    struct mail_way_by_id_row *way;
    TRY(mail_way_open(db_reading(db), who, id, &way));
    if (!way->is_on || !way->in_host.len) {
        return REFUSE(ERR_CONFLICT, "", "Đường thư đang tắt hoặc chưa có máy chủ nhận.");
    }
    TRY(told(db, "mail.way_fetch", id, S("")));
    return job_add(db, &(struct job_new){.kind = S("mail.fetch"), .record = id}, NULL);
}

/* ---- Lines */
static enum wire_safety safety_of(struct str s) {
    return is(s, "tls") ? WIRE_TLS : is(s, "starttls") ? WIRE_STARTTLS : WIRE_BARE;
}

struct err mail_way_line(struct arena *a, const struct mail_way_by_id_row *w, enum mail_end end, struct wire **wire) {
    bool is_out = end == MAIL_END_OUT;
    struct str local, domain = S("");
    struct wire_server s = {.scheme = is_out ? "smtp" : "imap",
                            .host = is_out ? w->out_host : w->in_host,
                            .port = is_out ? w->out_port : w->in_port,
                            .safety = safety_of(is_out ? w->out_safety : w->in_safety),
                            .login = w->login,
                            .trusted = w->trusted};
    if (is_out && str_cut(w->address, S("@"), &local, &domain)) {
        s.greeting = domain;
    }
    TRY(seal_open(a, w->secret, &s.secret));
    return wire_open(a, &s, wire);
}
