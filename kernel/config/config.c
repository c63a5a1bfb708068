#include "kernel/config/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/rights/audit.h"
#include "kernel/config/config_queries.h"
#include "kernel/queue/event.h"
#include "kernel/page/json.h"

#include "base/banned.h"

/* From weakest to strongest. */
enum place { FROM_TABLE, FROM_FILE, FROM_ADMIN, FROM_ENVIRONMENT, FROM_COMMAND, PLACES };

struct value {
    struct str text;
    bool is_given;
};

struct config {
    struct value values[SET_COUNT][PLACES];
    char admin[SET_COUNT][512]; /* the admin page's values, outliving any request */
};

static enum place in_force(const struct config *c, enum setting s) {
    for (int p = PLACES - 1; p > FROM_TABLE; p--) {
        if (c->values[s][p].is_given) {
            return (enum place)p;
        }
    }
    return FROM_TABLE;
}

struct str config_str(const struct config *c, enum setting s) {
    enum place p = in_force(c, s);
    return p == FROM_TABLE ? str_of(config_table[s].normal) : c->values[s][p].text;
}

int64_t config_int(const struct config *c, enum setting s) {
    int64_t n = 0;
    return num_read(config_str(c, s), &n) ? n : 0;
}

static bool is_true(struct str s) {
    return str_eq(s, S("1")) || str_eq(s, S("true")) || str_eq(s, S("yes")) || str_eq(s, S("có"));
}
static bool is_false(struct str s) {
    return str_eq(s, S("0")) || str_eq(s, S("false")) || str_eq(s, S("no")) || str_eq(s, S("không"));
}

bool config_bool(const struct config *c, enum setting s) { return is_true(config_str(c, s)); }

struct str config_where(const struct config *c, struct arena *arena) {
    struct str db = config_str(c, SET_DB), dir = config_str(c, SET_DATA);
    return db.len ? db : str_format(arena, "%.*s/doanket.db", STR_ARG(dir));
}

const char *config_source(const struct config *c, enum setting s) {
    static const char *const words[] = {"mặc định", "tệp cấu hình", "trang quản trị", "biến môi trường", "dòng lệnh"};
    return words[in_force(c, s)];
}

/* NULL when the value may stand, otherwise what is wrong with it. */
static const char *wrong(struct arena *arena, enum setting s, struct str value) {
    const struct setting_row *row = &config_table[s];
    int64_t n = 0;
    if (row->type == SETTING_INT && !num_read_between(value, row->lowest, row->highest, &n)) {
        return str_z(arena,
                     str_format(arena, "phải là số từ %lld đến %lld", (long long)row->lowest, (long long)row->highest));
    }
    if (row->type == SETTING_BOOL && !is_true(value) && !is_false(value)) {
        return "phải là có hoặc không";
    }
    if (row->type == SETTING_TEXT &&
        ((int64_t)value.len < row->lowest || (int64_t)value.len > row->highest || !utf8_valid(value))) {
        return str_z(arena, str_format(arena, "phải dài từ %lld đến %lld byte", (long long)row->lowest,
                                       (long long)row->highest));
    }
    return NULL;
}

static bool setting_find(struct str name, enum setting *s) {
    for (int i = 0; i < SET_COUNT; i++) {
        if (str_eq(str_of(config_table[i].name), name)) {
            *s = (enum setting)i;
            return true;
        }
    }
    return false;
}

/* where: "doanket.conf:3", "DOANKET_PORT", "--port". */
static struct err put(struct arena *arena, struct config *c, enum place p, struct str name, struct str value,
                      const char *where) {
    enum setting s;
    if (!setting_find(name, &s)) {
        return err_refuse(arena, ERR_INVALID, "", "%s: không có thiết lập \"%.*s\". Xem: doanket help config", where,
                          STR_ARG(name));
    }
    const char *fault = wrong(arena, s, value);
    if (fault) {
        return err_refuse(arena, ERR_INVALID, "", "%s: thiết lập %s %s.", where, config_table[s].name, fault);
    }
    c->values[s][p] = (struct value){str_copy(arena, value), true};
    return OK;
}

