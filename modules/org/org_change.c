/* Changing units and how they stand to each other. What posts count as follows in the same transaction. */
#include "base/utf8.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "kernel/db/id.h"
#include "kernel/index/feed.h"
#include "base/buf.h"
#include "modules/org/org_rows.h"

enum { NAME_MOST = 300, TEXT_MOST = 300 };

/* A line as people write it: NFC, no runs of space. */
static struct str line(struct arena *a, struct str s) {
    struct str clean = str_trim(utf8_clean(a, s));
    struct buf b = buf_in(a);
    for (size_t i = 0; i < clean.len; i++) {
        bool space = (unsigned char)clean.at[i] <= ' ';
        if (!space || (i && (unsigned char)clean.at[i - 1] > ' ')) {
            buf_put_char(&b, space ? ' ' : clean.at[i]);
        }
    }
    return buf_str(&b);
}

struct str org_line(struct arena *a, struct str s) {
    return line(a, s);
}

struct err org_words_keep(struct db_write *db, int64_t owner, struct str kind, struct str fold) {
    struct arena *a = db_write_arena(db);
    TRY(org_word_clear(db, (struct org_word_clear_in){.owner = owner}, NULL));
    for (size_t i = 0; i < fold.len;) {
        size_t from = i;
        while (i < fold.len && fold.at[i] != ' ' && fold.at[i] != '-' && fold.at[i] != ',' && fold.at[i] != '/') {
            i++;
        }
        if (i > from) {
            struct str word = str_copy(a, str_slice(fold, from, i));
            TRY(org_word_add(db, (struct org_word_add_in){.owner = owner, .kind = kind, .word = word}, NULL));
        }
        i++;
    }
    return OK;
}

static struct err check_names(struct arena *a, struct str name, struct str code) {
    if (!name.len) {
        return REFUSE(ERR_INVALID, "name", "Chưa có tên.");
    }
    if (utf8_length(name) > NAME_MOST) {
        return err_refuse(a, ERR_INVALID, "name", "Tên dài %zu ký tự, nhiều nhất là %d.", utf8_length(name), NAME_MOST);
    }
    if (utf8_length(code) > 40) {
        return REFUSE(ERR_INVALID, "code", "Mã dài quá 40 ký tự.");
    }
    return OK;
}

static struct err check_code(struct db_read *db, struct str code, int64_t self) {
    struct org_unit_coded_rows rows;
    if (!code.len) {
        return OK;
    }
    TRY(org_unit_coded(db, (struct org_unit_coded_in){.code = code}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].id.v != self && org_in_force((struct date){0}, rows.at[i].until_on, clock_today())) {
            return err_refuse(db_arena(db), ERR_INVALID, "code", "Mã %.*s đã có đơn vị khác dùng.", STR_ARG(code));
        }
    }
    return OK;
}

static struct err groups_make(struct db_write *db, int64_t organ) {
    for (int64_t role = ROLE_CLERK; role <= ROLE_AUDITOR; role <<= 1) {
        TRY(org_group_insert(db, (struct org_group_insert_in){.id = {id_new()}, .organ = {organ}, .role = role}, NULL));
    }
    return OK;
}

struct names {
    struct str full, brief, full_fold, brief_fold;
};

/* Without a short name the full one is both. */
static struct err names_of(struct arena *a, const struct org_unit_new *u, struct names *n) {
    n->full = line(a, u->name);
    n->brief = u->short_name.len ? line(a, u->short_name) : n->full;
    TRY(check_names(a, n->full, u->code));
    TRY(check_names(a, n->brief, u->code));
    n->full_fold = utf8_fold(a, n->full);
    n->brief_fold = utf8_fold(a, n->brief);
    return OK;
}

static struct err unit_insert(struct db_write *db, const struct org_unit_new *u, int64_t id, int64_t organ) {
    struct arena *a = db_write_arena(db);
    struct names n;
    TRY(names_of(a, u, &n));
    TRY(org_unit_insert(db,
                        (struct org_unit_insert_in){.id = {id},
                                                    .code = u->code,
                                                    .kind = u->kind,
                                                    .level = u->level,
                                                    .name = n.full,
                                                    .short_name = n.brief,
                                                    .name_fold = n.full_fold,
                                                    .short_fold = n.brief_fold,
                                                    .sort_key = utf8_sort_key(a, n.brief),
                                                    .notation = u->notation,
                                                    .organ = organ,
                                                    .parent = {u->parent.v},
                                                    .ordinal = u->ordinal,
                                                    .phone = line(a, u->phone),
                                                    .email = line(a, u->email),
                                                    .street = line(a, u->street),
                                                    .from_on = u->from_on,
                                                    .until_on = u->until_on,
                                                    .source = u->source,
                                                    .changed_at = clock_now()},
                        NULL));
    return org_words_keep(
        db, id, S("unit"),
        str_format(a, "%.*s %.*s %.*s", STR_ARG(n.full_fold), STR_ARG(n.brief_fold), STR_ARG(utf8_fold(a, u->code))));
}

