/* The packet that a JSON object describes. */
#include <sodium.h>

#include "base/arena.h"
#include "modules/exchange/inside.h"
#include "read/json.h"

#include "base/banned.h"

static struct str text_of(struct arena *a, const struct json_value *v) {
    int64_t n;
    bool is_yes;
    if (json_bool_of(v, &is_yes)) {
        return is_yes ? S("true") : S("false");
    }
    return json_int_of(v, &n) ? str_format(a, "%lld", (long long)n) : str_trim(json_text_of(v));
}

struct texts {
    struct str *at;
    size_t n;
};

static struct texts texts_of(struct arena *a, const struct json_value *list) {
    LIST(struct str) out = {0};
    for (size_t i = 0; i < json_count(list); i++) {
        LIST_ADD(a, &out, text_of(a, json_item(list, i)));
    }
    return (struct texts){out.at, out.n};
}

static void members_read(struct arena *a, const struct json_value *object, void *record,
                         const struct members *members) {
    for (size_t i = 0; i < members->n; i++) {
        const struct member *m = &members->at[i];
        const struct json_value *v = json_member(object, m->name);
        if (!v) {
            continue;
        }
        char *place = (char *)record + m->offset;
        if (m->kind == MEMBER_TEXTS) {
            struct texts list = texts_of(a, v);
            memcpy(place, &list, sizeof list);
        } else {
            struct str s = text_of(a, v);
            memcpy(place, &s, sizeof s);
        }
    }
}

/* from and to are enough; sender and receivers say more of the same. */
static void organs_read(struct arena *a, const struct json_value *all, struct edxml_packet *p) {
    const struct json_value *to = json_member(all, "to"), *receivers = json_member(all, "receivers");
    members_read(a, json_member(all, "sender"), &p->from, &exchange_organ_members);
    p->from.id = p->from.id.len ? p->from.id : json_member_text(all, "from");
    for (size_t i = 0; i < json_count(receivers); i++) {
        members_read(a, json_item(receivers, i), LIST_PUSH(a, &p->to), &exchange_organ_members);
    }
    for (size_t i = 0; !p->to.n && i < json_count(to); i++) {
        LIST_ADD(a, &p->to, (struct edxml_organ){.id = json_text_of(json_item(to, i))});
    }
}

static void answers_read(struct arena *a, const struct json_value *all, struct edxml_packet *p) {
    const struct json_value *v = json_member(all, "response_for");
    size_t n = json_is_map(v) ? 1 : json_count(v);
    for (size_t i = 0; i < n; i++) {
        const struct json_value *one = json_is_map(v) ? v : json_item(v, i);
        LIST_ADD(a, &p->answers,
                 (struct edxml_answered){json_member_text(one, "organ"), json_member_text(one, "code"),
                                         json_member_text(one, "document_id"), json_member_text(one, "date")});
    }
    if (!p->is_status) {
        p->document_id = json_member_text(all, "document_id");
        return;
    }
    if (!p->answers.n) {
        LIST_ADD(a, &p->answers, (struct edxml_answered){0});
    }
    if (!p->answers.at[0].document_id.len) {
        p->answers.at[0].document_id = json_member_text(all, "document_id");
    }
}

static void receivers_read(struct arena *a, const struct json_value *list, struct str type, struct edxml_packet *p) {
    for (size_t i = 0; i < json_count(list); i++) {
        LIST_ADD(a, &p->receivers, (struct edxml_receiver){json_text_of(json_item(list, i)), type});
    }
}

static struct err business_read(struct arena *a, const struct json_value *all, struct edxml_packet *p) {
    struct str name = json_member_text(all, "business");
    const struct json_value *changes = json_member(all, "changes"), *replaces = json_member(all, "replaces");
    p->business_type = p->is_status ? S("") : name.len ? name : S("0");
    for (enum edxml_business b = EDXML_NEW; b < EDXML_BUSINESS_UNKNOWN; b++) {
        if (str_eq(name, edxml_business_name(b))) {
            p->business_type = str_format(a, "%d", (int)b);
        }
    }
    struct str target = json_member_text(all, "target_document_id");
    if (!p->business_id.len && !str_eq(target, p->document_id)) {
        p->business_id = target;
    }
    if (changes) {
        p->changes_info = json_is_yes(json_member(changes, "document_info")) ? S("1") : S("0");
        p->changes_receivers = json_is_yes(json_member(changes, "receivers")) ? S("1") : S("0");
        receivers_read(a, json_member(changes, "add"), S("1"), p);
        receivers_read(a, json_member(changes, "remove"), S("0"), p);
    }
    for (size_t i = 0; i < json_count(replaces); i++) {
        struct edxml_replaced *r = LIST_PUSH(a, &p->replaces);
        struct texts organs = texts_of(a, json_member(json_item(replaces, i), "organs"));
        r->document_id = json_member_text(json_item(replaces, i), "document_id");
        r->organs.at = organs.at;
        r->organs.n = organs.n;
    }
    return OK;
}

