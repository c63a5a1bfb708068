/* A consultation: made, changed while it is prepared, moved by two people; its draft read into clauses. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/consult/consult_inside.h"
#include "modules/law/law_text.h"
#include "modules/org/org.h"

enum { CLAUSES_MOST = 500, HEADING_MOST = 300 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

const struct consult_word consult_states[] = {{S_INIT("draft"), S_INIT("Đang chuẩn bị")},
                                              {S_INIT("review"), S_INIT("Chờ duyệt mở")},
                                              {S_INIT("open"), S_INIT("Đang lấy ý kiến")},
                                              {S_INIT("answering"), S_INIT("Đang tổng hợp, trả lời")},
                                              {S_INIT("approval"), S_INIT("Chờ duyệt công bố")},
                                              {S_INIT("published"), S_INIT("Đã trả lời đủ")},
                                              {S_INIT(""), S_INIT("")}};
const struct consult_word consult_vias[] = {{S_INIT("web"), S_INIT("Cổng thông tin")},
                                            {S_INIT("meeting"), S_INIT("Hội nghị")},
                                            {S_INIT("paper"), S_INIT("Phiếu giấy")},
                                            {S_INIT("organisation"), S_INIT("Tổ chức gửi")},
                                            {S_INIT(""), S_INIT("")}};
const struct consult_word consult_stances[] = {{S_INIT("yes"), S_INIT("Đồng ý")},
                                               {S_INIT("part"), S_INIT("Đồng ý một phần")},
                                               {S_INIT("no"), S_INIT("Không đồng ý")},
                                               {S_INIT(""), S_INIT("")}};
const struct consult_word consult_verdicts[] = {{S_INIT("taken"), S_INIT("Tiếp thu")},
                                                {S_INIT("part"), S_INIT("Tiếp thu một phần")},
                                                {S_INIT("not"), S_INIT("Không tiếp thu, giải trình")},
                                                {S_INIT("noted"), S_INIT("Ghi nhận")},
                                                {S_INIT(""), S_INIT("")}};

struct str consult_word(const struct consult_word *words, struct str code) {
    for (; words->code.len; words++) {
        if (str_eq(words->code, code)) {
            return words->name;
        }
    }
    return S("");
}

const struct move consult_moves[] = {
    {.verb = "submission", .label = "Trình duyệt mở", .from = "draft", .to = "review", .right = CAN_MANAGE},
    {.verb = "opening", .label = "Duyệt, mở lấy ý kiến", .from = "review", .to = "open", .right = CAN_APPROVE},
    {.verb = "end", .label = "Kết thúc lấy ý kiến", .from = "open", .to = "answering", .right = CAN_MANAGE},
    {.verb = "request", .label = "Trình duyệt công bố", .from = "answering", .to = "approval", .right = CAN_MANAGE},
    {.verb = "publication", .label = "Duyệt, công bố", .from = "approval", .to = "published", .right = CAN_APPROVE},
    {.verb = "return", .label = "Trả lại", .from = "review|approval", .to = "draft", .right = CAN_APPROVE},
    {.verb = NULL},
};

const struct thread_verb consult_verbs[] = {
    {"consult.add", "Lập cuộc lấy ý kiến.", false},
    {"consult.change", "Sửa.", true},
    {"consult.submission", "Trình duyệt mở.", false},
    {"consult.opening", "Duyệt, mở lấy ý kiến.", false},
    {"consult.end", "Kết thúc lấy ý kiến.", false},
    {"consult.request", "Trình duyệt công bố.", false},
    {"consult.publication", "Duyệt, công bố trả lời.", false},
    {"consult.return", "Trả lại.", false},
    {"consult.say", "Nhập ý kiến: %s.", true},
    {"consult.group", "Gom ý kiến: %s.", true},
    {"consult.part", "Tách một ý kiến khỏi nhóm.", true},
    {"consult.answer", "Trả lời nhóm ý kiến: %s.", false},
    {NULL, NULL, false},
};

struct err consult_for(struct db_read *db, struct consult_item_id id, const struct who *who, unsigned can,
                       struct consult_by_id_row **row) {
    TRY(access_require(db, id.v, who->post.v, CAN_READ | can));
    TRY(consult_by_id(db, (struct consult_by_id_in){.id = id}, row));
    return *row ? OK : FAIL(ERR_MISSING, "no such consultation");
}

bool consult_is_open(const struct consult_by_id_row *row) {
    return is(row->state, "open") && row->is_public && date_cmp(clock_today(), row->closes_on) <= 0;
}

struct str consult_clause_name(struct arena *a, const struct consult_clauses_row *c) {
    return c->heading.len ? str_format(a, "%.*s. %.*s", STR_ARG(c->label), STR_ARG(c->heading)) : c->label;
}

struct str consult_clause_named(struct arena *a, const struct consult_clauses_rows *all, int64_t n) {
    for (size_t i = 0; i < all->n; i++) {
        if (all->at[i].n == n) {
            return consult_clause_name(a, &all->at[i]);
        }
    }
    return S("Cả dự thảo");
}

struct err consult_done(struct db_write *db, const struct who *who, const struct consult_by_id_row *row,
                        const struct consult_deed *deed) {
    struct buf told = buf_in(db_write_arena(db));
    BUF_LIT(&told, "{\"words\":");
    json_str(&told, deed->words);
    BUF_LIT(&told, "}");
    TRY(thread_add(
        db, who,
        &(struct thread_new){
            .kind = S("consult"), .record = row->id.v, .verb = deed->verb, .about = deed->about, .text = deed->text},
        NULL));
    return act_done(db, &(struct act){.verb = str_of(deed->verb),
                                      .record = row->id.v,
                                      .to = deed->to,
                                      .body = deed->words.len ? buf_str(&told) : S("")});
}

/* ---- The draft's clauses */

