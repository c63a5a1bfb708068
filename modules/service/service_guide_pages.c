/* What anybody reads before the first question: which procedures there are, what each takes and promises. */
#include "modules/service/service_guide_pages.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/shell/public.h"
#include "modules/service/service_draft.h"
#include "modules/service/service_pages_gen.h"
#include "modules/service/service_view.h"
#include "read/json.h"

#include "base/banned.h"

static bool is_open(const struct service_offices_rows *rows, struct str code) {
    for (size_t i = 0; i < rows->n; i++) {
        if (str_eq(rows->at[i].procedure, code)) {
            return rows->at[i].is_open;
        }
    }
    return false;
}

struct err service_guide_lines(struct db_read *db, struct service_guide_list *v) {
    struct arena *a = db_arena(db);
    struct service_heads heads = service_heads(a);
    struct service_offices_rows rows;
    TRY(service_offices(db, &rows));
    for (size_t i = 0; i < heads.all.n; i++) {
        const struct service_head *h = &heads.all.at[i];
        bool open = is_open(&rows, h->code);
        v->open += open ? 1 : 0;
        LIST_ADD(a, &v->lines,
                 (struct service_guide_line){.link = link_local(a, "/service/guide/%.*s", STR_ARG(h->code)),
                                             .short_name = h->short_name,
                                             .name = h->name,
                                             .purpose = h->purpose,
                                             .is_open = open});
    }
    return OK;
}

struct err service_guides_get(struct get *g) {
    struct service_guide_list v = {0};
    TRY(service_guide_lines(g->db, &v));
    return answer_public(g, &page_service_guides, &v,
                         &(struct public_page){.place = S("Dịch vụ"),
                                               .description = S("Mười một thủ tục riêng của Mặt trận: xem cần gì, gửi "
                                                                "trên mạng, theo dõi đến khi xong.")});
}

static struct str unit_words(struct str unit) {
    return str_eq(unit, S("hours"))          ? S("giờ")
           : str_eq(unit, S("working_days")) ? S("ngày làm việc")
           : str_eq(unit, S("minutes"))      ? S("phút")
                                             : S("ngày");
}

/* Promises that begin with sending or receiving: what one may count on beforehand. */
static void steps_fill(struct arena *a, const struct service_form *f, struct service_guide *v) {
    for (size_t i = 0; i < f->clocks.n; i++) {
        const struct service_clock_def *c = &f->clocks.at[i];
        bool is_sent = str_eq(c->start, S("submitted")), is_received = str_eq(c->start, S("received"));
        if (!is_sent && !is_received) {
            continue;
        }
        struct str words = !c->n ? S("Ngay khi gửi")
                                 : str_format(a, "Trong %lld %.*s từ khi %s", (long long)c->n,
                                              STR_ARG(unit_words(c->unit)), is_sent ? "gửi" : "được tiếp nhận");
        LIST_ADD(a, &v->steps, (struct service_guide_step){c->name, words});
    }
}

static void texts_fill(struct arena *a, const struct service_form *f, struct service_guide *v) {
    const struct json_value *laws = json_member(f->whole, "law"), *tests = json_member(f->whole, "eligibility"),
                            *needs = json_member(f->whole, "attachments");
    for (size_t i = 0; i < json_count(laws); i++) {
        const struct json_value *x = json_item(laws, i);
        struct str doc = json_member_text(x, "doc"), article = json_member_text(x, "article");
        LIST_ADD(a, &v->laws,
                 (struct service_guide_law){
                     .doc = article.len ? str_format(a, "%.*s, Điều %.*s", STR_ARG(doc), STR_ARG(article)) : doc,
                     .says = json_member_text(x, "says"),
                     .is_unchecked = str_starts(json_member_text(x, "check"), S("verify"))});
    }
    for (size_t i = 0; i < json_count(tests); i++) {
        const struct json_value *x = json_item(tests, i);
        struct str fail = json_member_text(x, "fail");
        v->has_danger = v->has_danger || str_find(fail, S("112"), 0) != SIZE_MAX;
        if (str_find(fail, S("112"), 0) == SIZE_MAX) {
            LIST_ADD(a, &v->tests, (struct service_guide_test){json_member_text(x, "ask"), fail});
        }
    }
    for (size_t i = 0; i < json_count(needs); i++) {
        const struct json_value *x = json_item(needs, i);
        bool is_required = false;
        (void)json_bool_of(json_member(x, "required"), &is_required);
        LIST_ADD(a, &v->needs,
                 (struct service_guide_need){.label = json_member_text(x, "label"),
                                             .instead = json_member_text(x, "instead"),
                                             .is_required = is_required});
    }
}

struct err service_guide_get(struct get *g) {
    struct service_form *f;
    struct service_office_of_row *office;
    struct err e = service_form_load(g->arena, path_param(g->request, S("procedure")), 0, &f);
    if (err_is(e, ERR_MISSING)) {
        return public_not_found(g, &(struct public_page){.place = S("Dịch vụ")});
    }
    TRY(e);
    TRY(service_office_of(g->db, (struct service_office_of_in){.procedure = f->code}, &office));
    struct service_guide v = {.code = f->code,
                              .name = f->name,
                              .purpose = f->purpose,
                              .receiver = f->receiver,
                              .fee = json_member_text(json_member(f->whole, "fee"), "note"),
                              .version = f->version,
                              .valid_from = f->form->valid_from,
                              .is_open = office && office->is_open,
                              .begin = link_local(g->arena, "/service/guide/%.*s/draft", STR_ARG(f->code))};
    v.questions = (int64_t)f->form->pages.n;
    TRY(service_phone(g->db, f, &v.phone));
    steps_fill(g->arena, f, &v);
    texts_fill(g->arena, f, &v);
    return answer_public(g, &page_service_guide, &v,
                         &(struct public_page){.place = S("Dịch vụ"), .description = f->purpose});
}
