/* Pass one: what each record is, and of which work. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "read/encoding.h"
#include "modules/law/law_import_inside.h"

#include <string.h>

#include "base/banned.h"

enum { CHUNK = 1 << 20, LOOK_LINES = 20, WHAT_MOST = 80 };

size_t *law_import_map_at(struct law_import_map *map, struct str key) {
    if ((map->n + 1) * 2 > map->slots) {
        struct law_import_map old = *map;
        map->slots = old.slots ? old.slots * 2 : 1024;
        map->key = arena_take(map->arena, struct str, map->slots);
        map->value = arena_take(map->arena, size_t, map->slots);
        map->n = 0;
        for (size_t i = 0; i < old.slots; i++) {
            if (old.key[i].at) {
                *law_import_map_at(map, old.key[i]) = old.value[i];
            }
        }
    }
    size_t i = str_hash(key) & (map->slots - 1);
    while (map->key[i].at && !str_eq(map->key[i], key)) {
        i = (i + 1) & (map->slots - 1);
    }
    if (!map->key[i].at) {
        map->key[i] = key.len ? key : S("");
        map->value[i] = SIZE_MAX;
        map->n++;
    }
    return &map->value[i];
}

size_t law_import_map_find(const struct law_import_map *map, struct str key) {
    if (!map->slots) {
        return SIZE_MAX;
    }
    for (size_t i = str_hash(key) & (map->slots - 1); map->key[i].at; i = (i + 1) & (map->slots - 1)) {
        if (str_eq(map->key[i], key)) {
            return map->value[i];
        }
    }
    return SIZE_MAX;
}

void law_import_refuse(struct law_import_run *run, const struct law_import_record *record, struct str what,
                       struct str why) {
    struct law_import_reject reject = {.file = record->file,
                                       .line = record->line,
                                       .what = str_copy(run->arena, utf8_clean(run->work, utf8_cut(what, WHAT_MOST))),
                                       .why = str_copy(run->arena, why)};
    LIST_ADD(run->arena, &run->rejects, reject);
    run->count.rejected++;
    law_import_say(run, "%.*s, dòng %lld: %.*s (%.*s)", STR_ARG(run->import->files[record->file]),
                   (long long)record->line, STR_ARG(reject.why), STR_ARG(reject.what));
}

/* The next line of a file, without its end; false at the end. One line is held at a time. */
struct lines {
    FILE *file;
    char *at;
    size_t len, from, room;
    long offset; /* in the file, of at[from] */
    bool is_end;
};

/* More bytes behind those that are held; what was given out before is let go. */
static void lines_more(struct lines *l, struct arena *a) {
    size_t kept = l->len - l->from;
    if (l->room - l->len < CHUNK) {
        bool is_roomy = l->room >= (kept + CHUNK) * 2;
        char *at = is_roomy ? l->at : arena_take(a, char, (kept + CHUNK) * 4);
        l->room = is_roomy ? l->room : (kept + CHUNK) * 4;
        if (kept) {
            memmove(at, l->at + l->from, kept);
        }
        l->at = at;
        l->from = 0;
        l->len = kept;
    }
    size_t got = fread(l->at + l->len, 1, CHUNK, l->file);
    l->is_end = got == 0;
    l->len += got;
}

/* Gives out what is held up to a place, and begins behind it. */
static bool lines_give(struct lines *l, size_t end, size_t next, struct str *line) {
    *line = (struct str){l->at + l->from, end - l->from};
    l->from = next;
    return true;
}

static bool lines_next(struct lines *l, struct arena *a, struct str *line, bool *is_too_long) {
    size_t looked = 0;
    *is_too_long = false;
    for (;;) {
        size_t held = l->len - l->from;
        const char *end = held > looked ? memchr(l->at + l->from + looked, '\n', held - looked) : NULL;
        if (end) {
            size_t at = (size_t)(end - l->at);
            return lines_give(l, at, at + 1, line);
        }
        *is_too_long = held > LAW_IMPORT_LINE_MOST;
        if (l->is_end || *is_too_long) {
            return held > 0 && lines_give(l, l->len, l->len, line);
        }
        looked = held;
        lines_more(l, a);
    }
}

static enum law_import_kind kind_of(const struct json_value *json) {
    if (json_member(json, "nodes")) {
        return LAW_IMPORT_STRUCTURED;
    }
    if (json_is_list(json_member(json, "amends"))) {
        return LAW_IMPORT_AMENDMENTS;
    }
    bool has_text = json_member_text(json, "text").len > 0;
    bool is_article = json_member(json, "article") || json_member(json, "pd_code");
    return is_article && (has_text || json_member(json, "text"))                          ? LAW_IMPORT_ARTICLE
           : has_text                                                                     ? LAW_IMPORT_PAPER
           : json_member_text(json, "doc_num").len || json_member_text(json, "title").len ? LAW_IMPORT_WORK
                                                                                          : LAW_IMPORT_OTHER;
}