static struct err clause_add(struct db_write *db, struct consult_item_id id, int64_t *n, struct str label,
                             struct str heading, struct str text) {
    *n += 1;
    return consult_clause_insert(db,
                                 (struct consult_clause_insert_in){.id = {id_new()},
                                                                   .item = id,
                                                                   .n = *n,
                                                                   .label = label,
                                                                   .heading = utf8_cut(heading, HEADING_MOST),
                                                                   .text = text},
                                 NULL);
}

/* An article with all that stands below it, without its label and heading. */
static struct str article_text(struct arena *a, const struct law_tree *t, const struct law_node *node) {
    struct buf b = buf_in(a);
    struct str own = str_trim(node->text), below = str_trim(str_slice(t->text, node->to, node->end));
    buf_put(&b, own);
    buf_put(&b, own.len && below.len ? S("\n") : S(""));
    buf_put(&b, below);
    return buf_str(&b);
}

static struct str one_line(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    struct str rest = text, line;
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        buf_put(&b, b.len && line.len ? S(" ") : S(""));
        buf_put(&b, line);
    }
    return buf_str(&b);
}

static struct err paragraphs(struct db_write *db, struct consult_item_id id, struct str draft, int64_t *n) {
    struct str rest = draft, line;
    struct arena *a = db_write_arena(db);
    while (str_next(&rest, '\n', &line) && *n < CLAUSES_MOST) {
        line = str_trim(line);
        if (line.len) {
            TRY(clause_add(db, id, n, str_format(a, "Đoạn %lld", (long long)*n + 1), S(""), line));
        }
    }
    return OK;
}

static struct err clauses_make(struct db_write *db, struct consult_item_id id, struct str draft) {
    struct arena *a = db_write_arena(db);
    struct law_tree t;
    int64_t n = 0;
    law_text_read(a, draft, &t);
    TRY(consult_clauses_clear(db, (struct consult_clauses_clear_in){.item = id}, NULL));
    for (size_t i = 0; i < t.nodes.n && n < CLAUSES_MOST; i++) {
        const struct law_node *node = &t.nodes.at[i];
        if (node->level == LAW_ARTICLE) {
            struct str heading = one_line(a, node->heading);
            TRY(clause_add(db, id, &n, str_format(a, "Điều %.*s", STR_ARG(node->label)), heading,
                           article_text(a, &t, node)));
        }
    }
    return n ? OK : paragraphs(db, id, draft, &n);
}

/* ---- Made and changed */

