/* Taking in: drafts, repeats, registration and its cancelling, presenting. */
#include "kernel/rights/audit.h"
#include "kernel/queue/job.h"
#include "kernel/page/json.h"
#include "modules/document/document_facts.h"
#include "modules/document/document_acts.h"
#include "modules/document/document_secret.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* What a paper is to a document. */
struct place {
    struct document_doc_id doc;
    struct str role;
    int64_t line; /* of whose work it is the evidence; else 0 */
};

static struct err keep_paper(struct db_write *db, const struct who *who, struct place place,
                             const struct document_paper *paper, struct document_file_id *id) {
    id->v = id_new();
    TRY(document_file_insert(db,
                             (struct document_file_insert_in){.id = *id,
                                                              .doc = place.doc,
                                                              .file = paper->file,
                                                              .role = place.role,
                                                              .line = place.line,
                                                              .name = paper->name,
                                                              .size = paper->size,
                                                              .added_by = who->post.v,
                                                              .added_at = clock_now()},
                             NULL));
    if (paper->is_read) {
        return OK;
    }
    struct str args = str_format(db_write_arena(db), "{\"file\":\"%lld\"}", (long long)id->v);
    return job_add(
        db, &(struct job_new){.kind = S("document.read"), .record = place.doc.v, .args = args, .post = who->post.v},
        NULL);
}

struct err document_draft(struct db_write *db, const struct who *who, const struct document_paper *paper,
                          struct document_doc_id *id) {
    if (!(who->roles & ROLE_CLERK)) {
        return FAIL(ERR_DENIED, "only a clerk takes documents in");
    }
    bool has_file = paper && paper->file.v;
    *id = (struct document_doc_id){id_new()};
    TRY(document_insert(db,
                        (struct document_insert_in){.id = *id,
                                                    .organ = who->organ.v,
                                                    .subject = has_file ? utf8_cut(paper->name, 300) : S(""),
                                                    .sha256 = has_file ? paper->sha256 : S(""),
                                                    .pages = has_file ? paper->pages : 0,
                                                    .reading = !has_file        ? S("none")
                                                               : paper->is_read ? S("read")
                                                                                : S("waiting"),
                                                    .created_by = who->post.v,
                                                    .created_at = clock_now()},
                        NULL));
    struct document_file_id file = {0};
    if (has_file) {
        TRY(keep_paper(db, who, (struct place){.doc = *id, .role = S("main")}, paper, &file));
    }
    struct str text =
        has_file ? str_format(db_write_arena(db), "Nhận tệp %.*s, chờ vào sổ.", STR_ARG(utf8_cut(paper->name, 120)))
                 : S("Mở bản nhập không có tệp.");
    TRY(document_settle(db, *id));
    return document_deed(db, who,
                         &(struct document_deed){
                             .doc = *id, .kind = "upload", .verb = "document.drafted", .text = text, .file = file.v});
}

struct err document_attach(struct db_write *db, const struct who *who, struct document_doc_id id,
                           const struct document_paper *paper) {
    struct document_by_id_row *doc;
    TRY(document_for(db, id, who, CAN_MANAGE, &doc));
    if (is(doc->state, "void")) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản đã hủy đăng ký, không thêm tệp được nữa.");
    }
    struct document_main_file_row *main_file;
    TRY(document_main_file(db_reading(db), (struct document_main_file_in){id}, &main_file));
    struct document_file_id file;
    struct place place = {.doc = id, .role = main_file ? S("annex") : S("main")};
    TRY(keep_paper(db, who, place, paper, &file));
    if (!main_file) {
        TRY(document_main_set(
            db,
            (struct document_main_set_in){
                .sha256 = paper->sha256, .reading = S("waiting"), .changed_at = clock_now(), .id = id},
            NULL));
    }
    TRY(document_settle(db, id));
    struct str text = str_format(db_write_arena(db), "Thêm tệp %.*s.", STR_ARG(utf8_cut(paper->name, 120)));
    return document_deed(db, who,
                         &(struct document_deed){
                             .doc = id, .kind = "attach", .verb = "document.attached", .text = text, .file = file.v});
}

