/* People judge what was read, one thing at a time; the clocks follow the type, and a denunciation is masked at once. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/org/org.h"
#include "modules/petition/petition_office.h"
#include "modules/place/place.h"

struct err petition_for(struct db_read *db, struct petition_letter_id id, const struct who *who, unsigned can,
                        struct petition_by_id_row **letter) {
    TRY(access_require(db, id.v, who->post.v, can | CAN_READ));
    TRY(petition_by_id(db, (struct petition_by_id_in){.id = id}, letter));
    return *letter ? OK : FAIL(ERR_MISSING, "no such letter");
}

static struct err stale(struct db_write *db, struct petition_letter_id id, int64_t version) {
    return org_stale_audited(db_reading(db), version, &(struct audit){.kind = S("petition"), .record = id.v});
}

static bool is_word(const struct petition_word *words, struct str code) {
    return code.len && petition_word_or(words, code, S("")).len;
}

/* Every code known, in the order typed. */
static bool is_reasons(struct arena *a, struct str codes) {
    struct str rest = codes, one;
    size_t n = 0;
    while (str_next(&rest, ' ', &one)) {
        n++;
    }
    return petition_reasons_of(a, codes).at.n == n;
}

static struct err put(struct arena *a, struct petition_judge_in *in, const struct petition_judgement *j) {
    struct str name = j->name, value = j->value;
    if (str_eq(name, S("type")) && is_word(petition_types, value)) {
        in->type = value;
    } else if (str_eq(name, S("topic")) && is_word(petition_topics, value)) {
        in->topic = value;
    } else if (str_eq(name, S("place")) && place_commune(place_open(a), value)) {
        in->place = value;
    } else if (str_eq(name, S("lacks")) && is_reasons(a, value)) {
        in->lacks = value;
    } else if (str_eq(name, S("written_on")) && date_read_iso(value, &in->written_on)) {
        return OK;
    } else if (str_eq(name, S("authority"))) {
        str_cut(value, S("|"), &in->authority_kind, &in->authority);
        return is_word(petition_authorities, in->authority_kind)
                   ? OK
                   : REFUSE(ERR_INVALID, "value", "Mời chọn loại cơ quan có thẩm quyền.");
    } else if (!str_eq(name, S("disposition")) || !is_word(petition_dispositions, value)) {
        return REFUSE(ERR_INVALID, "value", "Mời chọn một giá trị.");
    }
    return OK;
}

/* What was shown as seen must not say who wrote either. */
static struct err seen_mask(struct db_write *db, struct petition_letter_id id, struct str working) {
    struct petition_findings_rows rows;
    TRY(petition_findings(db_reading(db), (struct petition_findings_in){.letter = id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].seen.len && str_find(working, rows.at[i].seen, 0) == SIZE_MAX) {
            TRY(petition_finding_seen(db, (struct petition_finding_seen_in){.id = rows.at[i].id, .seen = S("")}, NULL));
        }
    }
    return OK;
}

/* Once kept secret, a writer stays so: choosing another type afterwards shows nobody who wrote. */
static struct err protect(struct db_write *db, const struct petition_by_id_row *l, struct str type) {
    struct arena *a = db_write_arena(db);
    struct petition_authors_rows authors;
    struct petition_parts_rows parts;
    TRY(petition_parts(db_reading(db), (struct petition_parts_in){.letter = l->id}, &parts));
    bool is_denunciation = str_eq(type, S("TC"));
    for (size_t i = 0; str_eq(type, S("MIX")) && i < parts.n; i++) {
        is_denunciation = is_denunciation || str_eq(parts.at[i].type, S("TC"));
    }
    if (l->is_protected || !is_denunciation) {
        return OK;
    }
    TRY(petition_authors(db_reading(db), (struct petition_authors_in){.letter = l->id}, &authors));
    struct petition_writer w = {0};
    if (authors.n) {
        w = (struct petition_writer){authors.at[0].name, authors.at[0].address, authors.at[0].phone,
                                     authors.at[0].email};
    }
    struct str working = petition_mask(a, l->text, &w);
    struct str title = petition_mask(a, l->title, &w);
    TRY(petition_protect(
        db, (struct petition_protect_in){.id = l->id, .is_protected = true, .working = working, .title = title}, NULL));
    TRY(petition_terms(db, l->id, l->number, title, S("")));
    TRY(seen_mask(db, l->id, working));
    return petition_rights(db, l->id);
}