static struct err content_read(struct arena *a, const struct json_value *said, const struct json_value *content,
                               struct edxml_attachment *f) {
    struct str base64 = json_member_text(content, "base64");
    size_t room = base64.len / 4 * 3 + 3, n = 0;
    char *bytes = arena_take(a, char, room);
    if (sodium_base642bin((unsigned char *)bytes, room, base64.at, base64.len, "\r\n ", &n, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0) {
        return REFUSE(ERR_INVALID, "contents", "Nội dung tệp đính kèm không phải base64 đúng quy cách.");
    }
    struct str name = json_member_text(content, "declared_name");
    *f = (struct edxml_attachment){.content_id = json_member_text(said, "content_id"),
                                   .declared_name = name.len ? name : json_member_text(said, "name"),
                                   .description = json_member_text(content, "description"),
                                   .declared_type = json_member_text(said, "declared_type"),
                                   .manifest_type = json_member_text(said, "manifest_type"),
                                   .content = {bytes, n}};
    edxml_attachment_look(a, f);
    struct str sum = json_member_text(said, "sha256");
    int64_t size = (int64_t)n;
    json_int_of(json_member(said, "size"), &size);
    if ((sum.len && !str_eq_ascii_nocase(sum, f->sha256)) || size != (int64_t)n) {
        return err_refuse(a, ERR_INVALID, "contents", "Tệp đính kèm “%.*s” khác cỡ hoặc khác mã băm đã ghi.",
                          STR_ARG(f->name));
    }
    f->declared_type = f->declared_type.len ? f->declared_type : f->sniffed;
    return OK;
}

static struct err attachments_read(struct arena *a, const struct json_value *all, struct edxml_packet *p) {
    const struct json_value *said = json_member(all, "attachments"), *contents = json_member(all, "contents");
    if (json_count(said) != json_count(contents)) {
        return REFUSE(ERR_INVALID, "contents", "Mỗi tệp ở attachments cần một nội dung ở contents, theo cùng thứ tự.");
    }
    for (size_t i = 0; i < json_count(said); i++) {
        struct edxml_attachment *f = LIST_PUSH(a, &p->attachments);
        TRY(content_read(a, json_item(said, i), json_item(contents, i), f));
        f->content_id = f->content_id.len ? f->content_id : str_format(a, "cid:%zu", i + 1);
    }
    return OK;
}

static void kept_read(struct arena *a, const struct json_value *all, struct edxml_packet *p) {
    const struct json_value *kept = json_member(all, "kept");
    for (size_t i = 0; i < json_count(kept); i++) {
        const struct json_value *one = json_item(kept, i);
        LIST_ADD(a, &p->unknown,
                 (struct edxml_unknown){json_member_text(one, "in"), json_member_text(one, "name"),
                                        json_member_text(one, "xml")});
    }
    const struct json_value *traces = json_member(all, "traces");
    for (size_t i = 0; i < json_count(traces); i++) {
        const struct json_value *one = json_item(traces, i);
        LIST_ADD(a, &p->traces, (struct edxml_trace){json_member_text(one, "organ"), json_member_text(one, "at")});
    }
}

struct err exchange_json_read(struct arena *a, struct str json, struct edxml_packet *out) {
    size_t fault_at = 0;
    const struct json_value *all = json_read(a, json, &fault_at);
    *out = (struct edxml_packet){0};
    if (!json_is_map(all)) {
        return err_refuse(a, ERR_INVALID, "", "Không phải JSON đúng quy cách, sai gần byte thứ %zu.", fault_at);
    }
    out->is_status = str_eq(json_member_text(all, "packet"), S("status")) || json_member(all, "status");
    members_read(a, all, out, &exchange_packet_members);
    organs_read(a, all, out);
    answers_read(a, all, out);
    TRY(business_read(a, all, out));
    TRY(attachments_read(a, all, out));
    kept_read(a, all, out);
    return OK;
}
