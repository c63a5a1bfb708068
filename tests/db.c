#include "tests/db.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

static char cluster[512]; /* the address of the postgres database; empty until started */
static bool cluster_failed, has_template, template_failed;
static int databases;

/* Several test programs may share a server. */
static const char *template_name(void) {
    static char name[32];
    snprintf(name, sizeof name, "made_%d", (int)getpid());
    return name;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *f) {
    (void)st, (void)type, (void)f;
    return remove(path);
}

static void remove_dir(void *path) { nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS); }

struct str test_dir(struct arena *arena) {
    char *path = str_z(arena, S("/tmp/doanket-test-XXXXXX"));
    if (!mkdtemp(path)) {
        perror(path);
        abort();
    }
    arena_on_reset(arena, remove_dir, path);
    return str_of(path);
}

/* The server of DOANKET_TEST_PG, or one of our own, which stops once this process is gone. */
static void cluster_start(void) {
    char dir[] = "/tmp/doanket-pg-XXXXXX", pid[24];
    int out[2];
    const char *given = getenv("DOANKET_TEST_PG");
    if (given && *given) {
        snprintf(cluster, sizeof cluster, "%s", given);
        return;
    }
    cluster_failed = true;
    if (!mkdtemp(dir) || pipe(out) != 0) {
        return;
    }
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    pid_t child = fork();
    if (child == 0) {
        dup2(out[1], STDOUT_FILENO);
        close(out[0]);
        close(out[1]);
        execl("tests/pg-start.sh", "pg-start.sh", "start", dir, pid, (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    size_t used = 0;
    for (ssize_t n; used < sizeof cluster - 1 && (n = read(out[0], cluster + used, sizeof cluster - 1 - used)) > 0;) {
        used += (size_t)n;
        if (cluster[used - 1] == '\n') {
            break;
        }
    }
    close(out[0]);
    int status = 0;
    waitpid(child, &status, 0);
    cluster[used ? used - 1 : 0] = 0;
    cluster_failed = status != 0 || used == 0;
}

static bool cluster_run(const char *sql) {
    PGconn *c = PQconnectdb(cluster);
    PGresult *r = PQexec(c, sql);
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!ok) {
        fprintf(stderr, "%s: %s", sql, PQerrorMessage(c));
    }
    PQclear(r);
    PQfinish(c);
    return ok;
}

static struct str address_of(struct arena *arena, const char *name) {
    const char *rest = strchr(cluster, '?');
    const char *host = strstr(cluster, "//"), *slash = host ? strchr(host + 2, '/') : NULL;
    size_t front = slash ? (size_t)(slash - cluster) : strlen(cluster);
    return str_format(arena, "%.*s/%s%s", (int)front, cluster, name, rest ? rest : "");
}

static bool make_tables(struct arena *arena, struct str where) {
    struct db *db = NULL;
    struct err e = db_open(arena, where, &db);
    if (!e.why) {
        e = db_upgrade(db, arena);
    }
    db_close(db);
    if (e.why) {
        test_failed_str(__FILE__, __LINE__, "the tables are made", e.why->detail, S(""));
    }
    return !e.why;
}

static struct str postgres_where(struct arena *arena, bool is_made) {
    if (!cluster[0] && !cluster_failed) {
        cluster_start();
    }
    if (cluster_failed) {
        return S("");
    }
    if (is_made && !has_template && !template_failed) {
        has_template = cluster_run(str_z(arena, str_format(arena, "CREATE DATABASE %s", template_name()))) &&
                       make_tables(arena, address_of(arena, template_name()));
        template_failed = !has_template;
    }
    if (is_made && !has_template) {
        return S("");
    }
    char *name = str_z(arena, str_format(arena, "t%d_%d", (int)getpid(), ++databases));
    char *sql = str_z(
        arena, str_format(arena, "CREATE DATABASE %s TEMPLATE %s", name, is_made ? template_name() : "template0"));
    return cluster_run(sql) ? address_of(arena, name) : S("");
}

struct str test_where(struct arena *arena, bool is_postgres, bool is_made) {
    if (is_postgres) {
        return postgres_where(arena, is_made);
    }
    struct str dir = test_dir(arena);
    struct str where = str_format(arena, "%.*s/test.db", STR_ARG(dir));
    return !is_made || make_tables(arena, where) ? where : S("");
}

struct db *test_db(struct arena *arena, bool is_postgres) {
    struct str where = test_where(arena, is_postgres, true);
    struct db *db = NULL;
    if (!where.len) {
        test_skip(is_postgres ? "no PostgreSQL here" : "the tables cannot be made");
        return NULL;
    }
    struct err e = db_open(arena, where, &db);
    if (e.why) {
        test_failed_str(__FILE__, __LINE__, "the database opens", e.why->detail, S(""));
        return NULL;
    }
    db_dir_set(db, test_dir(arena));
    return db;
}