static struct err taken_paper(struct db_write *db, const struct document_taken_file *f, struct document_paper *paper) {
    struct file file;
    TRY(file_find(db_reading(db), db_write_arena(db), f->file, &file));
    *paper = (struct document_paper){.file = f->file, .name = f->name, .size = f->size, .sha256 = file.sha256};
    return OK;
}

struct err document_take(struct db_write *db, const struct who *who, const struct document_taken *taken,
                         struct document_doc_id *id) {
    struct document_paper paper;
    for (size_t i = 0; i < taken->n; i++) {
        TRY(taken_paper(db, &taken->files[i], &paper));
        TRY(i ? document_attach(db, who, *id, &paper) : document_draft(db, who, &paper, id));
    }
    return document_deed(
        db, who, &(struct document_deed){.doc = *id, .kind = "take", .verb = "document.taken", .text = taken->words});
}

struct err document_draft_remove(struct db_write *db, const struct who *who, struct document_doc_id id) {
    struct document_by_id_row *doc;
    TRY(document_for(db, id, who, CAN_MANAGE, &doc));
    if (!is(doc->state, "draft")) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản đã vào sổ, chỉ có thể hủy đăng ký kèm lý do.");
    }
    TRY(document_deed(
        db, who,
        &(struct document_deed){
            .doc = id, .kind = "remove", .verb = "document.draft_removed", .text = S("Bỏ bản chưa vào sổ.")}));
    TRY(document_void_set(
        db, (struct document_void_set_in){.void_reason = S("Bỏ khi chưa vào sổ"), .changed_at = clock_now(), .id = id},
        NULL));
    TRY(job_cancel_about(db, S("document.read"), id.v));
    return document_settle(db, id);
}

struct err document_evidence(struct db_write *db, const struct who *who, struct document_doc_id id, int64_t line,
                             const struct document_paper *paper, struct document_file_id *file) {
    return keep_paper(db, who, (struct place){id, S("evidence"), line}, paper, file);
}

/* ---- Repeats */

bool document_code_split(struct str code, int64_t *number, struct str *notation) {
    size_t digits = 0;
    while (digits < code.len && code.at[digits] >= '0' && code.at[digits] <= '9') {
        digits++;
    }
    if (!digits || digits > 11 || !num_read(str_slice(code, 0, digits), number)) {
        return false;
    }
    struct str rest = str_slice(code, digits, code.len);
    if (rest.len && rest.at[0] != '/' && rest.at[0] != '-') {
        return false;
    }
    *notation = rest.len ? str_slice(rest, 1, rest.len) : S("");
    return true;
}

struct str document_key(struct arena *a, struct str code, struct str issuer) {
    struct buf b = buf_in(a);
    struct str parts[2] = {utf8_fold(a, utf8_clean(a, code)), utf8_fold(a, utf8_clean(a, issuer))};
    if (!parts[0].len) {
        return S("");
    }
    for (size_t p = 0; p < 2; p++) {
        bool begun = false;
        for (size_t i = 0; i < parts[p].len; i++) {
            char c = parts[p].at[i];
            bool counts = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (p == 0 && (c == '/' || c == '-'));
            if (!begun && c == '0' && p == 0) {
                continue;
            }
            if (counts) {
                begun = true;
                buf_put_char(&b, c);
            }
        }
        buf_put_char(&b, '|');
    }
    return buf_str(&b);
}

struct err document_twin_find(struct db_read *db, const struct document_marks *m, struct document_twin *twin) {
    *twin = (struct document_twin){0};
    struct document_same_file_row *bytes;
    TRY(document_same_file(db, (struct document_same_file_in){.organ = m->organ, .sha256 = m->sha256, .id = m->id},
                           &bytes));
    if (bytes) {
        *twin =
            (struct document_twin){bytes->id, bytes->code, bytes->subject, bytes->arrival_no, bytes->arrival_on, true};
        return OK;
    }
    struct str key = document_key(db_arena(db), m->code, m->issuer);
    struct document_same_key_row *same;
    TRY(document_same_key(db, (struct document_same_key_in){.organ = m->organ, .duplicate_key = key, .id = m->id},
                          &same));
    if (same) {
        *twin = (struct document_twin){same->id, same->code, same->subject, same->arrival_no, same->arrival_on, false};
    }
    return OK;
}

/* ---- Registration */

