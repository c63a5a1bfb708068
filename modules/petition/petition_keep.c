/* A letter goes into the book: read, masked where who wrote is kept secret, with its findings, parts, rights and
 * clocks. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "kernel/record/series.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/petition/petition_office.h"

enum { MASK_LEAST = 3 };

/* Where piece stands in text from at on, letters compared without marks and capitals; the folded bytes are counted
   along with the text's. */
static bool fold_starts(struct arena *a, struct str text, size_t at, struct str folded, size_t *end) {
    struct buf so_far = buf_in(a);
    size_t i = at;
    while (i < text.len && so_far.len < folded.len) {
        size_t from = i;
        utf8_next(text, &i);
        buf_put(&so_far, utf8_fold(a, str_slice(text, from, i)));
        if (!str_starts(folded, buf_str(&so_far))) {
            return false;
        }
    }
    *end = i;
    return so_far.len == folded.len;
}

/* Whether a letter or digit stands there; a quotation mark beside a name is none. */
static bool is_of_word(struct arena *a, struct str text, size_t at) {
    size_t end = at;
    if (at >= text.len) {
        return false;
    }
    utf8_next(text, &end);
    struct str plain = utf8_fold(a, str_slice(text, at, end));
    char c = plain.len ? plain.at[0] : ' ';
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

static bool is_after_word(struct arena *a, struct str text, size_t at) {
    size_t before = at;
    while (before && (text.at[--before] & 0xC0) == 0x80) {
    }
    return at && is_of_word(a, text, before);
}

static struct str mask_one(struct arena *a, struct str text, struct str piece) {
    struct str folded = utf8_fold(a, str_trim(piece));
    struct buf b = buf_in(a);
    size_t i = 0, end;
    if (folded.len < MASK_LEAST) {
        return text;
    }
    while (i < text.len) {
        size_t from = i;
        if (!is_after_word(a, text, i) && fold_starts(a, text, i, folded, &end) && !is_of_word(a, text, end)) {
            BUF_LIT(&b, "[…]");
            i = end;
        } else {
            utf8_next(text, &i);
            buf_put(&b, str_slice(text, from, i));
        }
    }
    return buf_str(&b);
}

struct str petition_mask(struct arena *a, struct str text, const struct petition_writer *w) {
    const struct str pieces[] = {w->address, w->name, w->phone, w->email};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        text = mask_one(a, text, pieces[i]);
    }
    return text;
}

struct err petition_terms(struct db_write *db, struct petition_letter_id id, int64_t number, struct str title,
                          struct str name) {
    struct arena *a = db_write_arena(db);
    struct str text = utf8_fold(a, str_format(a, "%lld %.*s %.*s", (long long)number, STR_ARG(title), STR_ARG(name)));
    TRY(petition_terms_clear(db, (struct petition_terms_clear_in){.letter = id}, NULL));
    for (size_t from = 0, i = 0; i <= text.len; i++) {
        bool is_in =
            i < text.len && ((text.at[i] >= 'a' && text.at[i] <= 'z') || (text.at[i] >= '0' && text.at[i] <= '9'));
        if (!is_in && i > from) {
            TRY(petition_term_insert(
                db, (struct petition_term_insert_in){.letter = id, .word = str_slice(text, from, i)}, NULL));
        }
        from = is_in ? from : i + 1;
    }
    return OK;
}

/* What is being kept. */
struct keeping {
    struct db_write *db;
    struct arena *a;
    const struct who *who;
    struct petition_new l;
    struct petition_reading r;
    struct petition_letter_id id;
    struct str title, working;
    int64_t number;
    bool is_protected;
};

static struct str or_read(struct str typed, struct str read) { return typed.len ? typed : read; }

/* "Đơn khiếu nại: first words asked" where no title was typed. */
static struct str title_of(struct keeping *k) {
    struct str type = petition_word_or(petition_types, petition_type_name(k->r.type), S("Đơn chưa phân loại"));
    struct str topic = petition_word_or(petition_topics, k->r.topic, S(""));
    return k->l.title.len ? k->l.title
           : topic.len    ? str_format(k->a, "%.*s về %.*s", STR_ARG(type), STR_ARG(utf8_lower(k->a, topic)))
                          : type;
}

