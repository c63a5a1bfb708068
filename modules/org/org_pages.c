/* Danh bạ: the directory, a unit's page, a person's page; for everybody signed in. */
#include "modules/org/org_pages.h"

#include "base/num.h"
#include "base/utf8.h"
#include "modules/org/org_pages_gen.h"

enum { FOUND_MOST = 50, BELOW_MOST = 400 };

const struct field org_q_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Tên người, đơn vị hoặc mã"), .most = 200},
    {0},
};

bool org_is_admin(const struct who *who) { return (who->roles & ROLE_ADMIN) != 0; }

struct org_seat org_seat_of(const struct org_post *p) {
    return (struct org_seat){.post = p->id.v,
                             .person = p->person.v,
                             .name = p->person_name,
                             .title = p->title,
                             .from_on = p->from_on,
                             .until_on = p->until_on,
                             .is_in_force = p->is_in_force};
}

static struct str unit_words(struct arena *a, const struct org_post *p) {
    return p->unit.v == p->organ.v ? p->unit_name
                                   : str_format(a, "%.*s, %.*s", STR_ARG(p->unit_name), STR_ARG(p->organ_name));
}

/* --- The directory --- */
static void add_group(struct arena *a, struct org_directory *v, struct str title,
                      const struct org_unit_children_counted_rows *rows,
                      bool (*fits)(struct str kind, struct str level)) {
    struct org_group_lines k = {.title = title};
    for (size_t i = 0; i < rows->n; i++) {
        if (fits(rows->at[i].kind, rows->at[i].level)) {
            LIST_ADD(a, &k.lines,
                     (struct org_line){.id = rows->at[i].id.v,
                                       .name = rows->at[i].short_name,
                                       .code = rows->at[i].code,
                                       .below = rows->at[i].below});
        }
    }
    if (k.lines.n) {
        LIST_ADD(a, &v->groups, k);
    }
}

static bool is_board(struct str kind, struct str level) { return (void)level, str_eq(kind, S("board")); }
static bool is_commune(struct str kind, struct str level) {
    return str_eq(kind, S("front")) && str_eq(level, S("commune"));
}
static bool is_other(struct str kind, struct str level) { return !is_board(kind, level) && !is_commune(kind, level); }

static struct err directory_tree(struct get *g, struct org_directory *v) {
    struct arena *a = g->arena;
    struct org_unit_roots_rows roots;
    TRY(org_unit_roots(g->db, (struct org_unit_roots_in){.today = clock_today()}, &roots));
    struct org_group_lines tops = {.title = S("Cơ quan")};
    for (size_t i = 0; i < roots.n; i++) {
        if (str_eq(roots.at[i].kind, S("place"))) {
            continue;
        }
        LIST_ADD(a, &tops.lines,
                 (struct org_line){
                     .id = roots.at[i].id.v, .name = roots.at[i].name, .kind = org_kind_words(roots.at[i].kind)});
    }
    if (tops.lines.n) {
        LIST_ADD(a, &v->groups, tops);
    }
    for (size_t i = 0; i < tops.lines.n; i++) {
        struct org_unit_children_counted_rows rows;
        TRY(org_unit_children_counted(
            g->db, (struct org_unit_children_counted_in){.parent = {tops.lines.at[i].id}, .today = clock_today()},
            &rows));
        add_group(a, v, S("Ban, văn phòng"), &rows, is_board);
        add_group(a, v, S("Tổ chức chính trị - xã hội, hội"), &rows, is_other);
        add_group(a, v, S("Phường, xã, đặc khu"), &rows, is_commune);
        for (size_t n = 0; n < rows.n; n++) {
            v->n_communes += is_commune(rows.at[n].kind, rows.at[n].level);
        }
    }
    return OK;
}

static struct err people_found(struct get *g, struct org_directory *v) {
    struct arena *a = g->arena;
    struct org_typed typed = org_typed(a, v->q);
    struct org_people_by_word_rows rows = {0};
    if (typed.n) {
        TRY(org_people_by_word(g->db,
                               (struct org_people_by_word_in){
                                   .low = typed.words[0], .high = org_after_prefix(a, typed.words[0]), .limit = 2000},
                               &rows));
    }
    for (size_t i = 0; i < rows.n && v->people.n < FOUND_MOST; i++) {
        if (!org_fits(&typed, rows.at[i].name_fold) || rows.at[i].until_on.year) {
            continue;
        }
        struct org_posts_of_person_rows posts;
        TRY(org_posts_of_person(g->db, (struct org_posts_of_person_in){.person = rows.at[i].id}, &posts));
        struct org_seat seat = {
            .person = rows.at[i].id.v, .name = rows.at[i].name, .phone = rows.at[i].phone, .email = rows.at[i].email};
        for (size_t n = 0; n < posts.n && !seat.title.len; n++) {
            struct org_post p = ORG_POST_FROM(&posts.at[n]);
            if (p.is_in_force) {
                seat.title = str_format(a, "%.*s · %.*s", STR_ARG(p.title), STR_ARG(unit_words(a, &p)));
            }
        }
        LIST_ADD(a, &v->people, seat);
    }
    return OK;
}

