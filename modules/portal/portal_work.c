/* The work side: boxes, one article with its acts, the editor, the preview. */
#include "modules/portal/portal_work.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/file/file.h"
#include "kernel/rights/access.h"
#include "kernel/shell/public.h"
#include "modules/portal/portal_check.h"
#include "modules/portal/portal_mark.h"
#include "modules/portal/portal_pages_gen.h"
#include "modules/portal/portal_public.h"
#include "modules/portal/portal_queries.h"
#include "modules/thread/thread.h"

#include <string.h>

enum { ON_A_PAGE = 30 };

static const struct {
    struct str code, title, none;
} boxes[PORTAL_BOXES] = {
    {S_INIT("draft"), S_INIT("Bản nháp"), S_INIT("Không có bản nháp nào.")},
    {S_INIT("returned"), S_INIT("Bị trả lại"), S_INIT("Không có bài nào bị trả lại.")},
    {S_INIT("submitted"), S_INIT("Chờ duyệt"), S_INIT("Không có bài nào chờ duyệt.")},
    {S_INIT("approved"), S_INIT("Chờ giờ đăng"), S_INIT("Không có bài nào chờ giờ đăng.")},
    {S_INIT("live"), S_INIT("Đã đăng"), S_INIT("Chưa đăng bài nào.")},
    {S_INIT("withdrawn"), S_INIT("Đã rút"), S_INIT("Chưa rút bài nào.")},
    {S_INIT("asked"), S_INIT("Xã nhờ duyệt"), S_INIT("Không có bài nào của xã, phường nhờ duyệt.")},
    {S_INIT("proposed"), S_INIT("Xã đề nghị"),
     S_INIT("Không có bài nào của xã, phường đề nghị đưa lên trang thành phố.")},
};

/* Who approves begins with what waits for it, who writes with the drafts. */
static enum portal_box box_of(const struct who *who, struct str code) {
    for (int i = 0; i < PORTAL_BOXES; i++) {
        if (str_eq(boxes[i].code, code)) {
            return (enum portal_box)i;
        }
    }
    return who->roles & (ROLE_LEADER | ROLE_HEAD) ? PORTAL_BOX_SUBMITTED : PORTAL_BOX_DRAFT;
}

static void tabs_fill(struct get *g, const int64_t *counts, enum portal_box box, bool is_city, struct tabs *tabs) {
    tabs->at = arena_take(g->arena, struct tab, PORTAL_BOXES);
    for (int i = 0; i < PORTAL_BOXES; i++) {
        if (i >= PORTAL_BOX_ASKED && !is_city) {
            continue;
        }
        tabs->at[tabs->n++] =
            (struct tab){.label = boxes[i].title,
                         .link = link_local(g->arena, "/portal/office?box=%.*s", STR_ARG(boxes[i].code)),
                         .count = counts[i],
                         .is_counted = counts[i] > 0,
                         .is_current = i == (int)box,
                         .is_hot = i == PORTAL_BOX_RETURNED && counts[i] > 0};
    }
}

static struct err list_fill(struct get *g, const struct portal_box_asked *asked, struct portal_work *v) {
    struct portal_lines lines;
    struct str code = boxes[asked->box].code;
    TRY(portal_box_read(g->db, g->who, asked, &lines));
    v->lines.at = lines.at, v->lines.n = lines.n;
    if (lines.older) {
        v->pages.older =
            link_local(g->arena, "/portal/office?box=%.*s&before=%lld", STR_ARG(code), (long long)lines.older);
    }
    if (asked->before != INT64_MAX) {
        v->pages.newer = link_local(g->arena, "/portal/office?box=%.*s", STR_ARG(code));
    }
    return OK;
}

struct err portal_work_get(struct get *g) {
    struct portal_box_asked asked = {.box = box_of(g->who, query_param(g->request, S("box"))), .most = ON_A_PAGE};
    struct portal_work v = {.box_title = boxes[asked.box].title, .none = boxes[asked.box].none};
    struct portal_site_of_unit_row *site;
    int64_t counts[PORTAL_BOXES];
    if (!num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &asked.before)) {
        asked.before = INT64_MAX;
    }
    TRY(portal_site_of_unit(g->db, (struct portal_site_of_unit_in){.unit = g->who->organ.v}, &site));
    TRY(portal_box_counts(g->db, g->who, counts));
    TRY(list_fill(g, &asked, &v));
    tabs_fill(g, counts, asked.box, site && site->is_city, &v.tabs);
    if (site) {
        v.site_name = site->name;
        v.site =
            site->is_city ? (struct link){S("/portal")} : link_local(g->arena, "/portal/%.*s", STR_ARG(site->slug));
    }
    return answer_portal_work(g, &v);
}