static struct err read_command(struct arena *arena, struct config *c, int argc, char *const *argv, struct str **rest,
                               size_t *n_rest) {
    *rest = arena_take(arena, struct str, (size_t)(argc > 0 ? argc : 1));
    *n_rest = 0;
    for (int i = 1; i < argc; i++) {
        struct str word = str_of(argv[i]), name, value;
        if (!str_starts(word, S("--"))) {
            (*rest)[(*n_rest)++] = word;
            continue;
        }
        bool has_value = str_cut(str_slice(word, 2, word.len), S("="), &name, &value);
        enum setting s;
        if (!has_value && setting_find(name, &s)) {
            bool is_flag = config_table[s].type == SETTING_BOOL;
            if (!is_flag && i + 1 == argc) {
                return err_refuse(arena, ERR_INVALID, "", "%s: thiếu giá trị.", argv[i]);
            }
            value = is_flag ? S("1") : str_of(argv[++i]);
        }
        TRY(put(arena, c, FROM_COMMAND, name, value, str_z(arena, str_format(arena, "--%.*s", STR_ARG(name)))));
    }
    return OK;
}

static struct err read_environment(struct arena *arena, struct config *c) {
    for (int i = 0; i < SET_COUNT; i++) {
        char *name = str_z(arena, str_format(arena, "DOANKET_%s", config_table[i].name));
        for (char *z = name; *z; z++) {
            *z = *z == '-' ? '_' : *z >= 'a' && *z <= 'z' ? (char)(*z - 'a' + 'A') : *z;
        }
        const char *value = getenv(name);
        if (value) {
            TRY(put(arena, c, FROM_ENVIRONMENT, str_of(config_table[i].name), str_of(value), name));
        }
    }
    return OK;
}

static struct err read_file(struct arena *arena, struct config *c) {
    struct str dir = config_str(c, SET_DATA);
    FILE *f = fopen(str_z(arena, str_format(arena, "%.*s/doanket.conf", STR_ARG(dir))), "re");
    if (!f) {
        return errno == ENOENT || errno == ENOTDIR
                   ? OK
                   : err_refuse(arena, ERR_INVALID, "", "doanket.conf: không đọc được.");
    }
    char line[8192];
    struct err e = OK;
    for (int n = 1; !e.why && fgets(line, sizeof line, f); n++) {
        struct str text = str_trim(str_of(line)), name, value;
        if (text.len == 0 || text.at[0] == '#') {
            continue;
        }
        char *where = str_z(arena, str_format(arena, "doanket.conf:%d", n));
        if (!str_cut(text, S("="), &name, &value)) {
            e = err_refuse(arena, ERR_INVALID, "", "%s: mỗi dòng viết: tên = giá trị", where);
        } else if (str_eq(str_trim(name), S("data"))) {
            e = err_refuse(arena, ERR_INVALID, "", "%s: thư mục dữ liệu không đặt trong tệp này.", where);
        } else {
            e = put(arena, c, FROM_FILE, str_trim(name), str_trim(value), where);
        }
    }
    fclose(f);
    return e;
}

static struct config *here;

struct config *config_here(void) {
    return here;
}

struct err config_read(struct arena *arena, int argc, char *const *argv, struct config **config, struct str **rest,
                       size_t *n_rest) {
    struct config *c = arena_take(arena, struct config, 1);
    *config = here = c;
    TRY(read_command(arena, c, argc, argv, rest, n_rest));
    TRY(read_environment(arena, c));
    return read_file(arena, c);
}

