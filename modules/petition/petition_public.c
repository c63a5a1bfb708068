#include "modules/petition/petition_public.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/page/json.h"
#include "modules/place/place.h"
#include "read/json.h"

#define CITY "MT31"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* ---- Kept while it is written */

static void put(struct buf *b, const char *name, struct str value) {
    buf_put(b, b->len > 1 ? S(",") : S(""));
    json_str(b, str_of(name));
    buf_put_char(b, ':');
    json_str(b, value);
}

struct str petition_draft_body(struct arena *a, const struct petition_draft *d) {
    struct buf b = buf_in(a);
    buf_put_char(&b, '{');
    put(&b, "who", d->who);
    put(&b, "name", d->name);
    put(&b, "address", d->address);
    put(&b, "phone", d->phone);
    put(&b, "email", d->email);
    put(&b, "people", str_format(a, "%lld", (long long)d->people));
    put(&b, "text", d->text);
    put(&b, "place", d->place);
    put(&b, "where", d->where);
    put(&b, "to", d->to);
    buf_put_char(&b, '}');
    return buf_str(&b);
}

static struct err fill(struct db_read *db, struct petition_draft *d) {
    size_t at;
    if (!is(d->receipt.kind, "petition")) {
        return FAIL(ERR_MISSING, "a receipt of another business");
    }
    if (d->receipt.is_sent) {
        return OK;
    }
    const struct json_value *body = json_read(db_arena(db), d->receipt.body, &at);
    d->who = json_member_text(body, "who");
    d->name = json_member_text(body, "name");
    d->address = json_member_text(body, "address");
    d->phone = json_member_text(body, "phone");
    d->email = json_member_text(body, "email");
    d->text = json_member_text(body, "text");
    d->place = json_member_text(body, "place");
    d->where = json_member_text(body, "where");
    d->to = json_member_text(body, "to");
    if (!num_read(json_member_text(body, "people"), &d->people)) {
        d->people = 0;
    }
    return receipt_papers_of(db, d->receipt.id, &d->papers);
}

struct err petition_draft_open(struct get *g, struct petition_draft *d) {
    int64_t id;
    *d = (struct petition_draft){0};
    TRY(path_id(g->request, S("id"), &id));
    TRY(receipt_open(g, (struct receipt_item_id){id}, &d->receipt));
    return fill(g->db, d);
}

struct err petition_draft_open_to_write(struct post *p, struct petition_draft *d) {
    int64_t id;
    *d = (struct petition_draft){0};
    TRY(path_id(p->request, S("id"), &id));
    TRY(receipt_open_to_write(p, (struct receipt_item_id){id}, &d->receipt));
    return fill(db_reading(p->db), d);
}

static bool is_anonymous(const struct petition_draft *d) { return is(d->who, "anonymous"); }

bool petition_draft_is_whole(const struct petition_draft *d) {
    bool is_known = is_anonymous(d) || (d->name.len && d->address.len);
    return d->text.len && d->who.len && d->to.len && is_known && (is(d->to, "city") || d->place.len);
}

/* ---- Sent */

struct err petition_draft_receiver(struct db_read *db, const struct petition_draft *d, struct org_unit *organ) {
    struct unit_id id = {0};
    if (is(d->to, "commune") && d->place.len) {
        TRY(org_unit_by_code(db, str_format(db_arena(db), "MT%.*s", STR_ARG(d->place)), &id));
    }
    if (!id.v) {
        TRY(org_unit_by_code(db, S(CITY), &id));
    }
    return id.v ? org_unit(db, id, organ)
                : REFUSE(ERR_MISSING, "", "Chưa có nơi nhận đơn. Mời gọi điện đến Mặt trận thành phố.");
}

static void put_line(struct buf *b, const char *label, struct str value) {
    if (value.len) {
        buf_printf(b, "%s: %.*s\n", label, STR_ARG(value));
    }
}

struct str petition_draft_letter(struct arena *a, const struct petition_draft *d, struct str organ) {
    struct date today = clock_today();
    struct buf b = buf_in(a);
    struct str commune = petition_place_name(place_open(a), d->place);
    bool is_named = !is_anonymous(d);
    buf_printf(&b, "Hải Phòng, ngày %d tháng %d năm %d\nKính gửi: %.*s\n", today.day, today.month, today.year,
               STR_ARG(organ));
    if (is_named && is(d->who, "group")) {
        buf_printf(&b, "Chúng tôi gồm %lld người, người đại diện:\n", (long long)d->people);
    }
    if (is_named) {
        buf_printf(&b, "Tôi tên là %.*s, ở %.*s.\n", STR_ARG(d->name), STR_ARG(d->address));
        put_line(&b, "Điện thoại", d->phone);
        put_line(&b, "Email", d->email);
    }
    buf_printf(&b, "\n%.*s\n\n", STR_ARG(str_trim(d->text)));
    put_line(&b, "Nơi xảy ra",
             d->where.len && commune.len ? str_format(a, "%.*s, %.*s", STR_ARG(d->where), STR_ARG(commune))
             : d->where.len              ? d->where
                                         : commune);
    buf_printf(
        &b, "%.*s\n",
        STR_ARG(is_named ? str_format(a, "Người viết đơn\n%.*s", STR_ARG(d->name)) : S("Người gửi không ghi tên")));
    return buf_str(&b);
}

struct err petition_draft_send(struct post *p, const struct petition_draft *d) {
    struct org_unit organ;
    struct petition_letter_id id;
    struct str code;
    TRY(petition_draft_receiver(db_reading(p->db), d, &organ));
    struct petition_new l = {.channel = S("portal"),
                             .text = petition_draft_letter(p->arena, d, organ.name),
                             .people = is(d->who, "group") ? d->people : 1,
                             .place = d->place};
    if (!is_anonymous(d)) {
        l.writer = (struct petition_writer){d->name, d->address, d->phone, d->email};
    }
    for (size_t i = 0; i < d->papers.all.n; i++) {
        const struct receipt_paper *x = &d->papers.all.at[i];
        LIST_ADD(p->arena, &l.papers, (struct petition_paper){x->file, x->name, x->size});
    }
    struct who nobody = petition_nobody_of(organ.id);
    TRY(petition_keep(p->db, &nobody, &l, &id));
    return receipt_send(p, d->receipt.id,
                        &(struct receipt_sent){
                            .record = id.v, .prefix = receipt_prefix(p->arena, organ.code), .content = d->receipt.body},
                        &code);
}

struct err petition_lead_on(struct get *g, struct err e) {
    return err_is(e, ERR_MISSING) ? see_other_get(g, "/receipt") : e;
}
