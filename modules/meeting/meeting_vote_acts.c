/* What is sent to decide: votes begun, said, counted, closed; and the steps of a secret ballot. */
#include "modules/meeting/meeting_ballot.h"
#include "modules/meeting/meeting_forms.h"

#include "base/arena.h"

static struct err ids_of(struct post *p, int64_t *id, int64_t *vote) {
    TRY(path_id(p->request, S("id"), id));
    return path_id(p->request, S("vote"), vote);
}

static struct err to_vote(struct post *p, int64_t id, int64_t vote) {
    return see_other(p, "/meeting/%lld/vote/%lld", (long long)id, (long long)vote);
}

struct err meeting_vote_post(struct post *p) {
    int64_t id, vote;
    TRY(path_id(p->request, S("id"), &id));
    struct str way = form_text(p->form, "way");
    struct meeting_ballot_new ballot = {
        .text = form_text(p->form, "text"), .names = form_text(p->form, "names"), .most = form_number(p->form, "most")};
    bool is_secret = str_eq(way, S("secret"));
    if (!is_secret && (ballot.names.len || ballot.most)) {
        return REFUSE(ERR_INVALID, "names",
                      "Danh sách chỉ dùng cho bỏ phiếu kín điện tử. Mời để trống hoặc chọn cách này.");
    }
    TRY(is_secret ? meeting_ballot_begin(p->db, p->who, id, &ballot, &vote)
                  : meeting_vote_begin(p->db, p->who, id, ballot.text, way, &vote));
    return to_vote(p, id, vote);
}

struct err meeting_token_post(struct post *p) {
    int64_t id, vote;
    TRY(ids_of(p, &id, &vote));
    TRY(meeting_ballot_take(p->db, p->who, id, vote, form_text(p->form, "blinded")));
    return to_vote(p, id, vote);
}

struct err meeting_casting_post(struct post *p) {
    int64_t id, vote;
    TRY(ids_of(p, &id, &vote));
    TRY(meeting_ballot_start(p->db, p->who, id, vote));
    return to_vote(p, id, vote);
}

/* From a device that says no name: no session, nothing in the trail. */
struct err meeting_cast_post(struct post *p) {
    int64_t id, vote;
    struct ballot_paper paper = {.key = form_text(p->form, "key"),
                                 .nonce = form_text(p->form, "nonce"),
                                 .token = form_text(p->form, "token"),
                                 .choice = form_text(p->form, "choice"),
                                 .proof = form_text(p->form, "proof")};
    struct err e = ids_of(p, &id, &vote);
    if (e.why) {
        /* An address that is none holds no ballot either, and is answered alike. */
        err_ignore(e);
        id = vote = 0;
    }
    TRY(meeting_ballot_cast(p->db, id, vote, &paper));
    return see_other(p, "/meeting/%lld/vote/%lld/slip?key=%.*s", (long long)id, (long long)vote, STR_ARG(paper.key));
}

struct err meeting_voice_post(struct post *p) {
    int64_t id, vote;
    TRY(ids_of(p, &id, &vote));
    TRY(meeting_vote_say(p->db, p->who, id, vote, form_text(p->form, "choice")));
    return to_vote(p, id, vote);
}

struct err meeting_tally_post(struct post *p) {
    int64_t id, vote;
    const struct form *f = p->form;
    struct meeting_tally t = {.yes = form_number(f, "yes"),
                              .no = form_number(f, "no"),
                              .other = form_number(f, "other"),
                              .issued = form_number(f, "issued"),
                              .back = form_number(f, "back"),
                              .missed = form_number(f, "missed"),
                              .valid = form_number(f, "valid"),
                              .invalid = form_number(f, "invalid")};
    TRY(ids_of(p, &id, &vote));
    TRY(meeting_vote_tally(p->db, p->who, id, vote, &t));
    return to_vote(p, id, vote);
}

struct err meeting_close_post(struct post *p) {
    int64_t id, vote;
    TRY(ids_of(p, &id, &vote));
    TRY(meeting_vote_close(p->db, p->who, id, vote));
    return to_vote(p, id, vote);
}

struct err meeting_annul_post(struct post *p) {
    int64_t id, vote;
    TRY(ids_of(p, &id, &vote));
    TRY(meeting_vote_annul(p->db, p->who, id, vote, form_text(p->form, "reason")));
    return to_vote(p, id, vote);
}