/* Under which words the records of one work are gathered: its number, else its type and name, else where the codified
   law has it. */
static struct str group_key(struct law_import_run *run, const struct json_value *json, struct law_about *about) {
    struct arena *a = run->work;
    law_about_finish(a, about);
    if (about->code_key.len) {
        return str_format(a, "n:%.*s", STR_ARG(about->code_key));
    }
    if (about->title.len) {
        return str_format(a, "t:%.*s:%.*s", STR_ARG(about->type), STR_ARG(about->title_fold));
    }
    struct str pd = json_member_text(json, "pd_code");
    size_t end = pd.len;
    while (end > 0 && pd.at[end - 1] != '.') {
        end--;
    }
    return end ? str_format(a, "p:%.*s", STR_ARG(str_slice(pd, 0, end)))
               : str_format(a, "c:%.*s", STR_ARG(about->code));
}

static size_t record_add(struct law_import_run *run, const struct law_import_record *record) {
    if (run->records_n == run->records_room) {
        size_t room = run->records_room ? run->records_room * 2 : 4096;
        struct law_import_record *to = arena_take(run->arena, struct law_import_record, room);
        for (size_t i = 0; i < run->records_n; i++) {
            to[i] = run->records[i];
        }
        run->records = to;
        run->records_room = room;
    }
    run->records[run->records_n] = *record;
    run->records[run->records_n].next = SIZE_MAX;
    return run->records_n++;
}

static size_t group_add(struct law_import_run *run, struct str key, const struct law_import_record *record) {
    size_t *at = law_import_map_at(&run->by_key, str_copy(run->arena, key));
    size_t added = record_add(run, record);
    if (*at == SIZE_MAX) {
        *at = run->groups.n;
        struct law_import_group group = {.key = str_copy(run->arena, key), .first = added, .last = added};
        LIST_ADD(run->arena, &run->groups, group);
    } else {
        run->records[run->groups.at[*at].last].next = added;
        run->groups.at[*at].last = added;
    }
    return *at;
}

/* False, and refused, when an article of that id was there before. */
static bool is_first(struct law_import_run *run, const struct law_import_record *record, struct str id) {
    if (!id.len) {
        return true;
    }
    size_t *at = law_import_map_at(&run->by_id, str_copy(run->arena, id));
    if (*at != SIZE_MAX) {
        const struct law_import_record *before = &run->records[*at];
        law_import_refuse(run, record, id,
                          str_format(run->work, "trùng mã với dòng %lld của %.*s", (long long)before->line,
                                     STR_ARG(run->import->files[before->file])));
        return false;
    }
    *at = run->records_n;
    return true;
}

static void codified_on(struct law_import_run *run, struct date on) {
    if (on.year && date_cmp(on, clock_today()) <= 0 && (!run->codified_on.year || date_cmp(on, run->codified_on) > 0)) {
        run->codified_on = on;
    }
}

/* The last day its records speak of: their own, and those of the changes worked in. */
static void codified_until(struct law_import_run *run, const struct law_source *source) {
    struct law_note_acts acts;
    codified_on(run, source->effective_on);
    law_note_read(run->work, source->note, &acts);
    for (size_t i = 0; i < acts.acts.n; i++) {
        codified_on(run, acts.acts.at[i].effective_on);
    }
}

static void record_take(struct law_import_run *run, struct law_import_record *record, const struct json_value *json) {
    struct law_about about;
    struct law_source source;
    record->kind = kind_of(json);
    if (record->kind == LAW_IMPORT_OTHER) {
        law_import_refuse(run, record, json_member_text(json, "id"),
                          S("không phải điều luật, văn bản hay thông tin văn bản nào nhận ra được"));
        return;
    }
    if (record->kind == LAW_IMPORT_ARTICLE && !is_first(run, record, json_member_text(json, "id"))) {
        return;
    }
    if (record->kind == LAW_IMPORT_STRUCTURED || record->kind == LAW_IMPORT_AMENDMENTS) {
        group_add(run, str_format(run->work, "f:%zu:%lld", record->file, (long long)record->line), record);
        return;
    }
    law_import_about(run->work, record->kind, json, &about, &source);
    codified_until(run, &source);
    size_t group = group_add(run, group_key(run, json, &about), record);
    struct str pd = json_member_text(json, "pd_code");
    if (pd.len) {
        struct str article = json_member_text(json, "article");
        struct law_import_pd one = {.pd_code = str_copy(run->arena, pd),
                                    .group = group,
                                    .article = str_copy(run->arena, article.len ? article : source.article)};
        *law_import_map_at(&run->by_pd, one.pd_code) = run->pds.n;
        LIST_ADD(run->arena, &run->pds, one);
    }
}