static struct err check_typed(struct db_write *db, const struct document_by_id_row *doc,
                              const struct document_typed *t) {
    int64_t number;
    struct str notation;
    if (!t->subject.len) {
        return REFUSE(ERR_INVALID, "subject", "Trích yếu không được để trống.");
    }
    if (!t->issuer.len) {
        return REFUSE(ERR_INVALID, "issuer", "Cơ quan ban hành không được để trống.");
    }
    if (t->code.len && !document_code_split(t->code, &number, &notation)) {
        return REFUSE(ERR_INVALID, "code", "Số, ký hiệu bắt đầu bằng số, ví dụ 1187/SNNMT-GN hoặc 11-HD/VPTW.");
    }
    if (t->issued_on.year && date_cmp(t->issued_on, clock_today()) > 0) {
        return REFUSE(ERR_INVALID, "issued_on", "Ngày văn bản không thể sau hôm nay.");
    }
    if (t->arrival_on.year && date_cmp(t->arrival_on, clock_today()) > 0) {
        return REFUSE(ERR_INVALID, "arrival_on", "Ngày đến không thể sau hôm nay.");
    }
    if (t->arrival_on.year && t->issued_on.year && date_cmp(t->issued_on, t->arrival_on) > 0) {
        return REFUSE(ERR_INVALID, "arrival_on", "Ngày đến không thể trước ngày văn bản.");
    }
    if (t->type.len && !document_type_by_code(t->type)) {
        return REFUSE(ERR_INVALID, "type", "Loại văn bản này không có trong danh mục.");
    }
    /* A draft has nothing typed in it to lose. */
    bool is_free = is(doc->state, "draft") && !t->version;
    return is_free || t->version == doc->version
               ? OK
               : org_stale_audited(db_reading(db), t->version,
                                   &(struct audit){.kind = S("document"), .record = doc->id.v});
}

static struct err write_typed(struct db_write *db, const struct document_by_id_row *doc,
                              const struct document_typed *t) {
    struct unit_id unit = {0};
    int64_t number = 0;
    struct str notation = S("");
    bool asks =
        t->due_on.year && (is(doc->state, "draft") || is(doc->state, "received") || is(doc->state, "presented"));
    if (t->code.len && !document_code_split(t->code, &number, &notation)) {
        return FAIL(ERR_BROKEN, "a checked code does not split");
    }
    int64_t changed;
    TRY(org_unit_named(db_reading(db), t->issuer, &unit));
    TRY(document_fill(db,
                      (struct document_fill_in){.type = t->type,
                                                .number = number,
                                                .notation = notation,
                                                .code = t->code,
                                                .issued_on = t->issued_on,
                                                .subject = t->subject,
                                                .issuer_unit = unit.v,
                                                .issuer = t->issuer,
                                                .signer = t->signer,
                                                .signer_post = t->signer_post,
                                                .priority = t->priority,
                                                .field = t->field,
                                                .note = t->note,
                                                .due_on = asks ? t->due_on : doc->due_on,
                                                .due_why = asks ? S("Thời hạn ghi trong văn bản.") : doc->due_why,
                                                .duplicate_key = document_key(db_write_arena(db), t->code, t->issuer),
                                                .changed_at = clock_now(),
                                                .version = doc->version,
                                                .id = doc->id},
                      &changed));
    return changed ? OK : FAIL(ERR_BROKEN, "a document changed within the transaction that read it");
}

/* What was read stays beside what was registered, so that a correction can be seen and learnt from. */
static struct err keep_corrections(struct db_write *db, const struct who *who, struct document_doc_id id,
                                   const struct document_typed *t) {
    struct arena *a = db_write_arena(db);
    struct document_fact_list_rows facts;
    TRY(document_fact_list(db_reading(db), (struct document_fact_list_in){id}, &facts));
    const struct {
        const char *name;
        struct str value;
    } typed[] = {{"code", t->code},
                 {"issued_on", t->issued_on.year ? date_iso(a, t->issued_on) : S("")},
                 {"type", t->type},
                 {"subject", t->subject},
                 {"issuer", t->issuer},
                 {"signer", t->signer},
                 {"due_on", t->due_on.year ? date_iso(a, t->due_on) : S("")}};
    for (size_t i = 0; i < facts.n; i++) {
        for (size_t k = 0; k < sizeof typed / sizeof *typed; k++) {
            if (is(facts.at[i].name, typed[k].name)) {
                bool differs = !str_eq(facts.at[i].value, typed[k].value);
                TRY(document_fact_kept(db,
                                       (struct document_fact_kept_in){.kept = typed[k].value,
                                                                      .is_corrected = differs,
                                                                      .corrected_by = differs ? who->post.v : 0,
                                                                      .doc = id,
                                                                      .name = facts.at[i].name},
                                       NULL));
            }
        }
    }
    return OK;
}