struct err org_unit_make(struct db_write *db, const struct org_unit_new *u, struct unit_id *id) {
    struct arena *a = db_write_arena(db);
    struct db_read *read = db_reading(db);
    struct str code;
    if (!org_kind_read(u->kind, &code) || !org_level_read(u->level, &code)) {
        return REFUSE(ERR_INVALID, "kind", "Loại hoặc cấp đơn vị không có trong danh mục.");
    }
    bool is_organ = org_kind_is_organ(u->kind), stands = org_in_force((struct date){0}, u->until_on, clock_today());
    struct org_unit parent = {0};
    if (u->parent.v && err_is(org_unit(read, u->parent, &parent), ERR_MISSING)) {
        return REFUSE(ERR_INVALID, "parent", "Không có đơn vị cấp trên này.");
    }
    if (!is_organ && !u->parent.v) {
        return REFUSE(ERR_INVALID, "parent", "Ban, văn phòng, ban công tác Mặt trận phải thuộc một cơ quan.");
    }
    if (u->from_on.year && u->until_on.year && date_cmp(u->until_on, u->from_on) < 0) {
        return REFUSE(ERR_INVALID, "until_on", "Ngày kết thúc trước ngày bắt đầu.");
    }
    TRY(stands ? check_code(read, u->code, 0) : OK);
    id->v = id_new();
    TRY(unit_insert(db, u, id->v, is_organ ? id->v : parent.organ.v));
    if (is_organ && !str_eq(u->kind, S("place"))) {
        TRY(groups_make(db, id->v));
    }
    if (u->parent.v) {
        TRY(org_edge_insert(db,
                            (struct org_edge_insert_in){.id = {id_new()},
                                                        .kind = u->edge.len ? u->edge : S("under"),
                                                        .from_unit = {id->v},
                                                        .to_unit = {u->parent.v},
                                                        .is_main = true,
                                                        .from_on = u->from_on,
                                                        .until_on = u->until_on,
                                                        .basis = u->source},
                            NULL));
    }
    if (!str_eq(u->kind, S("place"))) { /* places are facts, brought in by the hundred; their source is in the row */
        TRY(audit_note(db, &(struct audit){.verb = S("org.unit.make"),
                                           .record = id->v,
                                           .after = org_json(a, "name", u->name, "code", u->code)}));
    }
    return search_touch(db, S("unit"), id->v);
}

struct err org_unit_change(struct db_write *db, struct unit_id id, const struct org_unit_new *u) {
    struct arena *a = db_write_arena(db);
    struct org_unit old;
    TRY(org_unit(db_reading(db), id, &old));
    struct names n;
    TRY(names_of(a, u, &n));
    TRY(check_code(db_reading(db), u->code, id.v));
    int64_t changed;
    TRY(org_unit_update(db,
                        (struct org_unit_update_in){.id = {id.v},
                                                    .code = u->code,
                                                    .name = n.full,
                                                    .short_name = n.brief,
                                                    .name_fold = n.full_fold,
                                                    .short_fold = n.brief_fold,
                                                    .sort_key = utf8_sort_key(a, n.brief),
                                                    .notation = u->notation,
                                                    .ordinal = u->ordinal,
                                                    .phone = line(a, u->phone),
                                                    .email = line(a, u->email),
                                                    .street = line(a, u->street),
                                                    .version = u->version,
                                                    .changed_at = clock_now()},
                        &changed));
    if (!changed) {
        return org_stale_audited(db_reading(db), u->version, &(struct audit){.kind = S("org"), .record = id.v});
    }
    TRY(org_words_keep(
        db, id.v, S("unit"),
        str_format(a, "%.*s %.*s %.*s", STR_ARG(n.full_fold), STR_ARG(n.brief_fold), STR_ARG(utf8_fold(a, u->code)))));
    TRY(audit_note(db, &(struct audit){.verb = S("org.unit.change"),
                                       .record = id.v,
                                       .before = org_json(a, "name", old.name, "code", old.code),
                                       .after = org_json(a, "name", n.full, "code", u->code)}));
    return search_touch(db, S("unit"), id.v);
}

