#include "modules/register/register_sheet.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/db/db.h"
#include "kernel/file/file.h"
#include "kernel/fill/fill.h"
#include "kernel/import/import_run.h"
#include "kernel/page/json.h"
#include "modules/register/inside.h"
#include "read/book.h"

#include "base/banned.h"

enum { AT_ONCE = 500 };

/* --- What a row means --- */
/* As a form would have it: 1.5 is typed 1,5. */
static struct str typed_of(struct arena *a, const struct import_wanted *w, struct str value) {
    char *to;
    if (w->kind != IMPORT_DECIMAL || !memchr(value.at, '.', value.len)) {
        return value;
    }
    to = str_z(a, value);
    for (size_t i = 0; i < value.len; i++) {
        to[i] = (char)(to[i] == '.' ? ',' : to[i]);
    }
    return (struct str){to, value.len};
}

struct fields_state *register_sheet_state(struct arena *a, const struct register_type *type,
                                          const struct import_want *want, const struct str *values,
                                          struct fields_said_list said) {
    struct fields_said_list all = {0};
    for (size_t i = 0; i < want->n; i++) {
        if (values[i].len) {
            LIST_ADD(a, &all, (struct fields_said){want->columns[i].name, typed_of(a, &want->columns[i], values[i])});
        }
    }
    size_t brought = all.n;
    for (size_t i = 0; i < said.n; i++) {
        bool is_brought = false;
        for (size_t k = 0; k < brought && !is_brought; k++) {
            is_brought = str_eq(all.at[k].name, said.at[i].name);
        }
        if (!is_brought) {
            LIST_ADD(a, &all, said.at[i]);
        }
    }
    return register_judge(a, type, 0, all);
}

/* The row the book has, and what the sheet makes of it; *row NULL: a new one. */
struct meeting {
    const struct register_type *type;
    const struct import_want *want;
    struct register_book_id book;
};
static struct err met(struct db_read *db, const struct meeting *m, const struct str *values,
                      struct register_row_keyed_row **row, struct fields_state **s) {
    const struct register_type *type = m->type;
    const struct import_want *want = m->want;
    struct arena *a = db_arena(db);
    struct fields_said_list said = {0};
    *s = register_sheet_state(a, type, want, values, said);
    TRY(register_row_same(db, m->book, register_key(type, *s), 0, row));
    if (*row) {
        TRY(register_said(a, (*row)->answers, &said));
        said = (*row)->type_version < type->form->version ? fields_carried(a, type->form, (*row)->type_version, said)
                                                          : said;
        *s = register_sheet_state(a, type, want, values, said);
    }
    return OK;
}

/* --- Looked at --- */
struct looked_line {
    const struct import_table *table;
    const struct import_row *row;
    int64_t number;
    LIST(const struct import_fault *) faults;
};
struct looking {
    struct job *job;
    struct register_sheet_by_id_row *sheet;
    struct register_type type;
    struct import_want want;
    struct import found;
    struct looked_line *all;
    size_t n, from;
    struct register_sheet_found_in sums;
};

static const struct import_fault *fault_of(const struct looked_line *line, int field) {
    const struct import_fault *found = NULL;
    for (size_t i = 0; i < line->faults.n; i++) {
        const struct import_fault *f = line->faults.at[i];
        if (f->field == field && (!found || f->kind < found->kind)) {
            found = f;
        }
    }
    return found;
}

static size_t column_of(const struct import_table *t, size_t field) {
    for (size_t i = 0; i < t->columns.n; i++) {
        if (t->columns.at[i].field == (int)field) {
            return t->columns.at[i].column;
        }
    }
    return SIZE_MAX;
}

static void member(struct buf *b, const char *name, struct str value) {
    if (value.len) {
        buf_put(b, b->at[b->len - 1] == '{' ? S("") : S(","));
        json_z(b, name);
        buf_put_char(b, ':');
        json_str(b, value);
    }
}

/* One cell: v value, t as typed, f what is wrong or was mended, k how, c its address. */
static void cell_put(struct buf *b, const struct looking *l, size_t i, size_t field, struct str judged_fault) {
    struct arena *a = b->arena;
    const struct import_table *t = l->all[i].table;
    const struct import_fault *f = fault_of(&l->all[i], (int)field);
    size_t column = column_of(t, field);
    buf_put(b, b->at[b->len - 1] == '[' ? S("{") : S(",{"));
    member(b, "v", l->all[i].row->values[field]);
    if (f) {
        struct str advice = import_fault_advice(a, f), words = import_fault_words(a, &l->want, f);
        member(b, "t", f->typed);
        member(b, "f", advice.len ? str_format(a, "%.*s %.*s", STR_ARG(words), STR_ARG(advice)) : words);
        member(b, "s", f->suggestion);
        member(b, "k", f->kind < IMPORT_ERRORS ? S("bad") : S("mended"));
    } else if (judged_fault.len) {
        member(b, "t", l->all[i].row->values[field]);
        member(b, "f", judged_fault);
        member(b, "k", S("bad"));
    }
    if ((f || judged_fault.len) && column != SIZE_MAX) {
        member(b, "c", import_cell(a, column, l->all[i].row->number));
    }
    BUF_LIT(b, "}");
}