struct err org_directory_get(struct get *g) {
    struct org_directory v = {.q = str_trim(query_param(g->request, S("q"))), .is_admin = org_is_admin(g->who)};
    v.is_asked = v.q.len > 0;
    TRY(directory_tree(g, &v));
    if (v.is_asked) {
        struct org_principals units;
        v.groups.n = 0;
        TRY(people_found(g, &v));
        TRY(org_units_like(g->db, v.q, FOUND_MOST, &units));
        for (size_t i = 0; i < units.n; i++) {
            LIST_ADD(g->arena, &v.units,
                     (struct org_line){.id = units.at[i].id, .name = units.at[i].name, .kind = units.at[i].words});
        }
    }
    return answer_org_directory(g, &v);
}

/* --- A unit --- */
static struct str share_words(struct arena *a, double share) {
    return share <= 0 || share >= 1 ? S("") : str_format(a, "%d %%", (int)(share * 100 + .5));
}

static struct err unit_changes(struct get *g, struct org_unit_show *v) {
    struct org_successors_of_rows now;
    struct org_predecessors_of_rows was;
    TRY(org_successors_of(g->db, (struct org_successors_of_in){.old_unit = {v->id}}, &now));
    for (size_t i = 0; i < now.n; i++) {
        LIST_ADD(g->arena, &v->became,
                 (struct org_change_line){.unit = now.at[i].new_unit.v,
                                          .name = now.at[i].name,
                                          .share = share_words(g->arena, now.at[i].share),
                                          .basis = now.at[i].basis});
    }
    TRY(org_predecessors_of(g->db, (struct org_predecessors_of_in){.new_unit = {v->id}}, &was));
    for (size_t i = 0; i < was.n; i++) {
        struct str name = was.at[i].parent_name.len ? str_format(g->arena, "%.*s, %.*s", STR_ARG(was.at[i].name),
                                                                 STR_ARG(was.at[i].parent_name))
                                                    : was.at[i].name;
        LIST_ADD(g->arena, &v->was,
                 (struct org_change_line){.unit = was.at[i].old_unit.v,
                                          .name = name,
                                          .share = share_words(g->arena, was.at[i].share),
                                          .basis = was.at[i].basis});
    }
    return OK;
}

static struct err unit_relations(struct get *g, struct org_unit_show *v) {
    struct org_edges_of_rows edges;
    struct org_terms_of_rows terms;
    struct date today = clock_today();
    TRY(org_edges_of(g->db, (struct org_edges_of_in){.unit = {v->id}}, &edges));
    for (size_t i = 0; i < edges.n && i < BELOW_MOST; i++) {
        bool outward = edges.at[i].from_unit.v == v->id;
        if (!outward && edges.at[i].is_main) {
            continue; /* those are drawn as the units below */
        }
        LIST_ADD(g->arena, &v->relations,
                 (struct org_relation){.id = edges.at[i].id.v,
                                       .unit = outward ? edges.at[i].to_unit.v : edges.at[i].from_unit.v,
                                       .kind = org_edge_words(edges.at[i].kind),
                                       .name = outward ? edges.at[i].to_name : edges.at[i].from_name,
                                       .basis = edges.at[i].basis,
                                       .permits = org_permit_words(g->arena, (unsigned)edges.at[i].permits),
                                       .is_outward = outward,
                                       .is_main = edges.at[i].is_main,
                                       .is_over = !org_in_force((struct date){0}, edges.at[i].until_on, today),
                                       .from_on = edges.at[i].from_on,
                                       .until_on = edges.at[i].until_on});
    }
    TRY(org_terms_of(g->db, (struct org_terms_of_in){.organ = {v->id}}, &terms));
    for (size_t i = 0; i < terms.n; i++) {
        LIST_ADD(g->arena, &v->terms,
                 (struct org_term_line){.id = terms.at[i].id.v,
                                        .name = terms.at[i].name,
                                        .from_on = terms.at[i].from_on,
                                        .until_on = terms.at[i].until_on,
                                        .is_over = !org_in_force((struct date){0}, terms.at[i].until_on, today)});
    }
    return OK;
}

