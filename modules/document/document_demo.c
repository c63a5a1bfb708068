/* The demonstration: a year of letters, lived through by the rules themselves in the order things happened, so that
   numbers, steps, tabs, rights and the audit trail are what they would be. */
#include <stdlib.h>

#include "modules/document/document_demo.h"
#include "kernel/file/steps.h"
#include "modules/document/document_facts.h"
#include "modules/document/document_acts.h"

#include "base/buf.h"

enum { LETTERS = 300, PEOPLE = 64 };
enum deed {
    DEED_ARRIVE,
    DEED_PRESENT,
    DEED_DIRECT,
    DEED_ACCEPT,
    DEED_SEE,
    DEED_OPINION,
    DEED_REPORT,
    DEED_RETURN,
    DEED_AGAIN,
    DEED_CLOSE
};

struct letter {
    struct demo_letter l;
    struct document_doc_id id;
    size_t clerk, leader, doer; /* of people */
    int64_t lead;               /* unit or post */
    int64_t board;
    int64_t informed;
    int days;
};

struct plan {
    struct instant at;
    size_t letter;
    enum deed deed;
};

struct demo {
    struct db_write *db;
    struct arena *arena;
    uint64_t random;
    struct unit_id front;
    struct who people[PEOPLE];
    size_t people_n;
    struct letter *letters;
    size_t letters_n;
    LIST(struct plan) plan;
    size_t minh; /* the officer with an account; SIZE_MAX none */
};

static int chance(struct demo *d, int below) {
    d->random = d->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((d->random >> 33) % (uint64_t)below);
}

/* ---- People */

static struct err people_add(struct demo *d, uint64_t roles) {
    struct org_principals found;
    TRY(org_posts_with(db_reading(d->db), d->front, roles, &found));
    for (size_t i = 0; i < found.n && d->people_n < PEOPLE; i++) {
        struct org_post post;
        TRY(org_post(db_reading(d->db), (struct post_id){found.at[i].id}, &post));
        struct who *who = &d->people[d->people_n];
        *who = (struct who){.post = post.id};
        struct err e = org_auth.wear(db_reading(d->db), post.person, post.id, clock_today(), who);
        if (e.why) {
            continue;
        }
        if (str_eq(post.person_name, S("Trần Minh")) && d->minh == SIZE_MAX) {
            d->minh = d->people_n;
        }
        d->people_n++;
    }
    return OK;
}