/* --- The tree follows the main edges in force. --- */
static struct err is_below(struct db_read *db, struct unit_id unit, struct unit_id top, bool *below) {
    *below = false;
    for (int depth = 0; unit.v && depth < 32; depth++) {
        if (unit.v == top.v) {
            *below = true;
            return OK;
        }
        struct org_unit u;
        TRY(org_unit(db, unit, &u));
        unit = u.parent;
    }
    return OK;
}

/* Gives the organ of a unit that is none itself to the likes below it, and makes their posts count anew. */
static struct err organ_flow(struct db_write *db, struct unit_id unit, struct unit_id organ, int depth) {
    struct org_unit_children_rows rows;
    TRY(org_wear_unit(db, unit, clock_today()));
    TRY(org_unit_children(db_reading(db), (struct org_unit_children_in){.parent = {unit.v}, .today = clock_today()},
                          &rows));
    for (size_t i = 0; i < rows.n && depth < 16; i++) {
        if (!org_kind_is_organ(rows.at[i].kind)) {
            TRY(org_unit_place(
                db,
                (struct org_unit_place_in){
                    .id = rows.at[i].id, .parent = {unit.v}, .organ = organ.v, .changed_at = clock_now()},
                NULL));
            TRY(organ_flow(db, (struct unit_id){rows.at[i].id.v}, organ, depth + 1));
        }
    }
    return OK;
}

/* Draws the tree anew at a unit, from its main edge in force today. */
static struct err tree_draw(struct db_write *db, struct unit_id id) {
    struct db_read *read = db_reading(db);
    struct org_main_edges_from_rows edges;
    struct org_unit u, parent = {0};
    TRY(org_unit(read, id, &u));
    TRY(org_main_edges_from(read, (struct org_main_edges_from_in){.from_unit = {id.v}}, &edges));
    struct unit_id up = {0};
    for (size_t i = 0; i < edges.n; i++) {
        if (org_in_force(edges.at[i].from_on, edges.at[i].until_on, clock_today())) {
            up.v = edges.at[i].to_unit.v;
        }
    }
    bool is_organ = org_kind_is_organ(u.kind);
    if (!is_organ && !up.v) {
        return OK; /* a board between two edges stays where it was drawn */
    }
    if (up.v) {
        TRY(org_unit(read, up, &parent));
    }
    struct unit_id organ = is_organ ? id : parent.organ;
    if (u.parent.v == up.v && u.organ.v == organ.v) {
        return OK;
    }
    TRY(org_unit_place(
        db, (struct org_unit_place_in){.id = {id.v}, .parent = {up.v}, .organ = organ.v, .changed_at = clock_now()},
        NULL));
    return is_organ ? OK : organ_flow(db, id, organ, 0);
}