static struct err book_of(struct db_write *db, int64_t organ, int64_t year, struct document_book_id *book) {
    struct document_book_find_row *row;
    TRY(document_book_find(db_reading(db), (struct document_book_find_in){.organ = organ, .year = year}, &row));
    if (row) {
        *book = row->id;
        return OK;
    }
    *book = (struct document_book_id){id_new()};
    TRY(document_book_make(db, (struct document_book_make_in){.id = *book, .organ = organ, .year = year}, NULL));
    return document_counter_make(db, (struct document_counter_make_in){*book}, NULL);
}

static struct str registered_json(struct arena *a, int64_t number, struct date on, const struct document_typed *t) {
    struct buf b = buf_in(a);
    buf_printf(&b, "{\"arrival_no\":%lld,\"arrival_on\":\"", (long long)number);
    date_put_iso(&b, on);
    BUF_LIT(&b, "\",\"code\":");
    json_str(&b, t->code);
    BUF_LIT(&b, ",\"issuer\":");
    json_str(&b, t->issuer);
    BUF_LIT(&b, ",\"subject\":");
    json_str(&b, t->subject);
    if (t->duplicate_reason.len) {
        BUF_LIT(&b, ",\"duplicate_reason\":");
        json_str(&b, t->duplicate_reason);
    }
    BUF_LIT(&b, "}");
    return buf_str(&b);
}

struct err document_register(struct db_write *db, const struct who *who, struct document_doc_id id,
                             const struct document_typed *typed, int64_t *number) {
    struct arena *a = db_write_arena(db);
    struct document_by_id_row *doc;
    TRY(document_for(db, id, who, CAN_MANAGE, &doc));
    TRY(document_refuse_secret(db, id));
    if (!is(doc->state, "draft")) {
        return doc->arrival_no
                   ? err_refuse(a, ERR_CONFLICT, NULL, "Văn bản đã vào sổ, số đến %lld.", (long long)doc->arrival_no)
                   : REFUSE(ERR_CONFLICT, "", "Bản nháp này đã bị bỏ.");
    }
    TRY(check_typed(db, doc, typed));
    struct document_twin twin;
    TRY(document_twin_find(
        db_reading(db),
        &(struct document_marks){
            .organ = doc->organ, .id = id, .code = typed->code, .issuer = typed->issuer, .sha256 = doc->sha256},
        &twin));
    if (twin.id.v && !typed->duplicate_reason.len) {
        return err_refuse(
            a, ERR_INVALID, "duplicate_reason",
            twin.is_same_bytes
                ? "Tệp này đã có ở văn bản số đến %lld. Nếu vẫn cần vào sổ, mời ghi lý do."
                : "Văn bản cùng số, ký hiệu và cơ quan đã vào sổ, số đến %lld. Nếu vẫn cần vào sổ, mời ghi lý do.",
            (long long)twin.arrival_no);
    }
    TRY(write_typed(db, doc, typed));
    TRY(keep_corrections(db, who, id, typed));
    struct date on = typed->arrival_on.year ? typed->arrival_on : clock_today();
    struct document_book_id book;
    struct document_counter_take_row *taken;
    TRY(book_of(db, doc->organ, on.year, &book));
    TRY(document_counter_take(db, (struct document_counter_take_in){.last_on = on, .book = book}, &taken));
    *number = taken->number;
    TRY(document_number(db,
                        (struct document_number_in){.book = book,
                                                    .arrival_no = *number,
                                                    .arrival_on = on,
                                                    .registered_by = who->post.v,
                                                    .registered_at = clock_now(),
                                                    .duplicate_of = twin.id,
                                                    .duplicate_reason = twin.id.v ? typed->duplicate_reason : S(""),
                                                    .id = id},
                        NULL));
    TRY(document_settle(db, id));
    return document_deed(db, who,
                         &(struct document_deed){.doc = id,
                                                 .kind = "register",
                                                 .verb = "document.registered",
                                                 .text = str_format(a, "Vào sổ, số đến %lld.", (long long)*number),
                                                 .audited = registered_json(a, *number, on, typed)});
}

