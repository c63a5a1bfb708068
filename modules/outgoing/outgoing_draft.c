/* Drafts: made, changed, every version kept, and what is still wrong with one. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/file/disk.h"
#include "kernel/rights/audit.h"
#include "modules/document/document.h"
#include "modules/org/org.h"
#include "modules/outgoing/outgoing_rules.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* ---- What a version says */

static void put_part(struct buf *b, struct str part) {
    buf_printf(b, "%zu:", part.len);
    buf_put(b, part);
    buf_put_char(b, '\n');
}

struct str outgoing_hash(struct arena *a, const struct outgoing_draft_insert_in *d) {
    struct buf b = buf_in(a);
    char hex[65];
    put_part(&b, d->subject);
    put_part(&b, d->addressee);
    put_part(&b, d->body);
    put_part(&b, d->recipients);
    put_part(&b, d->competence);
    put_part(&b, d->position);
    put_part(&b, d->signer_name);
    put_part(&b, d->place);
    put_part(&b, d->file_sha256);
    file_disk_sha256(buf_str(&b), hex);
    return str_copy(a, str_of(hex));
}

/* "TM. BAN THƯỜNG TRỰC" and "CHỦ TỊCH", as a post signs. */
static void sign_words(struct arena *a, const struct org_post *p, struct str *competence, struct str *position) {
    const char *prefix = (p->signs & ORG_SIGN_KT)   ? "TM. BAN THƯỜNG TRỰC\nKT. CHỦ TỊCH"
                         : (p->signs & ORG_SIGN_TM) ? "TM. BAN THƯỜNG TRỰC"
                         : (p->signs & ORG_SIGN_TL) ? "TL. BAN THƯỜNG TRỰC"
                                                    : "";
    *competence = str_of(prefix);
    *position = str_copy(a, p->title);
}

/* "Hải Phòng" of "Ủy ban MTTQ Việt Nam thành phố Hải Phòng"; "Lê Chân" of "… phường Lê Chân". */
static struct str place_of(struct str organ_name) {
    static const struct str kinds[] = {S_INIT(" thành phố "), S_INIT(" phường "), S_INIT(" xã "), S_INIT(" đặc khu ")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t at = str_find(organ_name, kinds[i], 0);
        if (at != SIZE_MAX) {
            return str_slice(organ_name, at + kinds[i].len, organ_name.len);
        }
    }
    return organ_name;
}

static struct err version_make(struct db_write *db, const struct who *who, const struct outgoing_by_id_row *doc,
                               const struct outgoing_typed *t, struct outgoing_draft_insert_in *in) {
    struct arena *a = db_write_arena(db);
    struct outgoing_draft_of_row *last = NULL;
    struct org_post signer = {0};
    struct org_unit organ;
    TRY(org_unit(db_reading(db), who->organ, &organ));
    if (doc->draft_no) {
        TRY(outgoing_draft_of(db_reading(db), (struct outgoing_draft_of_in){doc->id, doc->draft_no}, &last));
    }
    if (t->signer) {
        TRY(org_post(db_reading(db), (struct post_id){t->signer}, &signer));
    }
    *in = (struct outgoing_draft_insert_in){.id = {id_new()},
                                            .doc = doc->id,
                                            .draft_no = doc->draft_no + 1,
                                            .subject = t->subject,
                                            .addressee = t->addressee,
                                            .body = t->body,
                                            .recipients = t->recipients,
                                            .signer_name = signer.person_name,
                                            .place = t->place.len ? t->place : place_of(organ.name),
                                            .file = t->paper.file,
                                            .file_name = t->paper.name,
                                            .file_size = t->paper.size,
                                            .file_sha256 = t->paper.sha256,
                                            .made_by = who->post.v,
                                            .made_by_name = who->name,
                                            .made_at = clock_now()};
    sign_words(a, &signer, &in->competence, &in->position);
    if (last && t->keeps_paper && !t->paper.file.v) {
        in->file = last->file;
        in->file_name = last->file_name;
        in->file_size = last->file_size;
        in->file_sha256 = last->file_sha256;
    }
    in->hash = outgoing_hash(a, in);
    return OK;
}

/* Writes a version when it says something new. */
static struct err version_add(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                              const struct outgoing_typed *t, bool *is_new) {
    struct outgoing_by_id_row *doc;
    struct outgoing_draft_insert_in in;
    TRY(outgoing_by_id(db_reading(db), (struct outgoing_by_id_in){id}, &doc));
    TRY(version_make(db, who, doc, t, &in));
    *is_new = !str_eq(in.hash, doc->draft_hash);
    if (!*is_new) {
        return OK;
    }
    TRY(outgoing_draft_insert(db, in, NULL));
    return outgoing_drafted(db, (struct outgoing_drafted_in){.draft_no = in.draft_no, .draft_hash = in.hash, .id = id},
                            NULL);
}

/* ---- What may be typed */