/* Valid, without any letter that only Vietnamese has, and with letters beyond ASCII: perhaps typed in an old font. */
static bool may_be_legacy(struct str line) {
    bool has_high = memchr(line.at, 0xC2, line.len) || memchr(line.at, 0xC3, line.len);
    return has_high && str_find(line, S("\xe1\xba"), 0) == SIZE_MAX && str_find(line, S("\xe1\xbb"), 0) == SIZE_MAX;
}

struct str law_import_line(struct arena *a, struct str line) {
    enum { SURE = 60 };
    struct read_encoded as = {.text = line};
    if (!utf8_valid(line)) {
        read_encoding_find(a, line, &as);
    } else if (line.len && may_be_legacy(line)) {
        read_encoding_of_text(a, line, &as);
    } else {
        return line;
    }
    return as.certainty >= SURE && utf8_valid(as.text) ? as.text : line;
}

static void line_take(struct law_import_run *run, struct law_import_record *record, struct str line) {
    struct str text = law_import_line(run->work, str_trim(line));
    size_t fault_at;
    if (!text.len) {
        return;
    }
    run->count.records++;
    const struct json_value *json = json_read(run->work, text, &fault_at);
    if (!json_is_map(json)) {
        law_import_refuse(run, record, text,
                          json ? S("dòng JSON hỏng: không phải một đối tượng")
                               : str_format(run->work, "dòng JSON hỏng ở byte %zu", fault_at));
        return;
    }
    record_take(run, record, json);
}

static struct lines lines_begin(FILE *file) {
    rewind(file);
    return (struct lines){.file = file};
}

/* Whether some of the first lines are each an object of JSON. */
static bool has_json_lines(struct law_import_run *run, FILE *file) {
    struct arena *a = arena_new();
    struct lines l = lines_begin(file);
    struct str line;
    size_t fault_at;
    bool is_too_long, is_found = false;
    for (int i = 0; i < LOOK_LINES && !is_found && lines_next(&l, a, &line, &is_too_long); i++) {
        arena_reset(run->work);
        line = law_import_line(run->work, str_trim(line));
        is_found = line.len && line.at[0] == '{' && json_is_map(json_read(run->work, line, &fault_at));
    }
    arena_free(a);
    return is_found;
}

/* A paper in any format, read now: recognising a scan takes minutes, and nobody may wait that long to write. */
static bool paper_read(struct law_import_run *run, struct law_import_record *record) {
    struct str path = run->import->files[record->file];
    struct law_file *paper = arena_take(run->arena, struct law_file, 1);
    enum file_type type;
    struct err e = file_type_sniff_markup(run->work, fileno(run->file[record->file]), &type);
    if (!e.why) {
        e = law_file_read(run->arena, &(struct law_file_reading){.path = str_z(run->work, path), .type = type}, paper);
    }
    if (e.why) {
        law_import_refuse(run, record, path, e.why->message.len ? e.why->message : S("không đọc được tệp"));
        return false;
    }
    record->paper = paper;
    return true;
}

static struct err scan_whole(struct law_import_run *run, size_t file) {
    struct law_import_record record = {.file = file, .line = 0};
    fseek(run->file[file], 0, SEEK_END);
    long len = ftell(run->file[file]);
    if (len < 0 || len > LAW_IMPORT_FILE_MOST) {
        law_import_refuse(run, &record, run->import->files[file], S("tệp quá lớn"));
        return OK;
    }
    record.len = (size_t)len;
    struct str bytes;
    const struct json_value *json = law_import_record_read(run, &record, &bytes);
    struct str text = str_trim(bytes);
    bool is_json = json && text.len && text.at[0] == '{';
    record.kind = is_json ? kind_of(json) : LAW_IMPORT_OTHER;
    run->count.records++;
    if (is_json && record.kind != LAW_IMPORT_OTHER) {
        record_take(run, &record, json);
    } else if (paper_read(run, &record)) {
        group_add(run, str_format(run->work, "f:%zu:0", file), &record);
    }
    return OK;
}

struct err law_import_scan(struct law_import_run *run, size_t file) {
    if (!has_json_lines(run, run->file[file])) {
        arena_reset(run->work);
        return scan_whole(run, file);
    }
    struct arena *a = arena_new();
    struct lines l = lines_begin(run->file[file]);
    struct law_import_record record = {.file = file};
    struct str line;
    bool is_too_long;
    while (lines_next(&l, a, &line, &is_too_long)) {
        arena_reset(run->work);
        record.line++;
        record.len = line.len;
        if (is_too_long) {
            law_import_refuse(run, &record, line, S("dòng quá dài"));
        } else {
            line_take(run, &record, line);
        }
        record.at += (long)line.len + 1;
        if (run->import->stop && *run->import->stop) {
            break;
        }
    }
    arena_free(a);
    return OK;
}
