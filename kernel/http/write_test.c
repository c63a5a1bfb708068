/* A write that waits for another process's, and readings that take long, hold up nobody else on their worker. */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "kernel/http/http_queries.h"
#include "kernel/http/server.h"
#include "kernel/module.h"
#include "kernel/shell/page.h"
#include "kernel/shell/shell.h"
#include "tests/db.h"

#include "pages_gen.h"

#include "base/banned.h"

/* The child's end of a pipe on which a form says that it is about to write. */
static int about_to_write = -1;
static volatile sig_atomic_t stopped;
static void stop(int sig) { stopped = sig; }

static struct err say_so(struct get *g) {
    (void)g;
    return write(about_to_write, "w", 1) == 1 ? OK : FAIL(ERR_BROKEN, "the pipe is closed");
}
static struct err put_failure(struct post *p) {
    struct http_slow_note_in in = {
        .route = S("/x"), .times = form_number(p->form, "n"), .slow_at = {form_number(p->form, "n") * 100000000}};
    TRY(http_slow_note(p->db, in, NULL));
    return see_other(p, "/written/%lld", (long long)in.times);
}
static struct err get_failure(struct get *g) {
    struct http_slow_list_rows rows;
    TRY(http_slow_list(g->db, (struct http_slow_list_in){.after = {-1}}, &rows));
    return answer_bytes(g, S("text/plain"),
                        str_format(g->arena, "failures=%lld", rows.n ? (long long)rows.at[0].times : 0));
}

/* In the worker: how many of these two were answered. */
static int answered;
static struct err say_place(struct get *g) {
    return answer_bytes(g, S("text/plain"), str_format(g->arena, "place=%d.", ++answered));
}
static struct err get_slow(struct get *g) {
    nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
    return say_place(g);
}

static const struct field fields[] = {{.kind = FIELD_INT, .name = S_INIT("n"), .label = S_INIT("n")}, {0}};
static const struct route routes[] = {
    {.method = METHOD_GET, .path = "/failure", .access = ACCESS_PUBLIC, .get = get_failure},
    {.method = METHOD_POST,
     .path = "/failure",
     .access = ACCESS_PUBLIC,
     .fields = fields,
     .before = say_so,
     .post = put_failure},
    {.method = METHOD_GET, .path = "/slow", .access = ACCESS_PUBLIC, .get = get_slow},
    {.method = METHOD_GET, .path = "/quick", .access = ACCESS_PUBLIC, .get = say_place},
    {0}};
static const struct module counter = {.name = "counter", .routes = routes};
static const struct module *const list[] = {&counter};
static const struct modules all = {list, 1};
static const struct route_table tables[] = {{"counter", routes}};
static const struct route_tables table = {tables, 1};

struct worker {
    pid_t pid;
    int port, writing; /* readable when a form is about to write */
};

static int serve(struct str where, struct str dir, int listening) {
    struct arena *own = arena_new();
    struct db *db;
    struct server *s;
    signal(SIGTERM, stop);
    if (db_open(own, where, &db).why) {
        return 1;
    }
    db_dir_set(db, dir);
    struct server_setup setup = {.listen_fd = listening,
                                 .routes = &table,
                                 .modules = &all,
                                 .shell = shell_plan_make(own, &all),
                                 .fault_page = answer_fault,
                                 .twice_page = answer_twice_page,
                                 .db = db,
                                 .dir = dir,
                                 .public_url = S(""),
                                 .upload_most = 1000000,
                                 .stop = &stopped};
    if (server_open(own, &setup, &s).why) {
        return 2;
    }
    int result = server_run(s);
    server_close(s);
    arena_free(own);
    return result;
}

static bool worker_start(struct arena *arena, struct db *db, struct worker *w) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int ends[2], fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 16) ||
        getsockname(fd, (struct sockaddr *)&at, &n) || pipe(ends)) {
        return false;
    }
    *w = (struct worker){.port = ntohs(at.sin_port), .writing = ends[0]};
    w->pid = fork();
    if (w->pid == 0) {
        about_to_write = ends[1];
        _exit(serve(db_where(db), test_dir(arena), fd));
    }
    close(ends[1]);
    close(fd);
    return w->pid > 0;
}

static int worker_end(struct worker *w) {
    int status = -1;
    kill(w->pid, SIGTERM);
    waitpid(w->pid, &status, 0);
    close(w->writing);
    return status;
}