static struct err check_signer(struct db_write *db, const struct who *who, int64_t signer, struct str *name) {
    struct org_post post;
    if (!signer) {
        return REFUSE(ERR_INVALID, "signer", "Mời chọn người ký.");
    }
    if (org_post(db_reading(db), (struct post_id){signer}, &post).why || post.organ.v != who->organ.v ||
        !post.is_in_force || !(post.signs & (ORG_SIGN_TM | ORG_SIGN_KT))) {
        return REFUSE(ERR_INVALID, "signer", "Người này không có thẩm quyền ký văn bản của cơ quan.");
    }
    *name = post.person_name;
    return OK;
}

/* Of the relation only what this person may read of the other document. */
static struct err check_related(struct db_write *db, const struct who *who, const struct outgoing_typed *t) {
    struct outgoing_by_id_row *other;
    struct outgoing_delivery_by_id_row *delivery;
    if (!t->relation.len) {
        return OK;
    }
    if (is(t->relation, "answers")) {
        return outgoing_delivery_find(db_reading(db), (struct outgoing_delivery_id){t->related}, who, &delivery,
                                      &other);
    }
    TRY(outgoing_find(db_reading(db), (struct outgoing_doc_id){t->related}, who, &other));
    return is(other->state, "issued")
               ? OK
               : REFUSE(ERR_CONFLICT, "",
                        "Văn bản kia không còn hiệu lực hoặc chưa phát hành, không thay thế, đính chính được.");
}

static struct err check(struct db_write *db, const struct who *who, const struct outgoing_typed *t,
                        struct str *signer) {
    struct arena *a = db_write_arena(db);
    struct outgoing_steps steps;
    struct str seen;
    outgoing_route(a, t->route, clock_today(), &steps);
    if (!outgoing_type(a, t->type).code.len) {
        return REFUSE(ERR_INVALID, "type", "Loại văn bản này không có trong danh mục.");
    }
    if (!steps.all.n) {
        return REFUSE(ERR_INVALID, "route", "Mời chọn quy trình duyệt.");
    }
    if (!t->subject.len) {
        return REFUSE(ERR_INVALID, "subject", "Trích yếu không được để trống.");
    }
    if (t->reply_on.year && date_cmp(t->reply_on, clock_today()) < 0) {
        return REFUSE(ERR_INVALID, "reply_on", "Hạn trả lời không thể trước hôm nay.");
    }
    if (document_text_bears_stamp(a, t->body, &seen)) {
        return REFUSE(ERR_INVALID, "body", "Nội dung mang dấu độ mật. Văn bản mật không được soạn trên hệ thống này.");
    }
    return check_signer(db, who, t->signer, signer);
}

static struct err targets_put(struct db_write *db, struct outgoing_doc_id id, struct db_ids units) {
    TRY(outgoing_target_clear(db, (struct outgoing_target_clear_in){id}, NULL));
    for (size_t i = 0; i < units.n; i++) {
        struct org_unit unit;
        if (org_unit(db_reading(db), (struct unit_id){units.at[i]}, &unit).why || unit.until_on.year) {
            return REFUSE(ERR_INVALID, "units", "Có nơi nhận không còn hoạt động. Mời chọn lại.");
        }
        TRY(outgoing_target_put(db, (struct outgoing_target_put_in){id, units.at[i]}, NULL));
    }
    return OK;
}

struct err outgoing_draft(struct db_write *db, const struct who *who, const struct outgoing_typed *t,
                          struct outgoing_doc_id *id) {
    struct str signer;
    bool is_new;
    TRY(check(db, who, t, &signer));
    TRY(check_related(db, who, t));
    *id = (struct outgoing_doc_id){id_new()};
    TRY(outgoing_insert(db,
                        (struct outgoing_insert_in){.id = *id,
                                                    .organ = who->organ.v,
                                                    .unit = who->unit.v,
                                                    .unit_name = who->unit_name,
                                                    .author = who->post.v,
                                                    .author_person = who->person.v,
                                                    .author_name = who->name,
                                                    .route = t->route,
                                                    .type = t->type,
                                                    .field = t->field,
                                                    .priority = t->priority,
                                                    .subject = t->subject,
                                                    .is_open = t->is_open,
                                                    .signer = t->signer,
                                                    .signer_name = signer,
                                                    .to_communes = t->to_communes,
                                                    .to_members = t->to_members,
                                                    .outside = t->outside,
                                                    .reply_on = t->reply_on,
                                                    .relation = t->relation,
                                                    .related = t->related,
                                                    .created_at = clock_now()},
                        NULL));
    TRY(targets_put(db, *id, t->units));
    TRY(version_add(db, who, *id, t, &is_new));
    return outgoing_done(db, who, *id, &(struct outgoing_deed){.verb = "outgoing.draft"});
}

