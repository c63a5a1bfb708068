/* A form acts once. With its key is kept where it went and what it held: the same again gets the first answer, without
   a second effect; the same key with another path or other content is no repetition, and the person is asked. */
#include <string.h>

#include "base/utf8.h"
#include "kernel/db/db.h"
#include "kernel/http/loop.h"
#include "kernel/http/http_queries.h"
#include "kernel/db/id.h"
#include "kernel/http/once_view.h"

#include "base/banned.h"

enum { MARK = 22, ONCE_MOST = 64 };

static struct str place_of(struct request *r) {
    return str_format(r->arena, "%.*s %.*s", STR_ARG(r->method_name), STR_ARG(r->path));
}

static void put_field(struct buf *b, const struct form_value *v) {
    buf_put(b, v->field->name);
    buf_put_char(b, '\0');
    buf_put(b, v->typed);
    for (size_t i = 0; i < v->uploads.n; i++) {
        buf_put_char(b, '\0');
        buf_put(b, v->uploads.at[i]->name);
        buf_put_char(b, '\0');
        buf_put(b, str_of(v->uploads.at[i]->sha256));
    }
    for (size_t i = 0; i < v->pairs.n; i++) {
        buf_put_char(b, '\0');
        buf_put(b, v->pairs.at[i].name);
        buf_put_char(b, '\0');
        buf_put(b, v->pairs.at[i].value);
    }
}

/* One mark for the post it is sent as, then one for each field. */
static struct str content_of(struct request *r) {
    struct buf all = buf_in(r->arena);
    buf_put(&all, token_mac(r->arena, r->token, str_format(r->arena, "post %lld", (long long)r->who.post.v)));
    for (size_t i = 0; r->form && i < r->form->values.n; i++) {
        struct buf one = buf_in(r->arena);
        put_field(&one, &r->form->values.at[i]);
        buf_put(&all, token_mac(r->arena, r->token, buf_str(&one)));
    }
    return buf_str(&all);
}

struct err once_look(struct request *r, struct db_read *db) {
    struct http_once_find_row *row = NULL;
    r->once = r->body ? body_part(r->body, "_once") : S("");
    if (r->once.len == 0 || r->once.len > ONCE_MOST || r->who.session.len == 0) {
        r->once = S("");
        return OK;
    }
    TRY(http_once_find(db, (struct http_once_find_in){.session = r->who.session, .once = r->once}, &row));
    if (!row) {
        return OK;
    }
    /* Outlives the reading it was found in. */
    struct http_once_find_row *kept = arena_take(r->arena, struct http_once_find_row, 1);
    *kept = (struct http_once_find_row){.place = str_copy(r->arena, row->place),
                                        .content = str_copy(r->arena, row->content),
                                        .location = str_copy(r->arena, row->location),
                                        .flash = str_copy(r->arena, row->flash),
                                        .made_at = row->made_at};
    r->acted.row = kept;
    r->acted.is_other = !str_eq(kept->place, place_of(r)) || !str_eq(kept->content, content_of(r));
    return OK;
}

struct err once_answer(struct request *r) {
    struct post p = {.request = r, .arena = r->arena};
    r->answer.flash = r->acted.row->flash;
    return see_other(&p, "%.*s", STR_ARG(r->acted.row->location));
}

struct err once_note(struct request *r, struct db_write *db) {
    if (r->once.len == 0 || r->answer.location.len == 0) {
        return OK;
    }
    return http_once_insert(db,
                            (struct http_once_insert_in){.session = r->who.session,
                                                         .once = r->once,
                                                         .place = place_of(r),
                                                         .content = content_of(r),
                                                         .location = r->answer.location,
                                                         .flash = r->answer.flash,
                                                         .made_at = clock_now()},
                            NULL);
}

/* ---- The question. */

/* The first number of an address: the record it shows. */
static struct str number_in(struct str path) {
    size_t end = str_find(path, S("?"), 0), mark = str_find(path, S("#"), 0);
    struct str rest = str_slice(path, 0, end < mark ? end : mark), piece;
    int64_t id;
    while (str_next(&rest, '/', &piece)) {
        if (id_read(piece, &id)) {
            return piece;
        }
    }
    return S("");
}

static bool has_version(const struct request *r) {
    for (size_t i = 0; i < r->form->values.n; i++) {
        if (r->form->values.at[i].field->kind == FIELD_VERSION) {
            return true;
        }
    }
    return false;
}

/* .edit with its {names} filled; empty when one cannot be. */
static struct str edit_path(struct request *r) {
    if (!r->route->edit) {
        return has_version(r) ? r->path : S("");
    }
    struct str rest = str_of(r->route->edit), before, name;
    struct buf b = buf_in(r->arena);
    while (str_cut(rest, S("{"), &before, &rest)) {
        buf_put(&b, before);
        str_cut(rest, S("}"), &name, &rest);
        struct str value = path_param(r, name);
        value = value.len ? value : number_in(r->acted.row->location);
        if (value.len == 0) {
            return S("");
        }
        buf_put(&b, value);
    }
    buf_put(&b, before);
    return buf_str(&b);
}