static struct str cells_of(struct arena *a, const struct looking *l, size_t i, const struct fields_state *s,
                           bool *has_fault) {
    struct buf b = buf_in(a);
    const struct import_fault *whole = fault_of(&l->all[i], -1);
    BUF_LIT(&b, "[");
    *has_fault = whole != NULL;
    for (size_t f = 0; f < l->want.n; f++) {
        int at = register_field(&l->type, l->want.columns[f].name);
        struct str fault = s && at >= 0 ? s->all.at[at].fault : S("");
        *has_fault = *has_fault || fault.len || fault_of(&l->all[i], (int)f);
        cell_put(&b, l, i, f, fault);
    }
    BUF_LIT(&b, "]");
    return buf_str(&b);
}

static int64_t *sum_of(struct looking *l, struct str does) {
    return str_eq(does, S("make"))     ? &l->sums.n_make
           : str_eq(does, S("change")) ? &l->sums.n_change
           : str_eq(does, S("same"))   ? &l->sums.n_same
                                       : &l->sums.n_bad;
}

static struct err line_put(struct db_write *db, struct looking *l, size_t i) {
    struct arena *a = db_write_arena(db);
    struct register_sheet_row_add_in in = {.sheet = l->sheet->id, .number = l->all[i].number};
    struct register_row_keyed_row *row = NULL;
    struct fields_state *s = NULL;
    in.does = S("bad");
    if (l->all[i].row->is_good) {
        TRY(met(db_reading(db), &(struct meeting){&l->type, &l->want, l->sheet->book}, l->all[i].row->values, &row,
                &s));
        bool is_same = row && str_eq(fill_json(a, s), row->answers);
        in.does = s->faults ? S("bad") : !row ? S("make") : is_same ? S("same") : S("change");
    }
    in.row = row ? row->id.v : 0;
    in.cells = cells_of(a, l, i, s, &in.has_fault);
    *sum_of(l, in.does) += 1;
    return register_sheet_row_add(db, in, NULL);
}

static struct err some_put(struct db_write *db, void *thing) {
    struct looking *l = thing;
    size_t end = l->n - l->from < AT_ONCE ? l->n : l->from + AT_ONCE;
    for (size_t i = l->from; i < end; i++) {
        TRY(line_put(db, l, i));
    }
    return OK;
}

static struct err looked(struct db_write *db, void *thing) {
    struct looking *l = thing;
    return register_sheet_found(db, l->sums, NULL);
}

/* Which columns of the first table were understood, and where its titles stand. */
static void head_say(struct arena *a, struct looking *l) {
    const struct import_table *t = &l->found.tables.at[0];
    struct buf names = buf_in(a);
    for (size_t i = 0; i < t->columns.n; i++) {
        if (t->columns.at[i].field >= 0) {
            struct str cell = import_cell(a, t->columns.at[i].column, 1);
            buf_printf(&names, "%s%.*s:%.*s", names.len ? " " : "",
                       STR_ARG(l->want.columns[t->columns.at[i].field].name), (int)cell.len - 1, cell.at);
        }
    }
    l->sums.columns = buf_str(&names);
    l->sums.sheet_name = t->sheet;
    l->sums.header = t->header_first == t->header_last
                         ? str_format(a, "%lld", (long long)t->header_first)
                         : str_format(a, "%lld–%lld", (long long)t->header_first, (long long)t->header_last);
}

/* Each fault beside its line; lines stand in the order of their rows. */
static void faults_part(struct arena *a, struct looked_line *lines, size_t n, const struct import_table *t) {
    for (size_t i = 0; i < t->faults.n; i++) {
        size_t low = 0, high = n;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (lines[middle].row->number < t->faults.at[i].row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < n && lines[low].row->number == t->faults.at[i].row) {
            LIST_ADD(a, &lines[low].faults, &t->faults.at[i]);
        }
    }
}

