/* The page of a secret ballot, the board it is published as, and what the box says of one paper. */
#include "kernel/page/json.h"
#include "modules/meeting/meeting_ballot.h"
#include "modules/meeting/meeting_forms.h"
#include "modules/meeting/meeting_pages_gen.h"
#include "modules/meeting/meeting_parts.h"

#include "base/arena.h"

enum { FEW = 5 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct link to(struct get *g, const struct meeting_seen *seen, int64_t vote, const char *tail) {
    return link_local(g->arena, "/meeting/%lld/vote/%lld%s", (long long)seen->m->id.v, (long long)vote, tail);
}

static struct err roll_fill(struct get *g, const struct meeting_seen *seen, struct meeting_vote_id vote,
                            struct meeting_secret *v) {
    struct meeting_roll_rows rows;
    struct meeting_roll_of_row *mine = NULL;
    TRY(meeting_roll(g->db, (struct meeting_roll_in){.vote = vote}, &rows));
    v->eligible = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        v->taken += rows.at[i].is_taken != 0;
        LIST_ADD(g->arena, &v->roll,
                 (struct meeting_roll_line){rows.at[i].name, rows.at[i].words, rows.at[i].is_taken != 0});
    }
    if (seen->seat && !seen->is_stand_in) {
        TRY(meeting_roll_of(g->db, (struct meeting_roll_of_in){.vote = vote, .person = seen->seat->id}, &mine));
    }
    v->is_voter = mine != NULL;
    v->has_taken = mine && mine->blinded.len;
    v->stamp = mine ? mine->stamp : S("");
    return OK;
}

static struct err options_fill(struct get *g, struct meeting_vote_id vote, struct meeting_secret *v) {
    struct meeting_options_rows rows;
    struct meeting_lots_rows lots;
    TRY(meeting_options(g->db, (struct meeting_options_in){.vote = vote}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v->options,
                 (struct meeting_option_line){.no = rows.at[i].ordinal,
                                              .votes = rows.at[i].votes,
                                              .name = rows.at[i].name,
                                              .is_chosen = rows.at[i].is_chosen,
                                              .is_tied = rows.at[i].is_tied});
    }
    TRY(meeting_lots(g->db, (struct meeting_lots_in){.vote = vote}, &lots));
    for (size_t i = 0; i < lots.n; i++) {
        v->cast += lots.at[i].n;
    }
    return OK;
}

static void acts_fill(struct get *g, const struct meeting_seen *seen, int64_t vote, struct meeting_secret *v) {
    bool is_in = meeting_is(seen->m, "open|paused");
    v->slip = to(g, seen, vote, "/slip");
    v->about = link_local(g->arena, "/ballot");
    v->board = v->is_closed ? to(g, seen, vote, "/board") : v->board;
    v->take = v->is_issuing && v->is_voter && !v->has_taken && is_in ? to(g, seen, vote, "/token") : v->take;
    if (seen->runs && is_in && (v->is_issuing || v->is_casting)) {
        v->start = v->is_issuing ? to(g, seen, vote, "/casting") : v->start;
        v->close = v->is_casting ? to(g, seen, vote, "/closing") : v->close;
        v->annul = to(g, seen, vote, "/annulment");
    }
    v->back = link_local(g->arena, "/meeting/%lld%s", (long long)seen->m->id.v,
                         !is_in       ? ""
                         : seen->runs ? "/chair"
                                      : "/hall");
}

static struct str state_name(struct str phase) {
    return is(phase, "issuing")   ? S("Đang nhận phiếu")
           : is(phase, "casting") ? S("Đang bỏ phiếu")
           : is(phase, "closed")  ? S("Đã đóng")
                                  : S("Đã hủy");
}

