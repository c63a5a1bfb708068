/* What is done with a dossier, sent as forms. */
#include "kernel/page/form.h"
#include "modules/service/service_pages.h"

#include "base/banned.h"

static struct err act_of(struct post *p, const char *note, struct service_act *act) {
    *act = (struct service_act){.who = p->who, .app = p->app, .note = form_text(p->form, note)};
    return path_id(p->request, S("id"), &act->id);
}

static struct err back(struct post *p, const struct service_act *act) {
    return see_other(p, "/service/%lld", (long long)act->id);
}

struct err service_receive_post(struct post *p) {
    struct service_act act;
    TRY(act_of(p, "note", &act));
    TRY(service_receive(p->db, &act));
    flash(p, "Đã tiếp nhận.");
    return back(p, &act);
}

struct err service_advance_post(struct post *p) {
    struct service_act act;
    TRY(act_of(p, "note", &act));
    TRY(service_advance(p->db, &act, form_text(p->form, "to")));
    flash(p, "Đã chuyển bước.");
    return back(p, &act);
}

struct err service_supplement_post(struct post *p) {
    struct service_act act;
    TRY(act_of(p, "note", &act));
    TRY(service_supplement(p->db, &act));
    flash(p, "Đã gửi yêu cầu bổ sung; thời hạn tạm dừng.");
    return back(p, &act);
}

struct err service_apology_post(struct post *p) {
    struct service_act act;
    TRY(act_of(p, "note", &act));
    TRY(service_apologize(p->db, &act, form_date(p->form, "day")));
    flash(p, "Đã lập thư xin lỗi và hẹn lại.");
    return back(p, &act);
}

struct err service_refusal_post(struct post *p) {
    struct service_act act;
    struct service_refusal refusal = {
        .reason = form_text(p->form, "reason"), .law = form_text(p->form, "law"), .where = form_text(p->form, "where")};
    TRY(act_of(p, "reason", &act));
    TRY(service_refuse(p->db, &act, &refusal));
    flash(p, "Đã từ chối, có văn bản nêu lý do.");
    return back(p, &act);
}

struct err service_look_post(struct post *p) {
    struct service_act act;
    TRY(act_of(p, "purpose", &act));
    TRY(service_look(p->db, &act));
    return back(p, &act);
}
