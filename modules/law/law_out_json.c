/* JSON: what search machines read of it (JSON-LD, schema.org and ELI), and the places as modules/law/law_json.c reads
   them back. */
#include "modules/law/law_out.h"

#include "base/arena.h"
#include "kernel/page/json.h"

static void put(struct buf *b, const char *name, struct str value) {
    if (value.len) {
        buf_printf(b, ", \"%s\": ", name);
        json_str(b, value);
    }
}

static void put_day(struct buf *b, const char *name, struct date day) {
    if (day.year) {
        buf_printf(b, ", \"%s\": ", name);
        json_date(b, day);
    }
}

static struct str force_of(enum law_status status) {
    switch (status) {
    case LAW_IN_FORCE: return S("InForce");
    case LAW_PARTLY: return S("PartiallyInForce");
    case LAW_PENDING:
    case LAW_SUSPENDED:
    case LAW_EXPIRED: return S("NotInForce");
    case LAW_UNKNOWN: break;
    }
    return S("");
}

static void put_linked(struct buf *b, const struct law_out *o) {
    struct arena *a = b->arena;
    struct str force = force_of(o->status), issuer = o->issuer;
    BUF_LIT(b, "{\"@context\": [\"https://schema.org\", {\"eli\": \"http://data.europa.eu/eli/ontology#\"}], "
               "\"@type\": \"Legislation\", \"inLanguage\": \"vi\"");
    put(b, "@id", o->uri);
    put(b, "legislationIdentifier", o->code);
    put(b, "name", o->short_title.len ? o->short_title : o->title);
    put(b, "headline", o->title);
    put(b, "legislationType", o->type_name);
    put_day(b, "legislationDate", o->issued_on);
    put_day(b, "legislationDateVersion", o->on);
    if (o->effective_on.year) {
        struct str from = date_iso(a, o->effective_on),
                   until = o->expired_on.year ? date_iso(a, o->expired_on) : S("..");
        put(b, "temporalCoverage", str_format(a, "%.*s/%.*s", STR_ARG(from), STR_ARG(until)));
    }
    if (issuer.len) {
        BUF_LIT(b, ", \"legislationPassedBy\": {\"@type\": \"Organization\", \"name\": ");
        json_str(b, issuer);
        BUF_LIT(b, "}");
    }
    if (force.len) {
        put(b, "legislationLegalForce", str_format(a, "https://schema.org/%.*s", STR_ARG(force)));
    }
    put(b, "eli:id_local", o->code);
    put(b, "eli:type_document", o->type);
    put(b, "eli:passed_by", issuer);
    put_day(b, "eli:date_document", o->issued_on);
    put_day(b, "eli:first_date_entry_in_force", o->effective_on);
    put_day(b, "eli:date_no_longer_in_force", o->expired_on);
}

static void put_work(struct buf *b, const struct law_out *o) {
    BUF_LIT(b, ",\n\"work\": {\"status\": ");
    json_str(b, law_status_code(o->status));
    put(b, "code", o->code);
    put(b, "type", o->type);
    put(b, "type_name", o->type_name);
    put(b, "title", o->title);
    put(b, "issuer", o->issuer);
    put_day(b, "issued_on", o->issued_on);
    put_day(b, "effective_on", o->effective_on);
    put_day(b, "expired_on", o->expired_on);
    put_day(b, "on", o->on);
    put(b, "signer", o->signer);
    put(b, "signer_post", o->signer_post);
    put(b, "gazette", o->gazette);
    put(b, "preamble", o->preamble);
    put(b, "closing", o->closing);
    BUF_LIT(b, "}");
}

struct str law_out_json(struct arena *a, const struct law_out *out) {
    struct buf b = buf_in(a);
    put_linked(&b, out);
    put_work(&b, out);
    BUF_LIT(&b, ",\n\"provisions\": [");
    for (size_t i = 0; i < out->places.n; i++) {
        const struct law_out_place *p = &out->places.at[i];
        buf_printf(&b, "%s\n{\"level\": ", i ? "," : "");
        json_str(&b, law_level_code(p->level));
        put(&b, "eid", p->eid);
        put(&b, "label", p->label);
        put(&b, "heading", p->heading);
        put(&b, "text", p->text);
        put_day(&b, "from_on", p->from_on);
        put_day(&b, "until_on", p->until_on);
        if (p->is_computed) {
            BUF_LIT(&b, ", \"is_computed\": true");
        }
        BUF_LIT(&b, "}");
    }
    BUF_LIT(&b, "]}\n");
    return buf_str(&b);
}
