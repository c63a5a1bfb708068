/* Files sent with a form that was not acted on, because its session had ended or a field was at fault: kept for a day,
   for the same person, so that nobody chooses and sends them again. The form names them by a token of its own. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "kernel/db/db.h"
#include "kernel/file/disk.h"
#include "kernel/http/loop.h"
#include "kernel/http/http_queries.h"

#include "base/banned.h"

enum { HELD_MOST = 1024 * 1024 * 1024, DAY_MS = 24 * 60 * 60 * 1000 };

static struct str path_of(struct request *r, struct str place) {
    return str_format(r->arena, "%.*s/tmp/%.*s", STR_ARG(r->server_dir), STR_ARG(place));
}

static bool is_right(const struct request *r, const struct upload *u) {
    const struct form_value *v = NULL;
    for (size_t i = 0; r->form && i < r->form->values.n; i++) {
        v = str_eq(r->form->values.at[i].field->name, u->field) ? &r->form->values.at[i] : v;
    }
    return !v || v->fault.len == 0;
}

static bool is_declared(const struct request *r, struct str name) {
    for (const struct field *k = r->route->fields; k && k->kind; k++) {
        if (k->kind == FIELD_FILE && str_eq(k->name, name)) {
            return true;
        }
    }
    return false;
}

static struct err keep_one(struct request *r, struct db_write *db, struct str hash, int64_t person,
                           const struct upload *u) {
    struct str place = str_format(r->arena, "kept-%.*s", STR_ARG(token_new(r->arena)));
    char *path = str_z(r->arena, path_of(r, place));
    if (link(str_z(r->arena, u->path), path) != 0) {
        return FAIL_DISK(r->arena, errno, "an upload cannot be kept");
    }
    /* Kept from now on, however long ago it came. */
    utimensat(AT_FDCWD, path, NULL, 0);
    return http_kept_insert(db,
                            (struct http_kept_insert_in){.hash = hash,
                                                         .place = place,
                                                         .person = person,
                                                         .field = u->field,
                                                         .name = u->name,
                                                         .sha256 = str_of(u->sha256),
                                                         .size = u->size,
                                                         .made_at = clock_now()},
                            NULL);
}

struct err kept_put(struct request *r, struct db_write *db, struct str token, int64_t person) {
    size_t n = 0;
    const struct form_part *parts = r->body ? body_parts(r->body, &n) : NULL;
    struct http_kept_held_row *held;
    struct str hash = auth_hash(r->arena, token);
    TRY(http_kept_held(db_reading(db), (struct http_kept_held_in){.person = person}, &held));
    int64_t sum = held ? held->size : 0;
    for (size_t i = 0; i < n; i++) {
        const struct upload *u = parts[i].upload;
        if (u && u->size > 0 && is_declared(r, u->field) && is_right(r, u) && sum + u->size <= HELD_MOST) {
            TRY(keep_one(r, db, hash, person, u));
            sum += u->size;
        }
    }
    return OK;
}

static bool has_upload(const struct form_part *parts, size_t n, struct str field) {
    for (size_t i = 0; i < n; i++) {
        if (parts[i].upload && str_eq(parts[i].name, field)) {
            return true;
        }
    }
    return false;
}

/* The files of a token that is this person's, and are still there. */
static struct err files_of(struct request *r, struct db_read *db, struct str token, int64_t person,
                           struct http_kept_list_rows *rows) {
    *rows = (struct http_kept_list_rows){0};
    if (token.len == 0 || token.len > 64 || !person) {
        return OK;
    }
    return http_kept_list(db,
                          (struct http_kept_list_in){
                              .hash = auth_hash(r->arena, token), .person = person, .after = {clock_now().ms - DAY_MS}},
                          rows);
}

struct err kept_take(struct request *r, struct db_read *db) {
    struct http_kept_list_rows rows;
    size_t n;
    const struct form_part *parts = body_parts(r->body, &n);
    TRY(files_of(r, db, body_part(r->body, "_kept"), r->who.person.v, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct http_kept_list_row *row = &rows.at[i];
        struct str path = path_of(r, row->place);
        /* A file chosen anew takes the place of the one kept. */
        if (has_upload(parts, n, row->field) || access(str_z(r->arena, path), R_OK) != 0) {
            continue;
        }
        struct upload *u = arena_take(r->arena, struct upload, 1);
        *u = (struct upload){.field = row->field, .name = row->name, .path = path, .size = row->size};
        snprintf(u->sha256, sizeof u->sha256, "%.*s", STR_ARG(row->sha256));
        struct form_part *p = body_part_add(r->body, row->field);
        if (p) {
            p->upload = u;
        }
    }
    return OK;
}

struct err kept_show(struct request *r, struct db_read *db, struct str token, int64_t person) {
    struct http_kept_list_rows rows;
    TRY(files_of(r, db, token, person, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        for (size_t k = 0; k < r->form->values.n; k++) {
            struct form_value *v = &r->form->values.at[k];
            if (str_eq(v->field->name, rows.at[i].field)) {
                LIST_ADD(r->arena, &v->kept, ((struct kept_file){rows.at[i].name, rows.at[i].size}));
                r->form->kept = token;
            }
        }
    }
    return OK;
}

bool kept_has_files(const struct request *r) {
    size_t n = 0;
    const struct form_part *parts = r->body ? body_parts(r->body, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].upload && parts[i].upload->size > 0) {
            return r->who.person.v != 0;
        }
    }
    return false;
}

/* Of a form drawn again for who sent it. Not being able to keep them costs choosing them again, no more. */
void kept_again(struct request *r, struct db_write *db) {
    struct str token = token_new(r->arena);
    struct err e = kept_put(r, db, token, r->who.person.v);
    if (!e.why) {
        e = kept_show(r, db_reading(db), token, r->who.person.v);
    }
    if (e.why) {
        db_rollback(db);
    } else {
        err_ignore(db_commit(db));
    }
}

static void copy_away(struct db *db, void *path) {
    (void)db;
    unlink(path);
}

struct err kept_erase(struct db_write *db, struct str sha256) {
    struct arena *a = db_write_arena(db);
    struct http_kept_erase_rows kept;
    TRY(http_kept_erase(db, (struct http_kept_erase_in){sha256}, &kept));
    for (size_t i = 0; i < kept.n; i++) {
        struct str path = str_format(a, "%.*s/tmp/%.*s", STR_ARG(file_store_dir()), STR_ARG(kept.at[i].place));
        db_after_commit(db, copy_away, str_z(a, path));
    }
    return OK;
}