static struct err check(const struct consult_new *x) {
    if (!str_trim(x->draft).len) {
        return REFUSE(ERR_INVALID, "draft", "Mời dán nội dung dự thảo.");
    }
    if (date_cmp(x->closes_on, clock_today()) < 0) {
        return REFUSE(ERR_INVALID, "closes_on", "Ngày cuối nhận ý kiến không thể trước hôm nay.");
    }
    if (date_cmp(x->answer_on, x->closes_on) < 0) {
        return REFUSE(ERR_INVALID, "answer_on", "Ngày trả lời phải sau ngày cuối nhận ý kiến.");
    }
    return OK;
}

static struct err rights(struct db_write *db, struct consult_item_id id, const struct who *who) {
    static const struct {
        enum role role;
        unsigned can;
    } all[] = {{ROLE_CLERK, CAN_READ | CAN_ACT},
               {ROLE_OFFICER, CAN_READ | CAN_ACT | CAN_MANAGE},
               {ROLE_HEAD, CAN_READ | CAN_ACT | CAN_MANAGE},
               {ROLE_LEADER, CAN_READ | CAN_ACT | CAN_MANAGE | CAN_APPROVE}};
    TRY(access_give(db, &(struct access_grant_new){.kind = S("consult"),
                                                   .record = id.v,
                                                   .principal = who->post.v,
                                                   .can = CAN_READ | CAN_ACT | CAN_MANAGE}));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        int64_t group;
        TRY(org_group(db_reading(db), who->organ, all[i].role, &group));
        TRY(access_give(db, &(struct access_grant_new){
                                .kind = S("consult"), .record = id.v, .principal = group, .can = all[i].can}));
    }
    return OK;
}

struct err consult_add(struct db_write *db, const struct who *who, const struct consult_new *x,
                       struct consult_item_id *id) {
    struct consult_by_id_row *row;
    TRY(check(x));
    *id = (struct consult_item_id){id_new()};
    TRY(consult_insert(db,
                       (struct consult_insert_in){.id = *id,
                                                  .organ = who->organ.v,
                                                  .unit = who->unit.v,
                                                  .title = x->title,
                                                  .lead = x->lead,
                                                  .drafter = x->drafter,
                                                  .asked = x->asked,
                                                  .is_public = x->is_public,
                                                  .closes_on = x->closes_on,
                                                  .answer_on = x->answer_on,
                                                  .draft = x->draft,
                                                  .made_by = who->post.v,
                                                  .made_at = clock_now()},
                       NULL));
    TRY(clauses_make(db, *id, x->draft));
    TRY(rights(db, *id, who));
    TRY(consult_by_id(db_reading(db), (struct consult_by_id_in){.id = *id}, &row));
    return consult_done(db, who, row, &(struct consult_deed){.verb = "consult.add"});
}

struct err consult_change(struct db_write *db, const struct who *who, struct consult_item_id id,
                          const struct consult_new *x, int64_t version) {
    struct consult_by_id_row *row;
    int64_t n = 0;
    TRY(consult_for(db_reading(db), id, who, CAN_MANAGE, &row));
    if (!is(row->state, "draft")) {
        return REFUSE(ERR_CONFLICT, "", "Đã trình duyệt nên không sửa được nữa. Cần sửa thì đề nghị trả lại.");
    }
    TRY(check(x));
    TRY(consult_update(db,
                       (struct consult_update_in){.id = id,
                                                  .version = version,
                                                  .title = x->title,
                                                  .lead = x->lead,
                                                  .drafter = x->drafter,
                                                  .asked = x->asked,
                                                  .is_public = x->is_public,
                                                  .closes_on = x->closes_on,
                                                  .answer_on = x->answer_on,
                                                  .draft = x->draft,
                                                  .changed_at = clock_now()},
                       &n));
    if (!n) {
        return org_stale_audited(db_reading(db), version, &(struct audit){.kind = S("consult"), .record = id.v});
    }
    TRY(clauses_make(db, id, x->draft));
    return consult_done(db, who, row, &(struct consult_deed){.verb = "consult.change"});
}

/* ---- Moves */

struct acting {
    struct db_write *db;
    const struct who *who;
    const struct move *m;
    struct consult_by_id_row *row;
    struct consult_move_in to;
    struct consult_deed deed;
};