static size_t first_with(const struct demo *d, uint64_t roles, int64_t unit) {
    for (size_t i = 0; i < d->people_n; i++) {
        if ((d->people[i].roles & roles) && (!unit || d->people[i].unit.v == unit)) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* ---- Letters */

static size_t issuer_of(struct demo *d, unsigned kinds) {
    for (;;) {
        size_t i = (size_t)chance(d, (int)demo_issuers_n);
        if (kinds & demo_kind_of(i)) {
            return i;
        }
    }
}

static void code_of(struct demo *d, struct demo_letter *l) {
    int n = l->number;
    const char *type = str_z(d->arena, l->about->type);
    const char *notation = str_z(d->arena, l->issuer->notation);
    bool letter = str_eq(l->about->type, S("CV"));
    if (l->issuer->is_party) {
        l->code = str_format(d->arena, "%02d-%s/%s", n, type, notation);
    } else {
        l->code = letter ? str_format(d->arena, "%02d/%s", n, notation)
                         : str_format(d->arena, "%02d/%s-%s", n, type, notation);
    }
}

static struct str when_of(struct demo *d, const struct demo_subject *about, struct date on) {
    static const char *const quarters[] = {"I", "II", "III", "IV"};
    bool yearly = about->days >= 10;
    if (yearly) {
        return str_format(d->arena, "năm %d", on.year);
    }
    return about->days == 7 ? str_format(d->arena, "quý %s năm %d", quarters[(on.month - 1) / 3], on.year)
                            : str_format(d->arena, "tháng %d năm %d", on.month, on.year);
}

static struct err letter_make(struct demo *d, struct letter *x, struct date arrival) {
    const struct demo_subject *about = &demo_subjects[chance(d, (int)demo_subjects_n)];
    size_t issuer = issuer_of(d, about->issuers);
    struct date issued = date_plus(arrival, -1 - chance(d, 3));
    struct unit_id board;
    TRY(org_unit_by_code(db_reading(d->db), str_of(about->board), &board));
    x->l = (struct demo_letter){.issuer = &demo_issuers[issuer],
                                .about = about,
                                .issued_on = issued,
                                .number = 1 + (int)(issuer * 37 % 60) + (issued.month - 1) * (issuer < 16 ? 60 : 9) +
                                          chance(d, issuer < 16 ? 60 : 9)};
    const struct document_type *type = document_type_by_code(about->type);
    x->l.type_name = type ? type->name : S("");
    struct str time = when_of(d, about, issued);
    struct str before, after;
    str_cut(about->subject, S("%.*s"), &before, &after);
    x->l.subject = str_format(d->arena, "%.*s%.*s%.*s", STR_ARG(before), STR_ARG(time), STR_ARG(after));
    code_of(d, &x->l);
    x->days = about->days;
    x->board = board.v;
    x->clerk = first_with(d, ROLE_CLERK, 0);
    x->leader = first_with(d, ROLE_LEADER, 0);
    /* The movement board's officer with an account leads some himself; else the unit, and its head works. */
    bool minh = d->minh != SIZE_MAX && d->people[d->minh].unit.v == board.v && chance(d, 3) == 0;
    x->doer = minh ? d->minh : first_with(d, ROLE_HEAD, board.v);
    x->lead = minh ? d->people[d->minh].post.v : board.v;
    if (x->doer == SIZE_MAX || !board.v) {
        return FAIL(ERR_BROKEN, "the demonstration city has no such board");
    }
    struct org_deadline due;
    if (x->days && chance(d, 3)) {
        TRY(org_deadline(db_reading(d->db), d->arena, arrival, x->days + 3, &due));
        x->l.due_on = due.due_on;
    }
    return OK;
}

static void plan_add(struct demo *d, size_t letter, enum deed deed, struct date on, int hour) {
    struct instant at = {date_at(on, hour, chance(d, 59)).ms + chance(d, 59000)};
    LIST_ADD(d->arena, &d->plan, (struct plan){.at = at, .letter = letter, .deed = deed});
}

static struct date work_day(struct date on, int plus) {
    struct date d = date_plus(on, plus);
    int w = date_weekday(d);
    return w == 6 ? date_plus(d, 2) : w == 7 ? date_plus(d, 1) : d;
}

/* What becomes of a letter: most are done in time, some late, a few returned, a few left past their day. */
static void plan_letter(struct demo *d, size_t i, struct date arrival, int ago) {
    const struct letter *x = &d->letters[i];
    int fate = chance(d, 100), span = x->days ? x->days : 4;
    plan_add(d, i, DEED_ARRIVE, arrival, 8);
    if (ago <= 1 && fate < 50) {
        return;
    }
    plan_add(d, i, DEED_PRESENT, arrival, 9);
    if (ago <= 3 && fate < 40) {
        return;
    }
    plan_add(d, i, DEED_DIRECT, arrival, 14);
    if (ago <= 12 && fate % 5 == 0) {
        return;
    }
    struct date taken = work_day(arrival, 1), back = work_day(taken, 1), again = work_day(back, 1);
    plan_add(d, i, DEED_ACCEPT, taken, 8);
    plan_add(d, i, DEED_SEE, taken, 10);
    if (fate % 4 == 0) {
        plan_add(d, i, DEED_OPINION, taken, 11);
    }
    if (fate < 4) {
        plan_add(d, i, DEED_RETURN, back, 15);
        if (ago > 20) {
            plan_add(d, i, DEED_AGAIN, again, 9);
            plan_add(d, i, DEED_REPORT, work_day(again, span), 15);
            plan_add(d, i, DEED_CLOSE, work_day(again, span + 4), 16);
        }
        return;
    }
    if (ago < 40 && ago > 8 && fate >= 84) {
        return;
    }
    bool late = fate >= 76 && fate < 90;
    struct date ready = work_day(taken, late ? span * 2 + 1 + chance(d, 6) : chance(d, span));
    plan_add(d, i, DEED_REPORT, ready, 15);
    plan_add(d, i, DEED_CLOSE, work_day(ready, 1), 16);
}

/* ---- Deeds */

static struct err paper(struct demo *d, struct letter *x, struct document_paper *p) {
    struct str pdf = demo_letter_pdf(d->arena, &x->l);
    struct file f;
    *p = (struct document_paper){.size = (int64_t)pdf.len, .pages = 1, .is_read = true};
    TRY(file_keep_bytes(d->db, d->arena, pdf, &p->file));
    TRY(file_find(db_reading(d->db), d->arena, p->file, &f));
    struct file_look look = {.outline = {.pages = 1}};
    struct file_page_done page = {.page = {.number = 1,
                                           .width = 595.3,
                                           .height = 841.9,
                                           .how = READ_LAYER,
                                           .confidence = 100,
                                           .text = demo_letter_text(d->arena, &x->l)}};
    TRY(file_look_keep(d->db, p->file, &look));
    TRY(file_page_keep(d->db, p->file, &page));
    struct buf name = buf_in(d->arena);
    for (size_t i = 0; i < x->l.code.len; i++) {
        buf_put_char(&name, x->l.code.at[i] == '/' ? '-' : x->l.code.at[i]);
    }
    BUF_LIT(&name, ".pdf");
    p->name = buf_str(&name);
    p->sha256 = f.sha256;
    return OK;
}

static struct err arrive(struct demo *d, struct letter *x, bool registers) {
    const struct who *clerk = &d->people[x->clerk];
    int64_t number;
    struct document_paper p;
    TRY(paper(d, x, &p));
    TRY(document_draft(d->db, clerk, &p, &x->id));
    if (!registers) {
        TRY(document_subject_set(d->db, (struct document_subject_set_in){.subject = x->l.subject, .id = x->id}, NULL));
        return document_settle(d->db, x->id);
    }
    struct str field = x->l.about->field;
    struct document_typed t = {.type = x->l.about->type,
                               .code = x->l.code,
                               .subject = x->l.subject,
                               .issuer = x->l.issuer->name,
                               .signer = x->l.issuer->signer,
                               .signer_post = x->l.issuer->signer_post,
                               .field = field,
                               .issued_on = x->l.issued_on,
                               .due_on = x->l.due_on,
                               .priority = x->days && x->days <= 3 ? 1 : 0,
                               .duplicate_reason = S("Bản giấy gửi lại để lưu hồ sơ")};
    return document_register(d->db, clerk, x->id, &t, &number);
}

static struct err direct(struct demo *d, struct letter *x, bool again) {
    static const struct str words[] = {S_INIT("Giao tham mưu, tổng hợp báo cáo Thường trực."),
                                       S_INIT("Nghiên cứu, đề xuất nội dung triển khai."),
                                       S_INIT("Chủ trì phối hợp các đơn vị thực hiện, đôn đốc các phường, xã."),
                                       S_INIT("Tham mưu văn bản trả lời đúng hạn.")};
    struct unit_id office, movement;
    int64_t cooperate[1], inform[1];
    struct document_order o = {.text = words[chance(d, 4)], .lead = x->lead, .days = x->days};
    TRY(org_unit_by_code(db_reading(d->db), S("MT31-VP"), &office));
    TRY(org_unit_by_code(db_reading(d->db), S("MT31-PT"), &movement));
    if (!again && office.v != x->board && chance(d, 2)) {
        cooperate[0] = office.v;
        o.cooperate = (struct db_ids){cooperate, 1};
    }
    if (!again && d->minh != SIZE_MAX && x->doer != d->minh && chance(d, 4) == 0) {
        inform[0] = d->people[d->minh].post.v;
        o.inform = (struct db_ids){inform, 1};
        x->informed = inform[0];
    }
    return document_direct(d->db, &d->people[x->leader], x->id, &o);
}

/* The line of the document that stands for this principal. */
static struct err line_of(struct demo *d, const struct letter *x, int64_t target, struct document_line_id *line) {
    struct document_line_list_rows rows;
    *line = (struct document_line_id){0};
    TRY(document_line_list(db_reading(d->db), (struct document_line_list_in){x->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].target == target) {
            *line = rows.at[i].id;
        }
    }
    return OK;
}

static struct err do_line(struct demo *d, struct letter *x, enum deed deed) {
    static const struct str done[] = {S_INIT("Đã tổng hợp, có văn bản trả lời."),
                                      S_INIT("Đã tham mưu kế hoạch, Thường trực đã ký ban hành."),
                                      S_INIT("Đã triển khai đến 114 xã, phường, đặc khu; 114/114 đơn vị có báo cáo."),
                                      S_INIT("Đã cử cán bộ tham gia đúng thành phần.")};
    const struct who *doer = &d->people[x->doer];
    struct document_line_id line;
    TRY(line_of(d, x, x->lead, &line));
    switch (deed) {
    case DEED_ACCEPT: return document_line_accept(d->db, doer, x->id, line);
    case DEED_REPORT: return document_line_report(d->db, doer, x->id, line, done[chance(d, 4)], NULL);
    case DEED_RETURN:
        return document_line_return(d->db, doer, x->id, line,
                                    S("Nội dung thuộc nhiệm vụ của đơn vị khác, đề nghị giao lại."));
    case DEED_SEE: {
        struct document_line_id known = {0};
        if (x->informed && chance(d, 3)) {
            TRY(line_of(d, x, x->informed, &known));
        }
        return known.v ? document_line_mark_read(d->db, &d->people[d->minh], x->id, known) : OK;
    }
    case DEED_ARRIVE:
    case DEED_PRESENT:
    case DEED_DIRECT:
    case DEED_OPINION:
    case DEED_AGAIN:
    case DEED_CLOSE: break;
    }
    return FAIL(ERR_BROKEN, "not a deed of a line");
}

static struct err live(struct demo *d, const struct plan *p) {
    struct letter *x = &d->letters[p->letter];
    bool last = p->letter + 3 >= d->letters_n;
    switch (p->deed) {
    case DEED_ARRIVE: return arrive(d, x, !last);
    case DEED_PRESENT:
        return last ? OK : document_present(d->db, &d->people[x->clerk], x->id, d->people[x->leader].post, S(""));
    case DEED_DIRECT: return last ? OK : direct(d, x, false);
    case DEED_AGAIN: return direct(d, x, true);
    case DEED_OPINION:
        return last ? OK
                    : document_say(d->db, &d->people[x->doer], x->id,
                                   S("Đang chờ số liệu của các xã, phường; sẽ tổng hợp đúng hạn."), NULL);
    case DEED_CLOSE: return last ? OK : document_close(d->db, &d->people[x->leader], x->id, S(""));
    case DEED_ACCEPT:
    case DEED_SEE:
    case DEED_REPORT:
    case DEED_RETURN: return last ? OK : do_line(d, x, p->deed);
    }
    return OK;
}

static int by_time(const void *x, const void *y) {
    const struct plan *a = x, *b = y;
    if (a->at.ms != b->at.ms) {
        return a->at.ms < b->at.ms ? -1 : 1;
    }
    return a->letter != b->letter ? (a->letter < b->letter ? -1 : 1) : (int)a->deed - (int)b->deed;
}

static struct err plan_all(struct demo *d, struct date first, struct date today) {
    int64_t span = date_number(today) - date_number(first);
    for (size_t i = 0; i < d->letters_n; i++) {
        struct date arrival = date_plus(first, (int)((int64_t)i * span / (int64_t)(d->letters_n - 1)));
        int w = date_weekday(arrival);
        arrival = w >= 6 && i + 12 < d->letters_n ? date_plus(arrival, 5 - w) : arrival;
        TRY(letter_make(d, &d->letters[i], arrival));
        plan_letter(d, i, arrival, (int)(date_number(today) - date_number(arrival)));
    }
    list_sort(d->plan.at, d->plan.n, sizeof *d->plan.at, by_time);
    return OK;
}

static struct err live_all(struct demo *d, struct instant now) {
    struct err e = OK;
    for (size_t i = 0; i < d->plan.n && !e.why; i++) {
        const struct plan *p = &d->plan.at[i];
        if (p->at.ms >= now.ms && p->deed != DEED_ARRIVE) {
            continue;
        }
        clock_freeze((struct instant){p->at.ms < now.ms ? p->at.ms : now.ms});
        const struct who *actor = &d->people[d->letters[p->letter].clerk];
        db_actor_set(d->db, &(struct db_actor){.person = actor->person.v, .post = actor->post.v});
        e = live(d, p);
    }
    return e;
}

struct err document_demo_some(struct db_write *db, struct arena *arena, size_t letters) {
    struct demo *d = arena_take(arena, struct demo, 1);
    *d = (struct demo){.db = db,
                       .arena = arena,
                       .random = 20261123,
                       .minh = SIZE_MAX,
                       .letters = arena_take(arena, struct letter, letters),
                       .letters_n = letters};
    struct instant now = clock_now();
    struct org_post chair;
    TRY(org_unit_by_code(db_reading(db), S("MT31"), &d->front));
    TRY(people_add(d, ROLE_CLERK));
    TRY(people_add(d, ROLE_LEADER));
    TRY(people_add(d, ROLE_HEAD));
    TRY(people_add(d, ROLE_OFFICER));
    size_t leader = first_with(d, ROLE_LEADER, 0);
    if (leader == SIZE_MAX || first_with(d, ROLE_CLERK, 0) == SIZE_MAX) {
        return OK;
    }
    TRY(org_post(db_reading(db), d->people[leader].post, &chair));
    struct date today = date_of(now), first = date_plus(today, -425);
    if (date_cmp(first, chair.from_on) <= 0) {
        first = date_plus(chair.from_on, 1);
    }
    if (date_cmp(first, date_plus(today, -30)) > 0) {
        return OK;
    }
    bool was_frozen = clock_is_frozen();
    struct err e = plan_all(d, first, today);
    if (!e.why) {
        e = live_all(d, now);
    }
    clock_freeze(was_frozen ? now : (struct instant){0});
    db_actor_set(db, &(struct db_actor){0});
    return e;
}

struct err document_demo(struct db_write *db, struct arena *arena) {
    return document_demo_some(db, arena, LETTERS);
}
