/* Requests, routes and answers. A web worker is one process, one thread, one epoll loop; a handler is plain blocking C.
   A GET handler holds only a reading handle, so a GET that writes does not compile.
   A POST runs inside one write transaction: it commits when the handler returns OK, and leaves nothing when it does
   not.
   needs: db file page read rights queue   shows: cookie fetch http_queries parts */
#ifndef KERNEL_HTTP_HTTP_H
#define KERNEL_HTTP_HTTP_H
#include "base/arena.h"
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"
#include "kernel/rights/auth.h"

struct db_read;
struct db_write;
struct form;
struct field;
struct page;
struct file;    /* kernel/file/file.h */
struct modules; /* kernel/module.h */
struct request; /* the library's side: headers, connection; private to kernel/http_*.c */

/* What a GET handler gets. Everything lives until the answer is sent. */
struct get {
    struct arena *arena;
    struct db_read *db;
    const struct who *who; /* never NULL; who->person.v is 0 for somebody not signed in */
    struct str path;
    struct form *form; /* NULL, or the query as declared; is_refused: what was typed, and its faults */
    const struct lang *lang;
    struct request *request;
    const struct modules *app; /* the const table of modules, for shell and search */
};

/* What a POST handler gets, inside its transaction. */
struct post {
    struct arena *arena;
    struct db_write *db;
    const struct who *who;
    struct str path;
    struct form *form; /* the fields as declared by the route, read and checked: see kernel/page/form.h */
    const struct lang *lang;
    struct request *request;
    const struct modules *app;
};

enum method { METHOD_GET = 1, METHOD_POST, METHOD_DELETE };

/* Who may call: zero means nobody. */
enum access {
    ACCESS_NOBODY = 0,
    ACCESS_PUBLIC,    /* anyone, signed in or not */
    ACCESS_SIGNED_IN, /* any person wearing a post in force */
    ACCESS_ROLES,     /* a post with at least one of .roles */
};

/* A page or an act. path has {name} for one segment: "/document/{id}/line/{line}". Literal segments win over names.
   DELETE is also reached by POST with the path "…/{x}/delete" so that it works without JavaScript. */
struct route {
    enum method method;
    const char *path;
    enum access access;
    uint64_t roles;
    struct err (*get)(struct get *g);
    struct err (*post)(struct post *p);
    const struct field
        *fields; /* the form's or query's declared fields, ended by an empty one; undeclared fields are refused */
    struct err (*before)(
        struct get *g); /* slow checks, before the write transaction begins; g->form as for .post. Usually NULL */
    struct err (*again)(struct get *g); /* draws the page of a refused form; NULL: the error page */
    const char *edit; /* of a form that makes a record: where that record is changed, "/person/{id}/edit". A {name} not
                         in .path is the first number in the address the form led to. NULL: nowhere, or, of a form
                         with a FIELD_VERSION, here */
    int64_t body_limit;   /* bytes; 0: 256 kB. Uploads are streamed to disk and counted against it */
    int budget_ms;        /* of one answer; 0: 300. Over it the route is told of as slow; a GET that takes
                             ten times as long is given up with 503 */
    int64_t budget_bytes; /* of one answer before it is packed; 0: 300 kB. A larger one is not sent */
    bool is_stateless;    /* POST without a session or CSRF token (sign-in brings its own) */
    struct str name;      /* what the office calls it, for help, audit and the route table */
};

/* The routes of each module. */
struct route_table {
    const char *module;
    const struct route *routes; /* ended by a NULL path; NULL: none */
};
struct route_tables {
    const struct route_table *at;
    size_t n;
};

/* Path and query. Missing: the empty str. */
struct str path_param(struct request *r, struct str name);
/* The {name} segment as an id; ERR_MISSING when it is not a number (a forged id and an unknown one look alike). */
struct err path_id(struct request *r, struct str name, int64_t *id);
struct str query_param(struct request *r, struct str name);
/* What a route's .before found, for its .post. */
void request_carry(struct request *r, void *thing);
void *request_carried(const struct request *r);
struct str header_value(struct request *r, struct str name);
struct str request_cookie(struct request *r, struct str name);
bool wants_json(struct request *r);
int request_status(const struct request *r); /* that its answer is to have; 0: nothing said yet */
/* The page of this site that led here, as its address; empty when that was none, or this very page. */
struct str request_came_from(struct request *r);
struct str request_address(struct request *r);
bool request_is_loopback(struct request *r); /* from this very machine, and not passed on by a front */
/* What every form that posts carries as hidden fields "_csrf" (binds it to the session) and "_once" (one effect).
   A script sends the first as the header X-CSRF-Token. */
struct str request_csrf(struct request *r);
struct str request_once(struct request *r);
/* The sentence flashed by the form before, once; empty when none. For the shell. */
struct str request_flash(struct request *r);

struct shell_plan;
const struct shell_plan *request_shell_plan(const struct request *r); /* of the server that was asked */

/* Answers. Exactly one per successful handler. */
struct err answer_page(struct get *g, const struct page *page,
                       const void *view); /* called by generated answer_<page>() */
struct err answer_bytes(struct get *g, struct str type, struct str bytes);
/* A kept file (kernel/file/file.h): ranges, conditional GET; never as HTML; download makes the browser save it under
   name. BROKEN, with words for the person, when the disk does not hold it as it was kept: no damaged byte is ever sent.
 */
struct err answer_file(struct get *g, const struct file *f, struct str name, bool download);
/* Bytes the browser saves under name (exports). */
struct err answer_download(struct get *g, struct str type, struct str name, struct str bytes);
void answer_header(struct request *r, struct str name, struct str value);
void answer_tagged(struct request *r); /* with an ETag: the same bytes are not sent twice */
/* 303 to a page of this site; JSON callers get {"location": …}. */
struct err see_other(struct post *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct err see_other_get(struct get *g, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A short sentence shown once on the next page ("Đã vào sổ, số đến 1.204"). */
void flash(struct post *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Sets or clears (empty value) the session cookie: kernel/auth only. */
void answer_session(struct request *r, struct str token);

/* The .before of a route that takes files, or part of it: every file of the form is looked at and made durable before
   the transaction that keeps it (kernel/file/file.h), with faults at its fields; _markup: saved web pages are let in.
 */
struct err file_before(struct get *g);
struct err file_before_markup(struct get *g);
/* For kernel/erase: what was typed into the forms of a record's own pages, and copies of a file kept with forms not
   acted on (their bytes once the transaction has committed). */
struct err draft_erase(struct db_write *db, struct str kind, int64_t record);
struct err kept_erase(struct db_write *db, struct str sha256);
#endif