struct err petition_decide(struct db_write *db, const struct who *who, struct petition_letter_id id,
                           const struct petition_judgement *j) {
    struct arena *a = db_write_arena(db);
    struct petition_by_id_row *l;
    int64_t n = 0;
    TRY(petition_for(db_reading(db), id, who, CAN_MANAGE, &l));
    if (petition_is_over(l->state)) {
        return REFUSE(ERR_CONFLICT, "", "Đơn đã xong. Muốn sửa, mời mở lại đơn trước.");
    }
    struct petition_judge_in in = {.id = id,
                                   .version = j->version,
                                   .type = l->type,
                                   .topic = l->topic,
                                   .place = l->place,
                                   .authority_kind = l->authority_kind,
                                   .authority = l->authority,
                                   .lacks = l->lacks,
                                   .written_on = l->written_on,
                                   .changed_at = clock_now()};
    TRY(put(a, &in, j));
    TRY(petition_judge(db, in, &n));
    if (!n) {
        return stale(db, id, j->version);
    }
    TRY(petition_finding_decide(
        db,
        (struct petition_finding_decide_in){
            .letter = id, .name = j->name, .kept = j->value, .decided_by = who->post.v, .decided_at = clock_now()},
        NULL));
    if (!str_eq(in.type, l->type)) {
        TRY(protect(db, l, in.type));
        TRY(petition_clocks_begin(db, id));
    }
    struct buf after = buf_in(a);
    buf_printf(&after, "{\"%.*s\":", STR_ARG(j->name));
    json_str(&after, j->value);
    BUF_LIT(&after, "}");
    return act_done(db, &(struct act){.verb = S("petition.judge"), .record = id.v, .after = buf_str(&after)});
}

struct err petition_change(struct db_write *db, const struct who *who, struct petition_letter_id id,
                           const struct petition_change *c) {
    struct arena *a = db_write_arena(db);
    struct petition_by_id_row *l;
    struct petition_authors_rows authors;
    int64_t n = 0;
    TRY(petition_for(db_reading(db), id, who, CAN_MANAGE, &l));
    TRY(petition_authors(db_reading(db), (struct petition_authors_in){.letter = id}, &authors));
    if (!is_word(petition_channels, c->channel)) {
        return REFUSE(ERR_INVALID, "channel", "Mời chọn đơn đến bằng đường nào.");
    }
    struct petition_writer known = {0};
    if (authors.n) {
        known = (struct petition_writer){authors.at[0].name, authors.at[0].address, authors.at[0].phone,
                                         authors.at[0].email};
    }
    struct str title = l->is_protected ? petition_mask(a, c->title, &known) : c->title;
    TRY(petition_amend(db,
                       (struct petition_amend_in){.id = id,
                                                  .version = c->version,
                                                  .title = title,
                                                  .channel = c->channel,
                                                  .source = c->source,
                                                  .people = c->people > 1 ? c->people : 1,
                                                  .changed_at = clock_now()},
                       &n));
    if (!n) {
        return stale(db, id, c->version);
    }
    TRY(petition_terms(db, id, l->number, title, l->is_protected ? S("") : c->writer.name));
    if (!l->is_protected) {
        TRY(petition_author_update(db,
                                   (struct petition_author_update_in){.letter = id,
                                                                      .name = c->writer.name,
                                                                      .address = c->writer.address,
                                                                      .phone = c->writer.phone,
                                                                      .email = c->writer.email},
                                   NULL));
    }
    return act_done(db, &(struct act){.verb = S("petition.change"), .record = id.v});
}

struct err petition_join_case(struct db_write *db, const struct who *who, struct petition_letter_id id,
                              struct petition_letter_id other) {
    struct petition_by_id_row *l, *o;
    TRY(petition_for(db_reading(db), id, who, CAN_MANAGE, &l));
    TRY(petition_for(db_reading(db), other, who, CAN_READ, &o));
    if (o->organ != l->organ || o->is_protected != l->is_protected || o->id.v == l->id.v) {
        return REFUSE(ERR_INVALID, "other", "Hai đơn này không nhập chung một vụ việc được.");
    }
    TRY(petition_join(db, (struct petition_join_in){.id = id, .of_case = o->of_case, .changed_at = clock_now()}, NULL));
    TRY(thread_add(db, who,
                   &(struct thread_new){
                       .kind = S("petition"),
                       .record = id.v,
                       .verb = "petition.join",
                       .about = str_format(db_write_arena(db), "%lld/%lld", (long long)o->number, (long long)o->year)},
                   NULL));
    return act_done(db, &(struct act){.verb = S("petition.join"), .record = id.v});
}