static int ask(const struct worker *w, const char *request) {
    struct sockaddr_in at = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)w->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && (connect(fd, (struct sockaddr *)&at, sizeof at) || write(fd, request, strlen(request)) < 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

static int post(const struct worker *w, int n) {
    char body[16], request[256];
    int len = snprintf(body, sizeof body, "n=%d", n);
    snprintf(request, sizeof request,
             "POST /failure HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
             "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
             len, body);
    return ask(w, request);
}

static int get(const struct worker *w) {
    return ask(w, "GET /failure HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
}

static int get_as(struct arena *arena, const struct worker *w, const char *path, const char *session) {
    struct str request = str_format(
        arena, "GET %s HTTP/1.1\r\nHost: a\r\nCookie: doanket=%s\r\nConnection: close\r\n\r\n", path, session);
    return ask(w, str_z(arena, request));
}

/* All of the answer. */
static struct str hear(struct arena *arena, int fd) {
    size_t most = 16384, n = 0;
    char *bytes = arena_take(arena, char, most);
    for (ssize_t got; n < most && (got = read(fd, bytes + n, most - n)) > 0;) {
        n += (size_t)got;
    }
    close(fd);
    return (struct str){bytes, n};
}

static bool says(struct str answer, struct str words) { return str_find(answer, words, 0) != SIZE_MAX; }
static bool is_answered(int fd) { return poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, 0) != 0; }
static bool is_about_to_write(const struct worker *w) {
    char byte;
    return read(w->writing, &byte, 1) == 1;
}

TEST_DB("while a form waits for another process to end its writing, the worker answers everybody else") {
    struct worker w;
    struct db_write *other;
    CHECK_OR_RETURN(worker_start(arena, db, &w));
    CHECK_OK(db_begin_write(db, arena, &other));
    int form = post(&w, 3);
    CHECK(is_about_to_write(&w));
    for (int i = 0; i < 20; i++) {
        CHECK(says(hear(arena, get(&w)), S("failures=0")));
    }
    CHECK(!is_answered(form));
    db_rollback(other);
    CHECK(says(hear(arena, form), S("/written/3")));
    CHECK(says(hear(arena, get(&w)), S("failures=3")));
    CHECK(worker_end(&w) == 0);
}

TEST_DB("forms that wait are acted on in the order in which they came") {
    struct worker w;
    struct db_write *other;
    int forms[5];
    CHECK_OR_RETURN(worker_start(arena, db, &w));
    CHECK_OK(db_begin_write(db, arena, &other));
    for (int i = 0; i < 5; i++) {
        forms[i] = post(&w, i + 1);
        CHECK(is_about_to_write(&w));
    }
    db_rollback(other);
    for (int i = 0; i < 5; i++) {
        CHECK(says(hear(arena, forms[i]), str_format(arena, "/written/%d", i + 1)));
    }
    CHECK(says(hear(arena, get(&w)), S("failures=5")));
    CHECK(worker_end(&w) == 0);
}

TEST_DB("a worker that is told to stop finishes the forms that wait") {
    struct worker w;
    struct db_write *other;
    CHECK_OR_RETURN(worker_start(arena, db, &w));
    CHECK_OK(db_begin_write(db, arena, &other));
    int form = post(&w, 8);
    CHECK(is_about_to_write(&w));
    kill(w.pid, SIGTERM);
    CHECK(!is_answered(form));
    db_rollback(other);
    CHECK(says(hear(arena, form), S("/written/8")));
    CHECK(worker_end(&w) == 0);
}

/* The place at which it was answered. */
static int place_of(struct arena *arena, int fd) {
    struct str answer = hear(arena, fd);
    size_t at = str_find(answer, S("place="), 0);
    return at == SIZE_MAX ? 0 : answer.at[at + 6] - '0';
}

/* Stopped, so that all that is asked lies before the worker when it goes on. */
static void worker_hold(const struct worker *w) {
    kill(w->pid, SIGSTOP);
    waitpid(w->pid, NULL, WUNTRACED);
}

TEST_DB("what is quick is answered between slow readings, and somebody's one slow reading before another's third") {
    struct worker w;
    int many[3], one, quick;
    CHECK_OR_RETURN(worker_start(arena, db, &w));
    CHECK(place_of(arena, get_as(arena, &w, "/slow", "many")) == 1);
    worker_hold(&w);
    for (int i = 0; i < 3; i++) {
        many[i] = get_as(arena, &w, "/slow", "many");
    }
    one = get_as(arena, &w, "/slow", "one");
    quick = get_as(arena, &w, "/quick", "third");
    kill(w.pid, SIGCONT);
    int quick_place = place_of(arena, quick), one_place = place_of(arena, one), last = 0;
    for (int i = 0; i < 3; i++) {
        int place = place_of(arena, many[i]);
        CHECK(place > 1);
        last = place > last ? place : last;
    }
    CHECK(quick_place == 2 || quick_place == 3);
    CHECK(one_place < last);
    CHECK(last == 6);
    CHECK(worker_end(&w) == 0);
}

TEST_DB("a worker that is told to stop finishes the slow readings that wait") {
    struct worker w;
    int slow[3];
    CHECK_OR_RETURN(worker_start(arena, db, &w));
    CHECK(place_of(arena, get_as(arena, &w, "/slow", "many")) == 1);
    worker_hold(&w);
    for (int i = 0; i < 3; i++) {
        slow[i] = get_as(arena, &w, "/slow", "many");
    }
    kill(w.pid, SIGCONT);
    CHECK(place_of(arena, slow[0]) > 1);
    kill(w.pid, SIGTERM);
    CHECK(place_of(arena, slow[1]) > 1);
    CHECK(place_of(arena, slow[2]) > 1);
    CHECK(worker_end(&w) == 0);
}