static struct err table_gather(struct looking *l, size_t t) {
    const struct import_table *table = &l->found.tables.at[t];
    struct looked_line *first = l->all + l->n;
    if (table->missing.n) {
        return err_refuse(l->job->arena, ERR_INVALID, "file", "%.*s",
                          STR_ARG(import_missing_words(l->job->arena, &l->want, table)));
    }
    for (size_t i = 0; i < table->rows.n; i++) {
        l->all[l->n++] = (struct looked_line){.table = table,
                                              .row = &table->rows.at[i],
                                              .number = (int64_t)t * REGISTER_TABLE + table->rows.at[i].number};
    }
    faults_part(l->job->arena, first, table->rows.n, table);
    return OK;
}

static struct err rows_gather(struct looking *l) {
    size_t n = 0;
    if (!l->found.tables.n) {
        return REFUSE(ERR_INVALID, "file",
                      "Không tìm thấy bảng nào có các cột của sổ này. Mời xem lại hàng tên cột, hoặc dùng mẫu.");
    }
    for (size_t t = 0; t < l->found.tables.n; t++) {
        n += l->found.tables.at[t].rows.n;
    }
    l->all = arena_take(l->job->arena, struct looked_line, n + 1);
    for (size_t t = 0; t < l->found.tables.n; t++) {
        TRY(table_gather(l, t));
    }
    head_say(l->job->arena, l);
    return OK;
}

static struct err sheet_read(struct looking *l) {
    struct job *job = l->job;
    struct db_read *db;
    struct file f;
    struct str path;
    struct read_book book;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = file_find(db, job->arena, l->sheet->file, &f);
    db_end_read(db);
    TRY(e);
    TRY(job_progress(job, 0, 0, S("Đang đọc bảng tính")));
    TRY(file_damage_in_job(job, l->sheet->file, file_whole(job->arena, &f, &path)));
    TRY(read_book(job->arena, str_z(job->arena, path), &read_limits_usual, IMPORT_LINES, &book));
    import_look(job->arena, &book, &l->want, &l->found);
    return rows_gather(l);
}

static struct err sheet_find(struct job *job, struct register_sheet_by_id_row **sheet) {
    struct db_read *db;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = register_sheet_by_id(db, (struct register_sheet_by_id_in){.id = job->record}, sheet);
    db_end_read(db);
    return e;
}

/* The sums so far stand in the mark, "500 480 10 5 5": next line, made, changed, same, bad. */
static void mark_read(struct looking *l) {
    struct str rest = l->job->mark, piece;
    int64_t *to[] = {NULL, &l->sums.n_make, &l->sums.n_change, &l->sums.n_same, &l->sums.n_bad};
    int64_t n;
    for (size_t i = 0; i < sizeof to / sizeof *to && str_next(&rest, ' ', &piece) && num_read(piece, &n); i++) {
        *(to[i] ? to[i] : (int64_t *)&l->from) = n;
    }
}

static struct str mark_of(const struct looking *l, size_t next) {
    const struct register_sheet_found_in *s = &l->sums;
    return str_format(l->job->arena, "%zu %lld %lld %lld %lld", next, (long long)s->n_make, (long long)s->n_change,
                      (long long)s->n_same, (long long)s->n_bad);
}

static struct err lines_put(struct looking *l) {
    while (l->from < l->n) {
        size_t next = l->n - l->from < AT_ONCE ? l->n : l->from + AT_ONCE;
        /* The mark is that of before the step: done twice, it counts anew and writes no line twice. */
        TRY(job_step(l->job, mark_of(l, l->from), some_put, l));
        l->from = next;
        TRY(job_progress(l->job, (int64_t)next, (int64_t)l->n, S("Đang so từng dòng với sổ")));
    }
    return OK;
}

struct err register_look_run(struct job *job) {
    struct looking l = {.job = job};
    TRY(sheet_find(job, &l.sheet));
    if (!l.sheet || !str_eq(l.sheet->state, S("reading"))) {
        return OK;
    }
    TRY(register_type(job->arena, l.sheet->type, &l.type));
    l.want = register_type_wants(job->arena, &l.type);
    l.sums = (struct register_sheet_found_in){.state = S("read"), .id = l.sheet->id};
    struct err e = sheet_read(&l);
    if (err_is(e, ERR_INVALID)) {
        l.sums.state = S("unreadable");
        l.sums.fault = e.why->message.len ? e.why->message : err_sentence(ERR_INVALID);
        return job_finish(job, looked, &l);
    }
    TRY(e);
    mark_read(&l);
    TRY(lines_put(&l));
    return job_finish(job, looked, &l);
}