/* ---- One article */

static struct err find(struct get *g, struct portal_article_by_id_row **a, struct portal_version_by_id_row **v) {
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    TRY(portal_find(g->db, g->who, id, a));
    return portal_version_now(g->db, *a, v);
}

static bool may(struct get *g, const struct move *table, const char *verb, struct str state, unsigned bits) {
    const struct move *m = move_named(table, verb);
    return move_fits(m, state) && (bits & m->right) == m->right && (!m->roles || (g->who->roles & m->roles));
}

static struct err acts_fill(struct get *g, const struct portal_article_by_id_row *a,
                            const struct portal_version_by_id_row *t, struct portal_show *v) {
    unsigned bits;
    bool is_city;
    TRY(access_bits(g->db, a->id.v, g->who->post.v, &bits));
    TRY(portal_is_city(g->db, g->who, &is_city));
    bool is_ours = a->unit == g->who->organ.v;
    v->is_own = t->made_by == g->who->post.v;
    v->may_submit = may(g, portal_stage_moves, "submission", a->stage, bits);
    v->may_recall = may(g, portal_stage_moves, "recall", a->stage, bits);
    v->may_return = may(g, portal_stage_moves, "return", a->stage, bits);
    v->may_recall = v->may_recall && !v->may_return;
    v->may_approve = may(g, portal_stage_moves, "approval", a->stage, bits) && !v->is_own;
    v->may_withdraw = may(g, portal_state_moves, "withdrawal", a->state, bits);
    v->may_take = is_city && !is_ours && str_eq(a->state, S("live")) &&
                  may(g, portal_proposal_moves, "taking", a->proposal, bits);
    v->may_refuse = is_city && !is_ours && may(g, portal_proposal_moves, "refusal", a->proposal, bits);
    v->may_propose = !is_city;
    if ((bits & CAN_MANAGE) && !str_eq(a->stage, S("submitted")) && !str_eq(a->stage, S("approved"))) {
        v->edit = link_record(g->arena, S("/portal/office/"), a->id.v, S("/edit"));
    }
    v->submission = form_begin_at(g->arena, portal_submission_fields, NULL, a->version);
    v->back = form_begin_at(g->arena, portal_reason_fields, NULL, a->version);
    v->approval = form_begin_at(g->arena, portal_approval_fields, NULL, a->version);
    v->withdrawal = form_begin_at(g->arena, portal_withdrawal_fields, NULL, a->version);
    return OK;
}

/* A refused form is drawn where it stood: its address says which one it was. */
static void form_again(struct get *g, struct portal_show *v, int64_t version) {
    static const struct {
        const char *verb;
        const struct field *fields;
        size_t at;
    } forms[] = {{"/submission", portal_submission_fields, offsetof(struct portal_show, submission)},
                 {"/return", portal_reason_fields, offsetof(struct portal_show, back)},
                 {"/approval", portal_approval_fields, offsetof(struct portal_show, approval)},
                 {"/withdrawal", portal_withdrawal_fields, offsetof(struct portal_show, withdrawal)}};
    for (size_t i = 0; g->form && i < sizeof forms / sizeof *forms; i++) {
        if (str_ends(g->path, str_of(forms[i].verb))) {
            struct form **to = (struct form **)(void *)((char *)v + forms[i].at);
            *to = form_begin_at(g->arena, forms[i].fields, g->form, version);
            v->fault = (*to)->fault;
        }
    }
    if (g->form && !v->fault.len) {
        v->fault = g->form->fault;
    }
}