static void read_it(struct keeping *k) {
    struct petition_letter letter = {
        .bytes = k->l.text, .channel = k->l.channel, .received_by = S("city"), .received_on = k->l.received_on};
    petition_read(petition_tables_here(k->a), k->a, &letter, &k->r);
    struct petition_writer *w = &k->l.writer;
    k->l.text = k->r.text.len ? k->r.text : k->l.text;
    *w = (struct petition_writer){.name = or_read(w->name, k->r.author.name),
                                  .address = or_read(w->address, k->r.author.address),
                                  .phone = or_read(w->phone, k->r.author.phone),
                                  .email = or_read(w->email, k->r.author.email)};
    k->is_protected = str_eq(str_of(k->r.secrecy), S("denunciation"));
    k->title = title_of(k);
    k->working = k->l.text;
    if (k->is_protected) {
        k->working = petition_mask(k->a, k->r.working_copy, w);
        k->title = petition_mask(k->a, k->title, w);
    }
}

static struct str lacks_of(struct arena *a, uint32_t bits) {
    struct buf b = buf_in(a);
    for (unsigned i = 0; i < REASONS; i++) {
        if (bits >> i & 1) {
            buf_put(&b, b.len ? S(" ") : S(""));
            buf_put(&b, petition_reason_code((enum petition_reason)i));
        }
    }
    return buf_str(&b);
}

/* The words a finding came from; of a denunciation only such as the working copy still has. */
static struct str seen_of(struct keeping *k, const char *field) {
    for (size_t i = 0; i < k->r.spans.n; i++) {
        const struct petition_span *s = &k->r.spans.at[i];
        if (str_eq(str_of(s->field), str_of(field))) {
            struct str seen = utf8_cut(str_slice(k->r.text, s->from, s->to), 200);
            return str_find(k->working, seen, 0) == SIZE_MAX ? S("") : seen;
        }
    }
    return S("");
}

static bool is_asked(const struct petition_reading *r, const char *field) {
    for (size_t i = 0; i < r->asks.n; i++) {
        if (str_eq(str_of(r->asks.at[i]), str_of(field))) {
            return true;
        }
    }
    return false;
}

static struct err finding(struct keeping *k, const char *name, struct str value, const char *span, bool is_sure) {
    return petition_finding_insert(k->db,
                                   (struct petition_finding_insert_in){.id = {id_new()},
                                                                       .letter = k->id,
                                                                       .name = str_of(name),
                                                                       .value = value,
                                                                       .seen = seen_of(k, span),
                                                                       .is_sure = is_sure},
                                   NULL);
}

static struct str authority_value(struct arena *a, const struct petition_authority *x) {
    return x->kind.len ? str_format(a, "%.*s|%.*s", STR_ARG(x->kind), STR_ARG(x->org)) : S("");
}

static struct str place_of(const struct keeping *k) {
    const struct petition_reading *r = &k->r;
    return k->l.place.len                                                                    ? k->l.place
           : r->place_class && str_eq(str_of(r->place_class), S("sure")) && r->place_codes.n ? r->place_codes.at[0]
                                                                                             : S("");
}

static struct err findings_keep(struct keeping *k) {
    const struct petition_reading *r = &k->r;
    bool has_place = place_of(k).len > 0, has_authority = r->authority.kind.len && !is_asked(r, "authority");
    TRY(finding(k, "type", petition_type_name(r->type), "type", r->type != PETITION_UNJUDGED));
    TRY(finding(k, "lacks", lacks_of(k->a, r->reasons), "eligibility", !r->optional));
    TRY(finding(k, "place", place_of(k), "place", has_place));
    TRY(finding(k, "authority", authority_value(k->a, &r->authority), "authority", has_authority));
    TRY(finding(k, "topic", r->topic, "topic", r->topic.len > 0));
    TRY(finding(k, "written_on", r->written_on.year ? date_iso(k->a, r->written_on) : S(""), "written_on",
                r->written_on.year != 0));
    return finding(k, "disposition", r->disposition ? str_of(r->disposition) : S(""), "request", false);
}