/* --- Put in and taken back --- */
struct context {
    int64_t sheet;
    struct register_type type;
    struct import_want want;
    struct register_book_id book;
    struct str file_name;
};
static const char context_key, type_key;

/* Read once a transaction. */
static struct err context_of(struct db_write *db, int64_t sheet, struct context **out) {
    struct arena *a = db_write_arena(db);
    struct register_sheet_by_id_row *row;
    *out = db_kept(db, &context_key);
    if (*out) {
        return OK;
    }
    TRY(register_sheet_by_id(db_reading(db), (struct register_sheet_by_id_in){.id = sheet}, &row));
    if (!row) {
        return FAIL(ERR_BROKEN, "a batch without a sheet");
    }
    *out = arena_take(a, struct context, 1);
    **out = (struct context){.sheet = sheet, .book = row->book, .file_name = str_copy(a, row->file_name)};
    TRY(register_type(a, row->type, &(*out)->type));
    (*out)->want = register_type_wants(a, &(*out)->type);
    db_keep(db, &context_key, *out);
    return OK;
}

static struct err put(struct db_write *db, const struct import_put *p, int64_t *record, struct str *was) {
    struct context *c;
    struct register_row_keyed_row *same;
    struct register_row_by_id_row *row;
    struct register_row_id id;
    bool changed;
    TRY(context_of(db, p->owner, &c));
    struct register_words w = {.act = S("imported"), .why = c->file_name, .post = db_actor(db)->post};
    TRY(met(db_reading(db), &(struct meeting){&c->type, &c->want, c->book}, p->values, &same, &w.state));
    if (w.state->faults || (same && str_eq(fill_json(db_write_arena(db), w.state), same->answers))) {
        *p->did = IMPORT_SAME;
        return OK;
    }
    if (!same) {
        TRY(register_row_add(db, &c->type, c->book, &w, &id));
        *record = id.v;
        return register_row_tell(db, S("register.imported"), id.v, false);
    }
    TRY(register_row_by_id(db_reading(db), (struct register_row_by_id_in){.id = same->id.v}, &row));
    w.version = row->version;
    TRY(register_row_write(db, &c->type, row, &w, false, &changed));
    *p->did = IMPORT_CHANGED;
    *record = row->id.v;
    *was = str_format(db_write_arena(db), "%lld", (long long)w.version);
    return register_row_tell(db, S("register.imported"), row->id.v, false);
}

static struct err type_once(struct db_write *db, struct str code, struct register_type **type) {
    *type = db_kept(db, &type_key);
    if (!*type) {
        *type = arena_take(db_write_arena(db), struct register_type, 1);
        TRY(register_type(db_write_arena(db), code, *type));
        db_keep(db, &type_key, *type);
    }
    return OK;
}

static struct err undo(struct db_write *db, int64_t record, bool is_made, struct str was) {
    struct arena *a = db_write_arena(db);
    struct register_row_by_id_row *row;
    struct register_past_one_row *past;
    struct register_type *type;
    struct fields_said_list said;
    int64_t version = 0;
    bool changed;
    (void)num_read(was, &version);
    TRY(register_row_by_id(db_reading(db), (struct register_row_by_id_in){.id = record}, &row));
    if (!row || row->version != version + 1 || row->is_gone) {
        return FAIL(ERR_CONFLICT, "somebody changed the row since");
    }
    TRY(type_once(db, row->type, &type));
    TRY(register_past_one(db_reading(db),
                          (struct register_past_one_in){.row = row->id, .version = is_made ? 1 : version}, &past));
    if (!past) {
        return FAIL(ERR_BROKEN, "a row without its past");
    }
    TRY(register_said(a, past->answers, &said));
    struct register_words w = {.state = register_judge(a, type, past->type_version, said),
                               .act = S("undone"),
                               .version = row->version,
                               .post = db_actor(db)->post};
    TRY(register_row_write(db, type, row, &w, is_made, &changed));
    return register_row_tell(db, S("register.undone"), record, false);
}

static struct err with_store(struct job *job, struct err (*run)(struct job *job, const struct import_store *store)) {
    struct import_batch batch;
    struct db_read *db;
    struct register_type type;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = import_batch(db, (struct import_batch_id){job->record}, &batch);
    db_end_read(db);
    TRY(e);
    TRY(register_type(job->arena, batch.want, &type));
    struct import_want want = register_type_wants(job->arena, &type);
    struct import_store store = {.want = &want, .is_finding = true, .put = put, .undo = undo};
    return run(job, &store);
}

struct err register_in_run(struct job *job) {
    return with_store(job, import_run);
}
struct err register_undo_run(struct job *job) {
    return with_store(job, import_undo);
}