static struct err unit_people(struct get *g, struct org_unit_show *v) {
    struct org_posts_of_unit_rows rows;
    struct org_unit_children_counted_rows below;
    TRY(org_posts_of_unit(g->db, (struct org_posts_of_unit_in){.unit = {v->id}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct org_post p = ORG_POST_FROM(&rows.at[i]);
        struct org_person person;
        if (p.is_in_force) {
            TRY(org_person(g->db, p.person, &person));
            struct org_seat s = org_seat_of(&p);
            s.phone = person.phone;
            s.email = person.email;
            LIST_ADD(g->arena, &v->seats, s);
        }
    }
    TRY(org_unit_children_counted(
        g->db,
        (struct org_unit_children_counted_in){.parent = {v->id}, .today = v->is_closed ? v->until_on : clock_today()},
        &below));
    for (size_t i = 0; i < below.n && i < BELOW_MOST; i++) {
        LIST_ADD(g->arena, &v->below,
                 (struct org_line){.id = below.at[i].id.v,
                                   .name = below.at[i].short_name,
                                   .kind = org_kind_words(below.at[i].kind),
                                   .below = below.at[i].below});
    }
    return OK;
}

/* From the top down to the one above. */
static struct err unit_above(struct get *g, struct org_unit_show *v, struct org_unit_id parent) {
    struct org_line chain[12];
    size_t n = 0;
    while (parent.v && n < sizeof chain / sizeof *chain) {
        struct org_unit_by_id_row *row;
        TRY(org_unit_by_id(g->db, (struct org_unit_by_id_in){.id = parent}, &row));
        if (!row) {
            break;
        }
        chain[n++] = (struct org_line){.id = row->id.v, .name = row->short_name};
        parent = row->parent;
    }
    while (n) {
        LIST_ADD(g->arena, &v->above, chain[--n]);
    }
    return OK;
}

struct err org_unit_get(struct get *g) {
    int64_t id;
    struct org_unit_by_id_row *u;
    TRY(path_id(g->request, S("id"), &id));
    TRY(org_unit_by_id(g->db, (struct org_unit_by_id_in){.id = {id}}, &u));
    if (!u) {
        return FAIL(ERR_MISSING, "no such unit");
    }
    struct org_unit_show v = {.id = id,
                              .name = u->name,
                              .short_name = u->short_name,
                              .code = u->code,
                              .kind = org_kind_words(u->kind),
                              .level = org_level_words(u->level),
                              .notation = u->notation,
                              .phone = u->phone,
                              .email = u->email,
                              .street = u->street,
                              .source = u->source,
                              .from_on = u->from_on,
                              .until_on = u->until_on,
                              .is_closed = !org_in_force((struct date){0}, u->until_on, clock_today()),
                              .is_admin = org_is_admin(g->who),
                              .is_organ = u->organ == id,
                              .is_place = str_eq(u->kind, S("place"))};
    TRY(unit_above(g, &v, u->parent));
    TRY(unit_people(g, &v));
    TRY(unit_relations(g, &v));
    TRY(unit_changes(g, &v));
    return answer_org_unit_show(g, &v);
}

/* --- A person --- */
static struct err person_account(struct get *g, struct org_person_show *v) {
    struct auth_account account;
    TRY(auth_account(g->db, (struct person_id){v->id}, &account));
    v->has_account = account.login.len > 0;
    v->login = account.login;
    v->is_closed = account.is_closed;
    v->is_to_change = account.must_change_password;
    v->signed_in_at = account.signed_in_at;
    v->failures = account.failures;
    v->networks = account.networks;
    return OK;
}

static struct err person_delegations(struct get *g, struct org_person_show *v) {
    struct org_delegations_of_rows rows;
    TRY(org_delegations_of(g->db, (struct org_delegations_of_in){.person = {v->id}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct org_delegations_of_row *r = &rows.at[i];
        LIST_ADD(g->arena, &v->delegations,
                 ((struct org_delegated){.from = r->from_name,
                                         .to = r->to_name,
                                         .basis = r->basis,
                                         .from_on = r->from_on,
                                         .until_on = r->until_on,
                                         .is_in_force = org_in_force(r->from_on, r->until_on, clock_today())}));
    }
    return OK;
}

struct err org_person_get(struct get *g) {
    int64_t id;
    struct org_person_by_id_row *p;
    struct org_posts_of_person_rows rows;
    TRY(path_id(g->request, S("id"), &id));
    TRY(org_person_by_id(g->db, (struct org_person_by_id_in){.id = {id}}, &p));
    if (!p) {
        return FAIL(ERR_MISSING, "no such person");
    }
    struct org_person_show v = {.id = id,
                                .name = p->name,
                                .code = p->code,
                                .address = p->address,
                                .phone = p->phone,
                                .email = p->email,
                                .until_on = p->until_on,
                                .is_admin = org_is_admin(g->who),
                                .is_gone = !org_in_force((struct date){0}, p->until_on, clock_today())};
    TRY(org_posts_of_person(g->db, (struct org_posts_of_person_in){.person = {id}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct org_post post = ORG_POST_FROM(&rows.at[i]);
        struct org_seat s = org_seat_of(&post);
        s.unit = unit_words(g->arena, &post);
        s.roles = org_roles_words(g->arena, post.roles);
        if (post.is_in_force || (post.from_on.year && date_cmp(post.from_on, clock_today()) > 0)) {
            LIST_ADD(g->arena, &v.seats, s);
        } else if (v.is_admin) {
            LIST_ADD(g->arena, &v.past, s);
        }
    }
    if (v.is_admin) {
        TRY(person_account(g, &v));
        TRY(person_delegations(g, &v));
    }
    return answer_org_person_show(g, &v);
}