static struct err insert(struct keeping *k) {
    const struct petition_reading *r = &k->r;
    struct petition_case_id of_case = {id_new()};
    struct series book = {.name = S("petition"), .owner = k->who->organ.v, .year = k->l.received_on.year};
    TRY(series_next(k->db, &book, &k->number));
    TRY(petition_case_insert(
        k->db, (struct petition_case_insert_in){.id = of_case, .organ = k->who->organ.v, .opened_on = k->l.received_on},
        NULL));
    return petition_insert(k->db,
                           (struct petition_insert_in){.id = k->id,
                                                       .organ = k->who->organ.v,
                                                       .unit = k->who->unit.v,
                                                       .year = book.year,
                                                       .number = k->number,
                                                       .of_case = of_case,
                                                       .channel = k->l.channel,
                                                       .source = k->l.source,
                                                       .received_on = k->l.received_on,
                                                       .written_on = r->written_on,
                                                       .title = utf8_cut(k->title, PETITION_TITLE_MOST),
                                                       .text = k->l.text,
                                                       .working = k->working,
                                                       .is_protected = k->is_protected,
                                                       .people = k->l.people > 1  ? k->l.people
                                                                 : r->signers > 1 ? r->signers
                                                                                  : 1,
                                                       .type = petition_type_name(r->type),
                                                       .topic = r->topic,
                                                       .place = place_of(k),
                                                       .authority_kind = r->authority.kind,
                                                       .authority = r->authority.org,
                                                       .lacks = lacks_of(k->a, r->reasons),
                                                       .name_key = (int64_t)(r->name_key >> 1),
                                                       .phone_key = (int64_t)(r->phone_key >> 1),
                                                       .made_by = k->who->post.v,
                                                       .made_at = clock_now()},
                           NULL);
}

static struct err belongings_keep(struct keeping *k) {
    const struct petition_writer *w = &k->l.writer;
    TRY(petition_author_insert(k->db,
                               (struct petition_author_insert_in){.id = {id_new()},
                                                                  .letter = k->id,
                                                                  .n = 1,
                                                                  .role = S("writer"),
                                                                  .name = w->name,
                                                                  .address = w->address,
                                                                  .phone = w->phone,
                                                                  .email = w->email},
                               NULL));
    for (size_t i = 0; i < k->l.papers.n; i++) {
        const struct petition_paper *p = &k->l.papers.at[i];
        TRY(petition_file_insert(k->db,
                                 (struct petition_file_insert_in){.id = {id_new()},
                                                                  .letter = k->id,
                                                                  .file = p->file,
                                                                  .name = p->name,
                                                                  .size = p->size,
                                                                  .added_by = k->who->post.v,
                                                                  .added_at = clock_now()},
                                 NULL));
    }
    for (size_t i = 0; i < k->r.parts.n; i++) {
        const struct petition_part *p = &k->r.parts.at[i];
        TRY(petition_part_insert(k->db,
                                 (struct petition_part_insert_in){.id = {id_new()},
                                                                  .letter = k->id,
                                                                  .n = (int64_t)i + 1,
                                                                  .type = petition_type_name(p->type),
                                                                  .topic = p->topic,
                                                                  .authority_kind = p->authority.kind,
                                                                  .authority = p->authority.org},
                                 NULL));
    }
    return OK;
}

static struct err give(struct db_write *db, struct petition_letter_id id, int64_t principal, unsigned can) {
    return access_give(db, &(struct access_grant_new){
                               .kind = S("petition"), .record = id.v, .principal = principal, .can = CAN_READ | can});
}

struct err petition_rights(struct db_write *db, struct petition_letter_id id) {
    struct petition_by_id_row *l;
    int64_t clerks, leaders;
    TRY(petition_by_id(db_reading(db), (struct petition_by_id_in){.id = id}, &l));
    struct unit_id organ = {l->organ};
    TRY(org_group(db_reading(db), organ, ROLE_CLERK, &clerks));
    TRY(org_group(db_reading(db), organ, ROLE_LEADER, &leaders));
    if (l->made_by) {
        TRY(give(db, id, l->made_by, CAN_ACT | CAN_MANAGE));
    }
    TRY(give(db, id, leaders, CAN_ACT | CAN_MANAGE | CAN_APPROVE));
    return l->is_protected ? access_take(db, id.v, clerks, CAN_READ | CAN_ACT | CAN_MANAGE)
                           : give(db, id, clerks, CAN_ACT | CAN_MANAGE);
}