static struct err unanswered(struct acting *x) {
    struct consult_unanswered_row *left;
    TRY(consult_unanswered(db_reading(x->db), (struct consult_unanswered_in){.item = x->row->id}, &left));
    return left->n
               ? err_refuse(db_write_arena(x->db), ERR_CONFLICT, "",
                            "Còn %lld ý kiến chưa được trả lời. Trả lời đủ rồi mới công bố được.", (long long)left->n)
               : OK;
}

/* Who asks for a yes, or wrote an answer, does not give it. */
static struct err other_person(struct acting *x, bool is_answers) {
    struct consult_answered_by_row *own = NULL;
    if (x->row->asked_by == x->who->person.v) {
        return REFUSE(ERR_CONFLICT, "", "Người trình không tự duyệt. Mời người khác duyệt.");
    }
    if (is_answers) {
        TRY(consult_answered_by(db_reading(x->db),
                                (struct consult_answered_by_in){.item = x->row->id, .person = x->who->person.v}, &own));
    }
    return own && own->n ? REFUSE(ERR_CONFLICT, "", "Người viết câu trả lời không tự duyệt. Mời người khác duyệt.")
                         : OK;
}

static struct err ask(struct acting *x, const char *words) {
    x->to.asked_by = x->who->person.v;
    x->deed.words = str_format(db_write_arena(x->db), "%s: %.*s", words, STR_ARG(x->row->title));
    return org_group(db_reading(x->db), (struct unit_id){x->row->organ}, ROLE_LEADER, &x->deed.to);
}

static struct err give_back(struct acting *x) {
    x->to.state = is(x->row->state, "approval") ? S("answering") : S("draft");
    x->deed.to = x->row->made_by;
    x->deed.words = str_format(db_write_arena(x->db), "Trả lại: %.*s", STR_ARG(x->row->title));
    return x->deed.text.len ? OK : REFUSE(ERR_INVALID, "text", "Mời ghi cần sửa gì.");
}

static struct err told_maker(struct acting *x, const char *words) {
    x->deed.to = x->row->made_by;
    x->deed.words = str_format(db_write_arena(x->db), "%s: %.*s", words, STR_ARG(x->row->title));
    return OK;
}

static struct err follow(struct acting *x) {
    struct str verb = str_of(x->m->verb), today = date_iso(db_write_arena(x->db), clock_today());
    if (is(verb, "submission")) {
        return ask(x, "Chờ duyệt mở lấy ý kiến");
    }
    if (is(verb, "opening")) {
        TRY(other_person(x, false));
        x->to.opens = today;
        return told_maker(x, "Đã mở lấy ý kiến");
    }
    if (is(verb, "request")) {
        TRY(unanswered(x));
        return ask(x, "Chờ duyệt công bố trả lời");
    }
    if (is(verb, "publication")) {
        TRY(unanswered(x));
        TRY(other_person(x, true));
        x->to.published = today;
        return told_maker(x, "Đã công bố trả lời");
    }
    return is(verb, "return") ? give_back(x) : OK;
}

struct err consult_act(struct db_write *db, const struct who *who, struct consult_item_id id, const char *verb,
                       struct str text) {
    struct acting x = {.db = db, .who = who, .m = move_named(consult_moves, verb)};
    int64_t n = 0;
    if (!x.m) {
        return FAIL(ERR_BROKEN, "no such act");
    }
    TRY(consult_for(db_reading(db), id, who, 0, &x.row));
    TRY(move_check(db_reading(db), x.m, who, id.v, x.row->state));
    x.to = (struct consult_move_in){.id = id,
                                    .was = x.row->state,
                                    .state = str_of(x.m->to),
                                    .asked_by = x.row->asked_by,
                                    .changed_at = clock_now()};
    x.deed = (struct consult_deed){
        .verb = str_z(db_write_arena(db), str_format(db_write_arena(db), "consult.%s", verb)), .text = text};
    TRY(follow(&x));
    TRY(consult_move(db, x.to, &n));
    return n ? consult_done(db, who, x.row, &x.deed) : FAIL(ERR_CONFLICT, "moved meanwhile");
}