static struct err versions_fill(struct get *g, const struct portal_article_by_id_row *a, struct portal_show *v) {
    struct portal_versions_rows rows;
    TRY(portal_versions(g->db, (struct portal_versions_in){.article = a->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct portal_versions_row *r = &rows.at[i];
        struct str state = r->id.v == a->live && str_eq(a->state, S("live")) ? S("đang đọc")
                           : r->id.v == a->working                           ? S("đang làm")
                           : r->live_at.ms                                   ? S("bản cũ")
                                                                             : S("bỏ dở");
        LIST_ADD(g->arena, &v->versions,
                 (struct portal_version_line){.n = r->n,
                                              .note = r->note,
                                              .made_by = r->made_name,
                                              .approved_by = r->approved_name,
                                              .state = state,
                                              .changed_at = r->changed_at,
                                              .live_at = r->live_at});
    }
    return OK;
}

static struct err picture_fill(struct get *g, const struct portal_version_by_id_row *t, struct portal_show *v) {
    struct file f;
    v->has_picture = t->picture.v != 0;
    if (!v->has_picture) {
        return OK;
    }
    TRY(file_find(g->db, g->arena, t->picture, &f));
    v->is_picture_waiting = f.state == FILE_WAITING || f.state == FILE_READING;
    if (f.state == FILE_READ && f.has_pictures) {
        v->picture = link_record(g->arena, S("/portal/office/"), v->id, S("/picture"));
    }
    return OK;
}

static void words_fill(struct get *g, const struct portal_article_by_id_row *a,
                       const struct portal_version_by_id_row *t, struct portal_show *v) {
    *v = (struct portal_show){
        .id = a->id.v,
        .title = t->title,
        .lead = t->lead,
        .category = portal_category_name(a->category),
        .author = t->author,
        .source = t->source,
        .made_by = t->made_name,
        .state = portal_state_name(a->state, a->stage),
        .tone = portal_state_tone(a->state, a->stage),
        .reason = str_eq(a->state, S("withdrawn")) ? a->reason : S(""),
        .alt = t->alt,
        .credit = t->credit,
        .changed_at = a->changed_at,
        .publish_at = t->publish_at,
        .text = portal_mark_read(g->arena, t->body),
        .is_beside = str_eq(a->state, S("live")) && a->working,
        .preview = link_record(g->arena, S("/portal/office/"), a->id.v, S("/preview")),
    };
}

static struct err faults_fill(struct get *g, const struct portal_article_by_id_row *a,
                              const struct portal_version_by_id_row *t, struct portal_show *v) {
    struct portal_faults faults = {0};
    if (a->working) {
        TRY(portal_faults_of(g->db, t, &faults));
    }
    v->faults.at = faults.at, v->faults.n = faults.n;
    return OK;
}

struct err portal_show_get(struct get *g) {
    static const struct thread_verb *const tables[] = {portal_verbs, NULL};
    struct portal_article_by_id_row *a;
    struct portal_version_by_id_row *t;
    struct portal_site_by_id_row *site;
    struct portal_show v;
    TRY(find(g, &a, &t));
    TRY(portal_site_by_id(g->db, (struct portal_site_by_id_in){.id = a->site}, &site));
    words_fill(g, a, t, &v);
    v.site_name = site->name;
    if (!str_eq(a->state, S("new"))) {
        v.public_page = portal_article_link(g->arena, site->slug, a->slug);
    }
    TRY(faults_fill(g, a, t, &v));
    TRY(acts_fill(g, a, t, &v));
    form_again(g, &v, a->version);
    TRY(versions_fill(g, a, &v));
    TRY(picture_fill(g, t, &v));
    TRY(thread_fill(g, &(struct thread_asked){.kind = S("portal"), .record = a->id.v, .tables = tables}, &v.thread));
    return answer_portal_show(g, &v);
}

/* As the public will read it; only for who may read the article. */
struct err portal_preview_get(struct get *g) {
    struct portal_article_by_id_row *a;
    struct portal_version_by_id_row *t;
    struct portal_site_by_id_row *site;
    struct link picture;
    bool waits = false;
    TRY(find(g, &a, &t));
    TRY(portal_site_by_id(g->db, (struct portal_site_by_id_in){.id = a->site}, &site));
    struct portal_article v = {.category = portal_category_name(a->category),
                               .site_name = site->name,
                               .on = date_of(a->first_at),
                               .is_preview = true};
    TRY(portal_article_fill(g, t, &v));
    TRY(portal_picture_link(g, t->picture, site->slug, a->slug, &picture, &waits));
    if (picture.v.len) {
        v.picture = link_record(g->arena, S("/portal/office/"), a->id.v, S("/picture"));
    }
    struct public_page page = {
        .site_name = site->name, .organ = site->organ, .place = S("Tin tức"), .is_unlisted = true};
    return answer_public(g, &page_portal_article, &v, &page);
}

struct err portal_work_picture_get(struct get *g) {
    struct portal_article_by_id_row *a;
    struct portal_version_by_id_row *t;
    struct file f;
    struct str bytes;
    TRY(find(g, &a, &t));
    if (!t->picture.v) {
        return FAIL(ERR_MISSING, "the article has no picture");
    }
    TRY(file_find(g->db, g->arena, t->picture, &f));
    TRY(file_picture(g->arena, &f, FILE_PICTURE_VIEW, 1, &bytes));
    answer_tagged(g->request);
    return answer_bytes(g, S("image/webp"), bytes);
}