struct who petition_nobody_of(struct unit_id organ) {
    return (struct who){.organ = organ, .unit = organ};
}

struct err petition_told_to(struct db_read *db, int64_t organ, bool is_protected, int64_t *principal) {
    return org_group(db, (struct unit_id){organ}, is_protected ? ROLE_LEADER : ROLE_CLERK, principal);
}

static struct err tell(struct keeping *k) {
    struct buf b = buf_in(k->a);
    int64_t to;
    bool is_ours = k->who->post.v != 0, is_told = k->is_protected || !is_ours;
    TRY(petition_told_to(db_reading(k->db), k->who->organ.v, k->is_protected, &to));
    TRY(thread_add(k->db, is_ours ? k->who : NULL,
                   &(struct thread_new){.kind = S("petition"),
                                        .record = k->id.v,
                                        .verb = "petition.receive",
                                        .about = str_format(k->a, "%lld", (long long)k->number),
                                        .day = k->l.received_on},
                   NULL));
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, str_format(k->a, "Đơn mới, số %lld: %.*s", (long long)k->number, STR_ARG(utf8_cut(k->title, 120))));
    BUF_LIT(&b, "}");
    TRY(act_done(k->db, &(struct act){.verb = S("petition.receive"),
                                      .record = k->id.v,
                                      .to = is_told ? to : 0,
                                      .after = str_format(k->a, "{\"number\": %lld}", (long long)k->number),
                                      .body = is_told ? buf_str(&b) : S("")}));
    return OK;
}

/* The road begins with the receipt: the number in the book. */
static struct err road_begin(struct keeping *k) {
    struct petition_by_id_row *l;
    TRY(petition_by_id(db_reading(k->db), (struct petition_by_id_in){.id = k->id}, &l));
    return petition_road_add(
        k->db, l,
        &(struct petition_said){.verb = "petition.receive", .about = str_format(k->a, "%lld", (long long)k->number)},
        NULL);
}

static struct err check(struct keeping *k) {
    if (!str_trim(k->l.text).len) {
        return REFUSE(ERR_INVALID, "text", "Mời gõ hoặc dán nội dung đơn.");
    }
    if (!petition_word_or(petition_channels, k->l.channel, S("")).len) {
        return REFUSE(ERR_INVALID, "channel", "Mời chọn đơn đến bằng đường nào.");
    }
    if (date_cmp(k->l.received_on, clock_today()) > 0) {
        return REFUSE(ERR_INVALID, "received_on", "Ngày nhận không thể sau hôm nay.");
    }
    return OK;
}

struct err petition_keep(struct db_write *db, const struct who *who, const struct petition_new *letter,
                         struct petition_letter_id *id) {
    struct keeping k = {.db = db, .a = db_write_arena(db), .who = who, .l = *letter, .id = {id_new()}};
    k.l.received_on = k.l.received_on.year ? k.l.received_on : clock_today();
    k.l.text = utf8_clean(k.a, k.l.text);
    TRY(check(&k));
    read_it(&k);
    if (str_eq(str_of(k.r.secrecy), S("state_secret"))) {
        return REFUSE(
            ERR_INVALID, "text",
            "Đơn có dấu hiệu độ mật. Không nhập vào hệ thống này; mời xử lý theo quy định về bí mật nhà nước.");
    }
    TRY(insert(&k));
    TRY(petition_terms(db, k.id, k.number, k.title, k.is_protected ? S("") : k.l.writer.name));
    TRY(belongings_keep(&k));
    TRY(findings_keep(&k));
    TRY(petition_rights(db, k.id));
    TRY(petition_clocks_begin(db, k.id));
    TRY(road_begin(&k));
    TRY(tell(&k));
    *id = k.id;
    return OK;
}