struct err outgoing_redraft(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                            const struct outgoing_typed *t) {
    struct outgoing_by_id_row *doc;
    struct str signer;
    int64_t changed = 0;
    bool is_new;
    TRY(outgoing_begin(db, who, id, "redraft", &doc));
    TRY(check(db, who, t, &signer));
    TRY(outgoing_update(db,
                        (struct outgoing_update_in){.id = id,
                                                    .route = t->route,
                                                    .type = t->type,
                                                    .field = t->field,
                                                    .priority = t->priority,
                                                    .subject = t->subject,
                                                    .is_open = t->is_open,
                                                    .signer = t->signer,
                                                    .signer_name = signer,
                                                    .to_communes = t->to_communes,
                                                    .to_members = t->to_members,
                                                    .outside = t->outside,
                                                    .reply_on = t->reply_on,
                                                    .changed_at = clock_now(),
                                                    .version = t->version},
                        &changed));
    if (!changed) {
        return org_stale_audited(db_reading(db), t->version, &(struct audit){.kind = S("outgoing"), .record = id.v});
    }
    TRY(targets_put(db, id, t->units));
    TRY(version_add(db, who, id, t, &is_new));
    struct str about = str_format(db_write_arena(db), "%lld", (long long)doc->draft_no + (is_new ? 1 : 0));
    return outgoing_done(db, who, id, &(struct outgoing_deed){.verb = "outgoing.redraft", .about = about});
}

/* ---- Form */

static void fault_add(struct arena *a, struct outgoing_faults *f, bool is_fault, struct str words, struct str why) {
    LIST_ADD(a, &f->all, (struct outgoing_fault){is_fault, words, why});
    f->faults += is_fault;
}

static const struct str by_law = S_INIT("Nghị định 30/2020/NĐ-CP, Phụ lục I");

/* The first place left open between « and »; empty when all is filled in. */
static struct str open_place(struct str text) {
    size_t from = str_find(text, S("«"), 0), to = from == SIZE_MAX ? SIZE_MAX : str_find(text, S("»"), from);
    return to == SIZE_MAX ? S("") : utf8_cut(str_slice(text, from, to + S("»").len), 60);
}

static void check_open(struct arena *a, const struct outgoing_draft_of_row *d, struct outgoing_faults *f) {
    const struct str parts[] = {d->subject, d->addressee, d->body, d->recipients};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct str left = open_place(parts[i]);
        if (left.len) {
            fault_add(a, f, true, str_format(a, "Còn chỗ chưa điền: %.*s", STR_ARG(left)),
                      S("Chỗ trong ngoặc « » của mẫu phải được thay bằng nội dung."));
        }
    }
}

static void check_text(struct arena *a, const struct outgoing_by_id_row *doc, const struct outgoing_draft_of_row *d,
                       struct outgoing_faults *f) {
    struct str body = str_trim(d->body);
    bool is_letter = is(doc->type, "CV");
    if (!body.len) {
        fault_add(a, f, true, S("Chưa có nội dung"), S("Soạn trên trang, hoặc đưa tệp DOCX, PDF lên."));
        return;
    }
    if (!str_ends(body, S("./."))) {
        fault_add(a, f, true, S("Nội dung chưa kết thúc bằng “./.”"), by_law);
    }
    if (is_letter && !d->addressee.len) {
        fault_add(a, f, true, S("Công văn thiếu dòng “Kính gửi”"), by_law);
    }
    if (is_letter && !str_starts(d->subject, S("V/v ")) && !str_starts(d->subject, S("Về việc "))) {
        fault_add(a, f, false, S("Trích yếu công văn thường mở đầu bằng “V/v”"), by_law);
    }
    if (!str_trim(d->recipients).len) {
        fault_add(a, f, true, S("Thiếu phần “Nơi nhận”"), by_law);
    } else if (str_find(d->recipients, S("Lưu: VT"), 0) == SIZE_MAX) {
        fault_add(a, f, true, S("Nơi nhận thiếu dòng lưu"), S("Thêm “- Lưu: VT, (đơn vị soạn thảo).”"));
    }
}

void outgoing_check(struct arena *a, const struct outgoing_by_id_row *doc, const struct outgoing_draft_of_row *d,
                    int64_t receivers, struct outgoing_faults *f) {
    *f = (struct outgoing_faults){0};
    check_open(a, d, f);
    if (!d->file.v) {
        check_text(a, doc, d, f);
    } else {
        fault_add(a, f, false, S("Nội dung nằm trong tệp kèm theo"), S("Máy chưa kiểm tra thể thức bên trong tệp."));
    }
    if (!d->competence.len) {
        fault_add(a, f, true, S("Thiếu quyền hạn của người ký (TM., KT.)"), by_law);
    }
    if (!receivers) {
        fault_add(a, f, true, S("Chưa chọn nơi nhận để phát hành"),
                  S("Chọn xã, phường, đơn vị hoặc ghi tên cơ quan ngoài hệ thống."));
    }
}