struct err config_refresh(struct config *c, struct db_read *db) {
    struct config_value_list_rows rows;
    TRY(config_value_list(db, &rows));
    for (int i = 0; i < SET_COUNT; i++) {
        c->values[i][FROM_ADMIN].is_given = false;
    }
    for (size_t i = 0; i < rows.n; i++) {
        enum setting s;
        struct str value = rows.at[i].value;
        if (!setting_find(rows.at[i].name, &s) || !config_table[s].is_live || value.len >= sizeof c->admin[s] ||
            wrong(db_arena(db), s, value)) {
            continue;
        }
        memcpy(c->admin[s], value.at, value.len);
        c->values[s][FROM_ADMIN] = (struct value){{c->admin[s], value.len}, true};
    }
    return OK;
}

static struct str json_value(struct arena *arena, const char *name, struct str value) {
    struct buf b = buf_in(arena);
    buf_put_char(&b, '{');
    json_z(&b, name);
    buf_put_char(&b, ':');
    json_str(&b, value);
    buf_put_char(&b, '}');
    return buf_str(&b);
}

struct err config_mark(struct db_read *db, enum setting s, struct config_mark *mark) {
    struct config_value_find_row *row;
    *mark = (struct config_mark){.version = 1};
    TRY(config_value_find(db, (struct config_value_find_in){.name = str_of(config_table[s].name)}, &row));
    if (row) {
        *mark = (struct config_mark){.version = row->changed_at.ms, .post = row->changed_by, .at = row->changed_at};
    }
    return OK;
}

struct err config_change(struct config *c, struct db_write *db, enum setting s, struct str value) {
    const struct setting_row *row = &config_table[s];
    struct arena *arena = db_write_arena(db);
    if (!row->is_live || in_force(c, s) >= FROM_ENVIRONMENT) {
        return err_refuse(arena, ERR_DENIED, row->name, "Thiết lập này không đổi được ở đây.");
    }
    const char *fault = value.len ? wrong(arena, s, value) : NULL;
    if (fault || value.len >= sizeof c->admin[s]) {
        return err_refuse(arena, ERR_INVALID, row->name, "Giá trị %s.", fault ? fault : "quá dài");
    }
    struct str name = str_of(row->name);
    if (value.len) {
        TRY(config_value_put(db, (struct config_value_put_in){name, value, clock_now(), db_actor(db)->post}, NULL));
    } else {
        TRY(config_value_delete(db, (struct config_value_delete_in){name}, NULL));
    }
    TRY(audit_note(db,
                   &(struct audit){.verb = S("config.change"),
                                   .before = json_value(arena, row->name, row->is_secret ? S("") : config_str(c, s)),
                                   .after = json_value(arena, row->name, row->is_secret ? S("") : value)}));
    return event_emit(db, &(struct event){.kind = S("config.changed"), .body = S("")});
}

struct str config_help(struct arena *arena) {
    struct buf b = buf_in(arena);
    buf_put(&b, S("Thiết lập của doanket, từ yếu đến mạnh: mặc định; THƯ-MỤC-DỮ-LIỆU/doanket.conf (tên = giá trị);\n"
                  "trang quản trị (những thiết lập ghi \"đổi được khi đang chạy\"); biến môi trường; dòng lệnh.\n\n"));
    for (int i = 0; i < SET_COUNT; i++) {
        const struct setting_row *row = &config_table[i];
        buf_printf(&b, "--%s %s\n    %s\n", row->name,
                   row->type == SETTING_INT    ? "SỐ"
                   : row->type == SETTING_BOOL ? ""
                                               : "CHỮ",
                   row->words);
        if (row->type == SETTING_INT) {
            buf_printf(&b, "    Từ %lld đến %lld. ", (long long)row->lowest, (long long)row->highest);
        } else {
            buf_put(&b, S("    "));
        }
        buf_printf(&b, "Mặc định: %s.%s\n", *row->normal ? row->normal : "(trống)",
                   row->is_live ? " Đổi được khi đang chạy." : "");
    }
    return buf_str(&b);
}