struct err org_tree_turn(struct db_write *db, struct date today) {
    struct org_main_edges_turning_rows rows;
    TRY(org_main_edges_turning(
        db_reading(db), (struct org_main_edges_turning_in){.today = today, .yesterday = date_plus(today, -1)}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(tree_draw(db, (struct unit_id){rows.at[i].from_unit.v}));
    }
    return OK;
}

/* The main edges in force on the day another begins end the day before. */
static struct err main_edges_end(struct db_write *db, struct unit_id unit, struct date from) {
    struct org_main_edges_from_rows edges;
    TRY(org_main_edges_from(db_reading(db), (struct org_main_edges_from_in){.from_unit = {unit.v}}, &edges));
    for (size_t i = 0; i < edges.n; i++) {
        if (org_in_force(edges.at[i].from_on, edges.at[i].until_on, from)) {
            TRY(org_edge_stop(db, (struct org_edge_stop_in){.id = edges.at[i].id, .until_on = date_plus(from, -1)},
                              NULL));
        }
    }
    return OK;
}

struct err org_edge_make(struct db_write *db, const struct org_edge_new *e) {
    struct arena *a = db_write_arena(db);
    struct org_unit from, to;
    struct org_edge_new edge = *e;
    if (e->from.v == e->to.v) {
        return REFUSE(ERR_INVALID, "to", "Một đơn vị không có quan hệ với chính nó.");
    }
    if (err_is(org_unit(db_reading(db), e->from, &from), ERR_MISSING) ||
        err_is(org_unit(db_reading(db), e->to, &to), ERR_MISSING)) {
        return REFUSE(ERR_INVALID, "to", "Không có đơn vị này.");
    }
    if (!edge.from_on.year) {
        edge.from_on = clock_today();
    }
    if (e->until_on.year && date_cmp(e->until_on, edge.from_on) < 0) {
        return REFUSE(ERR_INVALID, "until_on", "Ngày kết thúc trước ngày bắt đầu.");
    }
    if (e->is_main) {
        bool ring;
        TRY(is_below(db_reading(db), e->to, e->from, &ring));
        if (ring) {
            return REFUSE(ERR_INVALID, "to", "Đơn vị này đang ở dưới chính đơn vị được chuyển: sẽ thành vòng tròn.");
        }
        TRY(main_edges_end(db, e->from, edge.from_on));
    }
    int64_t id = id_new();
    TRY(org_edge_insert(db,
                        (struct org_edge_insert_in){.id = {id},
                                                    .kind = e->kind,
                                                    .from_unit = {e->from.v},
                                                    .to_unit = {e->to.v},
                                                    .is_main = e->is_main,
                                                    .permits = e->permits,
                                                    .from_on = edge.from_on,
                                                    .until_on = e->until_on,
                                                    .basis = line(a, e->basis)},
                        NULL));
    TRY(audit_note(db, &(struct audit){.verb = S("org.edge.make"),
                                       .record = e->from.v,
                                       .after = org_json(a, "kind", e->kind, "to", to.name)}));
    return e->is_main ? tree_draw(db, e->from) : OK;
}

struct err org_edge_end(struct db_write *db, int64_t edge, struct date last) {
    struct org_edge_by_id_row *row;
    TRY(org_edge_by_id(db_reading(db), (struct org_edge_by_id_in){.id = {edge}}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such edge");
    }
    if (row->from_on.year && date_cmp(last, row->from_on) < 0) {
        return REFUSE(ERR_INVALID, "until_on", "Ngày kết thúc trước ngày bắt đầu.");
    }
    TRY(org_edge_stop(db, (struct org_edge_stop_in){.id = {edge}, .until_on = last}, NULL));
    TRY(audit_note(db, &(struct audit){.verb = S("org.edge.end"),
                                       .record = row->from_unit.v,
                                       .after = org_json(db_write_arena(db), "kind", row->kind, "until",
                                                         date_iso(db_write_arena(db), last))}));
    return row->is_main ? tree_draw(db, (struct unit_id){row->from_unit.v}) : OK;
}

struct err org_unit_close(struct db_write *db, struct unit_id id, struct date last) {
    struct db_read *read = db_reading(db);
    struct org_unit u;
    struct org_posts_of_unit_rows posts;
    struct org_unit_children_rows below;
    TRY(org_unit(read, id, &u));
    TRY(org_posts_of_unit(read, (struct org_posts_of_unit_in){.unit = {id.v}}, &posts));
    for (size_t i = 0; i < posts.n; i++) {
        struct date until = ORG_POST_FROM(&posts.at[i]).until_on;
        if (!until.year || date_cmp(until, last) > 0) {
            return err_refuse(db_write_arena(db), ERR_INVALID, "until_on", "%.*s còn giữ chức danh ở đây sau ngày này.",
                              STR_ARG(posts.at[i].person_name));
        }
    }
    TRY(org_unit_children(read, (struct org_unit_children_in){.parent = {id.v}, .today = date_plus(last, 1)}, &below));
    if (below.n) {
        return err_refuse(db_write_arena(db), ERR_INVALID, "until_on",
                          "Còn %zu đơn vị ở dưới, như %.*s. Hãy chuyển hoặc đóng trước.", below.n,
                          STR_ARG(below.at[0].short_name));
    }
    TRY(org_unit_end(db, (struct org_unit_end_in){.id = {id.v}, .until_on = last, .changed_at = clock_now()}, NULL));
    TRY(audit_note(db, &(struct audit){.verb = S("org.unit.close"),
                                       .record = id.v,
                                       .after = org_json(db_write_arena(db), "name", u.name, "until",
                                                         date_iso(db_write_arena(db), last))}));
    return search_touch(db, S("unit"), id.v);
}

struct err org_succeed(struct db_write *db, struct unit_id old, struct unit_id fresh, double share, struct date since,
                       struct str basis) {
    if (old.v == fresh.v) {
        return REFUSE(ERR_INVALID, "new_unit", "Một đơn vị không kế tục chính nó.");
    }
    if (share > 0) {
        return org_succession_insert(
            db,
            (struct org_succession_insert_in){
                .old_unit = {old.v}, .new_unit = {fresh.v}, .share = share, .since_on = since, .basis = basis},
            NULL);
    }
    return org_succession_insert_unknown(
        db,
        (struct org_succession_insert_unknown_in){
            .old_unit = {old.v}, .new_unit = {fresh.v}, .since_on = since, .basis = basis},
        NULL);
}