/* The fields of the route that changes the record; NULL when there is none, or it is not this person's. */
static const struct field *edit_fields(struct request *r, struct str path) {
    struct request there = *r;
    there.path = path;
    there.method = METHOD_POST;
    there.params_n = 0;
    return path.len && route_find(r->server->routes, &there) == FOUND && request_is_open(&there) ? there.route->fields
                                                                                                 : NULL;
}

static bool has_field(const struct field *fields, struct str name) {
    for (const struct field *k = fields; k && k->kind; k++) {
        if (str_eq(k->name, name)) {
            return k->kind != FIELD_VERSION;
        }
    }
    return false;
}

static struct str files_shown(struct arena *a, const struct form_value *v) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < v->uploads.n; i++) {
        buf_put(&b, i ? S(", ") : S(""));
        buf_put(&b, v->uploads.at[i]->name);
    }
    return buf_str(&b);
}

static struct str shown(struct get *g, const struct form_value *v) {
    switch (v->field->kind) {
    case FIELD_FILE: return files_shown(g->arena, v);
    case FIELD_FLAG: return v->number ? S("Có") : S("Không");
    case FIELD_ID:
    case FIELD_IDS: return v->ids.n ? str_format(g->arena, "%zu mục đã chọn", v->ids.n) : S("");
    case FIELD_SECRET: return v->typed.len ? S("••••") : S("");
    case FIELD_CHOICE:
        for (const struct choice *c = v->field->choices; c && c->value.len; c++) {
            if (str_eq(c->value, v->typed)) {
                return c->label;
            }
        }
        return v->typed;
    case FIELD_END:
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_INT:
    case FIELD_DATE:
    case FIELD_PAIRS:
    case FIELD_VERSION: break;
    }
    return v->typed;
}

/* The parts of a FIELD_PAIRS, each a line. They are marked as one, so that each of them is other when one is. */
static void pairs_fill(struct get *g, struct twice_view *v, const struct form_value *x, struct twice_line line) {
    for (size_t i = 0; i < x->pairs.n; i++) {
        const struct form_pair *pair = &x->pairs.at[i];
        line.name = str_format(g->arena, "%.*s.%.*s", STR_ARG(x->field->name), STR_ARG(pair->name));
        line.label = pair->name;
        line.value = line.shown = pair->value;
        LIST_ADD(g->arena, &v->lines, line);
    }
}

static void lines_fill(struct get *g, struct twice_view *v, const struct field *edit) {
    struct str first = g->request->acted.row->content, now = content_of(g->request);
    for (size_t i = 0; i < g->form->values.n; i++) {
        const struct form_value *x = &g->form->values.at[i];
        size_t at = MARK * (i + 1);
        bool is_same = first.len == now.len && str_eq(str_slice(first, at, at + MARK), str_slice(now, at, at + MARK));
        if (x->field->kind == FIELD_VERSION) {
            continue;
        }
        struct twice_line line = {.name = x->field->name,
                                  .label = x->field->label.len ? x->field->label : x->field->name,
                                  .value = x->field->kind == FIELD_FILE ? S("") : x->typed,
                                  .shown = shown(g, x),
                                  .is_other = !v->is_elsewhere && !is_same,
                                  .is_secret = x->field->kind == FIELD_SECRET,
                                  .is_for_edit = has_field(edit, x->field->name)};
        if (x->field->kind == FIELD_PAIRS) {
            pairs_fill(g, v, x, line);
            continue;
        }
        LIST_ADD(g->arena, &v->lines, line);
    }
}

static struct err page(struct get *g) {
    struct request *r = g->request;
    const struct http_once_find_row *row = r->acted.row;
    struct str edit = edit_path(r);
    const struct field *fields = edit_fields(r, edit);
    struct twice_view v = {.done_at = row->made_at,
                           .done = row->flash,
                           .result = link_local(g->arena, "%.*s", STR_ARG(row->location)),
                           .here = link_local(g->arena, "%.*s", STR_ARG(r->path)),
                           .is_elsewhere = !str_eq(row->place, place_of(r)),
                           .is_edit = str_eq(edit, r->path),
                           .kept = r->form->kept};
    if (fields && !v.is_elsewhere) {
        v.edit = link_local(g->arena, "%.*s", STR_ARG(edit));
    }
    v.form = form_begin(g->arena, r->route->fields, r->form);
    lines_fill(g, &v, fields);
    return r->server->setup.twice_page(g, &v);
}

static void draw(struct request *r) {
    struct get g;
    struct err why =
        REFUSE(ERR_CONFLICT, "", "Biểu mẫu này đã được ghi, với nội dung khác. Nội dung vừa gửi chưa được lưu.");
    if (r->is_json || !request_get(r, &g)) {
        fault_answer(r, why);
        return;
    }
    r->answer.status = MHD_HTTP_CONFLICT;
    r->form->is_refused = true;
    struct err e = page(&g);
    request_get_end(&g);
    if (e.why) {
        fault_answer(r, e);
        return;
    }
    answer_send(r);
}

static void keep_then_draw(struct request *r, struct db_write *db, struct err e) {
    err_ignore(e);
    if (db) {
        kept_again(r, db);
    }
    draw(r);
}

void once_ask(struct request *r) {
    if (!r->is_json && kept_has_files(r)) {
        when_it_may_write(r, keep_then_draw);
    } else {
        draw(r);
    }
}