struct err document_amend(struct db_write *db, const struct who *who, struct document_doc_id id,
                          const struct document_typed *typed) {
    struct document_by_id_row *doc;
    TRY(document_for(db, id, who, CAN_MANAGE, &doc));
    if (is(doc->state, "void") || is(doc->state, "draft")) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ sửa được thông tin của văn bản đang có trong sổ.");
    }
    TRY(check_typed(db, doc, typed));
    TRY(write_typed(db, doc, typed));
    TRY(keep_corrections(db, who, id, typed));
    TRY(document_settle(db, id));
    return document_deed(db, who,
                         &(struct document_deed){
                             .doc = id,
                             .kind = "amend",
                             .verb = "document.amended",
                             .text = S("Sửa thông tin đăng ký."),
                             .audited = registered_json(db_write_arena(db), doc->arrival_no, doc->arrival_on, typed)});
}

struct err document_void(struct db_write *db, const struct who *who, struct document_doc_id id, struct str reason) {
    struct arena *a = db_write_arena(db);
    struct document_by_id_row *doc;
    TRY(document_for(db, id, who, CAN_MANAGE, &doc));
    if (!is(doc->state, "received") && !is(doc->state, "presented")) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ hủy được đăng ký khi văn bản chưa được giao xử lý.");
    }
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do hủy đăng ký.");
    }
    TRY(document_void_set(db, (struct document_void_set_in){.void_reason = reason, .changed_at = clock_now(), .id = id},
                          NULL));
    TRY(document_settle(db, id));
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"reason\":");
    json_str(&b, reason);
    BUF_LIT(&b, "}");
    return document_deed(db, who,
                         &(struct document_deed){.doc = id,
                                                 .kind = "void",
                                                 .verb = "document.voided",
                                                 .audited = buf_str(&b),
                                                 .text = str_format(a, "Hủy đăng ký số đến %lld: %.*s",
                                                                    (long long)doc->arrival_no, STR_ARG(reason))});
}

struct err document_present(struct db_write *db, const struct who *who, struct document_doc_id id,
                            struct post_id leader, struct str note) {
    struct arena *a = db_write_arena(db);
    struct document_by_id_row *doc;
    TRY(document_for(db, id, who, CAN_MANAGE, &doc));
    if (!is(doc->state, "received") && !is(doc->state, "presented")) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ trình được văn bản đã vào sổ và chưa giao xử lý.");
    }
    struct org_post post;
    struct err e = org_post(db_reading(db), leader, &post);
    if (err_is(e, ERR_MISSING) ||
        (!e.why && (post.organ.v != doc->organ || !(post.roles & ROLE_LEADER) || !post.is_in_force))) {
        return REFUSE(ERR_INVALID, "leader", "Mời chọn một lãnh đạo đang giữ chức vụ của cơ quan.");
    }
    TRY(e);
    if (is(doc->state, "presented") && doc->presented_to == leader.v) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản đã được trình lãnh đạo này.");
    }
    TRY(document_present_set(
        db, (struct document_present_set_in){.presented_to = leader.v, .changed_at = clock_now(), .id = id}, NULL));
    TRY(document_settle(db, id));
    struct str text = str_format(a, note.len ? "Trình %.*s, %.*s. %.*s" : "Trình %.*s, %.*s.%.*s", STR_ARG(post.title),
                                 STR_ARG(post.person_name), STR_ARG(note));
    TRY(document_deed(
        db, who, &(struct document_deed){.doc = id, .kind = "present", .verb = "document.presented", .text = text}));
    return document_tell(db, id, leader.v, "document.for_direction",
                         str_format(a, "Chờ chỉ đạo: %.*s", STR_ARG(utf8_cut(doc->subject, 200))));
}