static struct meeting_secret view(const struct meeting_seen *seen, const struct meeting_vote_by_id_row *r,
                                  const struct meeting_ballot_find_row *b) {
    return (struct meeting_secret){.id = r->id.v,
                                   .title = seen->m->title,
                                   .text = r->text,
                                   .rule = r->rule,
                                   .reason = r->reason,
                                   .outcome = r->outcome,
                                   .need = r->need,
                                   .most = b->most,
                                   .missed = r->missed,
                                   .blank = r->back - r->valid,
                                   .phase = b->phase,
                                   .state_name = state_name(b->phase),
                                   .is_issuing = is(b->phase, "issuing"),
                                   .is_casting = is(b->phase, "casting"),
                                   .is_closed = is(b->phase, "closed"),
                                   .is_annulled = is(b->phase, "annulled"),
                                   .is_carried = r->is_carried,
                                   .is_list = b->is_list,
                                   .runs = seen->runs,
                                   .opened_at = r->opened_at,
                                   .closed_at = r->closed_at};
}

struct err meeting_secret_get(struct get *g, const struct meeting_seen *seen, const struct meeting_vote_by_id_row *r) {
    struct meeting_ballot_find_row *b;
    struct ballot_terms terms = {0};
    TRY(meeting_ballot_find(g->db, (struct meeting_ballot_find_in){.vote = r->id, .meeting = seen->m->id}, &b));
    if (!b) {
        return FAIL(ERR_MISSING, "a secret vote without a ballot");
    }
    struct meeting_secret v = view(seen, r, b);
    if (b->board.len) {
        TRY(ballot_terms_read(g->arena, b->board, &terms));
        v.words = terms.words;
        v.id_hex = terms.id_hex;
        v.key_hex = terms.key_hex;
        v.box_hex = terms.box_hex;
    }
    TRY(roll_fill(g, seen, r->id, &v));
    TRY(options_fill(g, r->id, &v));
    v.cast = v.is_closed ? r->back : v.cast;
    v.is_few = v.eligible < FEW && !v.is_closed;
    v.form = form_begin(g->arena, meeting_no_fields, g->form);
    acts_fill(g, seen, r->id.v, &v);
    return answer_meeting_secret(g, &v);
}

static struct err ids_of(struct get *g, int64_t *id, int64_t *vote) {
    TRY(path_id(g->request, S("id"), id));
    return path_id(g->request, S("vote"), vote);
}

struct err meeting_board_get(struct get *g) {
    struct meeting_seen seen;
    struct meeting_ballot_find_row *b;
    int64_t id, vote;
    TRY(ids_of(g, &id, &vote));
    TRY(meeting_of_path(g, &seen));
    TRY(meeting_ballot_find(g->db, (struct meeting_ballot_find_in){.vote = {vote}, .meeting = seen.m->id}, &b));
    if (!b || !is(b->phase, "closed") || !b->board.len || !(seen.runs || seen.seat)) {
        return FAIL(ERR_MISSING, "no board is published");
    }
    return answer_download(g, S("text/plain; charset=utf-8"),
                           str_format(g->arena, "bang-phieu-%lld.txt", (long long)vote), b->board);
}

/* For devices only: no page, no session; whoever has the key may ask. */
struct err meeting_slip_get(struct get *g) {
    struct meeting_slip s;
    struct buf b = buf_in(g->arena);
    int64_t id, vote;
    TRY(ids_of(g, &id, &vote));
    TRY(meeting_ballot_slip(g->db, g->arena, id, vote, query_param(g->request, S("key")), &s));
    BUF_LIT(&b, "{\"line\": ");
    json_str(&b, s.line);
    BUF_LIT(&b, ", \"receipt\": ");
    json_str(&b, s.receipt);
    if (s.is_closed) {
        buf_printf(&b, ", \"index\": %lld, \"size\": %lld, \"root\": ", (long long)s.path.index,
                   (long long)s.path.size);
        json_str(&b, s.path.root);
        BUF_LIT(&b, ", \"head\": ");
        json_str(&b, s.path.head);
        BUF_LIT(&b, ", \"hashes\": [");
        for (size_t i = 0; i < s.path.hashes.n; i++) {
            buf_put(&b, i ? S(", ") : S(""));
            json_str(&b, s.path.hashes.at[i]);
        }
        BUF_LIT(&b, "]");
    }
    BUF_LIT(&b, "}\n");
    return answer_bytes(g, S("application/json"), buf_str(&b));
}
