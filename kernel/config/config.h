/* Settings: one const table (kernel/config/table.c) is the settings file, the environment, the command line,
   `doanket help config` and the admin page. What is not in the table is refused.
   From weakest to strongest: default, DIR/doanket.conf, the admin page (live settings only), environment, command line.
   needs: db kernel page read rights queue   shows: command_read */
#ifndef KERNEL_CONFIG_CONFIG_H
#define KERNEL_CONFIG_CONFIG_H
#include "kernel/db/db.h"

enum setting {
    SET_DATA, /* folder */
    SET_DB,   /* empty: DIR/doanket.db */
    SET_ADDRESS,
    SET_PORT,
    SET_WEB_WORKERS, /* 0: one per core */
    SET_JOB_WORKERS,
    SET_NODE,
    SET_LOG, /* debug info warn error */
    SET_UPLOAD_MB,
    SET_DAY_FILES, /* one person's */
    SET_DAY_MB,
    SET_SESSION_HOURS,
    SET_SWEEP_DAYS,
    SET_ASSISTANT_URL, /* empty: no other server is ever asked */
    SET_ASSISTANT_MODEL,
    SET_ASSISTANT_KEY,
    SET_COUNT
};

enum setting_type { SETTING_INT, SETTING_TEXT, SETTING_BOOL };

struct setting_row {
    const char *name; /* "upload-mb": --upload-mb, DOANKET_UPLOAD_MB, "upload-mb = 300" */
    enum setting_type type;
    const char *normal; /* default, as text */
    int64_t lowest;     /* of a number, or of a text's length in bytes */
    int64_t highest;
    const char *words; /* Vietnamese */
    bool is_live;      /* may be changed on the admin page, and counts from the next request on */
    bool is_secret;    /* never shown */
};
extern const struct setting_row config_table[SET_COUNT];

struct config;

/* Reads file, environment and command line. INVALID with a Vietnamese message that names place and setting
   for an unknown one, a bad value or a value out of bounds. Words that are no settings are left in *rest, in order. */
struct err config_read(struct arena *arena, int argc, char *const *argv, struct config **config, struct str **rest,
                       size_t *n_rest);
/* The settings of this process: those last read by config_read; NULL before. */
struct config *config_here(void);
/* Takes in the admin page's values; call at start and after the event "config.changed". */
struct err config_refresh(struct config *config, struct db_read *db);

int64_t config_int(const struct config *config, enum setting s);
struct str config_str(const struct config *config, enum setting s);
bool config_bool(const struct config *config, enum setting s);
/* SET_DB, or the file in SET_DATA when that is empty. */
struct str config_where(const struct config *config, struct arena *arena);
/* Where the value in force comes from, in Vietnamese: "mặc định", "tệp cấu hình", … */
const char *config_source(const struct config *config, enum setting s);

/* The state of a setting on the admin page: by which post and when it was changed, and what that state is called. */
struct config_mark {
    int64_t version, post;
    struct instant at;
};
struct err config_mark(struct db_read *db, enum setting s, struct config_mark *mark);
/* From the admin page: checks, writes, audits, and emits config.changed. Empty value: back to the default.
   INVALID at the field named like the setting; DENIED when it is not live or fixed by environment or command line. */
struct err config_change(struct config *config, struct db_write *db, enum setting s, struct str value);
/* The text of `doanket help config`. */
struct str config_help(struct arena *arena);
#endif
