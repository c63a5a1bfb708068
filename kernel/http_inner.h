/* What the files of kernel/http_*.c share: the server, a connection, a request on its way. Nobody else includes this. */
#ifndef KERNEL_HTTP_INNER_H
#define KERNEL_HTTP_INNER_H
#include <microhttpd.h>

#include "base/buf.h"
#include "kernel/form.h"
#include "kernel/http.h"
#include "kernel/http_server.h"
#include "kernel/module.h"

enum { PARAMS_MOST = 6, HEADERS_MOST = 64, ANSWER_HEADERS_MOST = 16, BODY_LIMIT_NORMAL = 256 * 1024 };

enum found { FOUND, FOUND_NOTHING, FOUND_OTHER_METHOD };

enum phase {
    PHASE_IDLE,     /* between requests: nothing of the next one has been understood yet */
    PHASE_HEADERS,  /* the request line is here */
    PHASE_BODY,
    PHASE_ANSWER,
    PHASE_LIVE,     /* an open event stream */
};

/* One socket. */
struct connection {
    struct connection *next, *before;
    int fd;
    enum phase phase;
    int64_t since_us;      /* of the phase */
    int64_t received;      /* bytes of the body */
    bool is_cut;           /* shut down by us, waiting for the library to notice */
};

struct param {
    struct str name;
    struct str value;
};

/* One part of a sent form, before anyone looked at what it means. */
struct part {
    struct str name;
    struct str value;
    struct upload *upload; /* NULL: text */
};

/* What was sent after the headers. Text is held in memory, files go to disk. */
struct body;
enum body_state { BODY_GOOD, BODY_TOO_LARGE, BODY_BAD, BODY_BROKEN /* the disk */ };

struct answer {
    bool is_set;
    int status;
    struct str type;
    struct str bytes;
    struct MHD_Response *kept;   /* a prepared response, shared between requests */
    bool is_live;                /* kept is this request's own event stream */
    int fd;                      /* of a file to send, else -1; closed when sent */
    int64_t from, size, whole;   /* of the file */
    bool is_private;             /* made for this person: not for any cache */
    struct str location;
    struct str flash;
    struct str session;          /* the new session's token */
    bool session_set;
    size_t headers_n;
    struct { const char *name, *value; } headers[ANSWER_HEADERS_MOST];
};

struct request {
    struct arena *arena;
    struct server *server;
    struct str server_dir;
    struct MHD_Connection *mhd;
    struct connection *connection;
    struct request *next_free;
    bool is_begun;
    struct str target;           /* as sent: "/document?x=1" */
    const char *target_at;       /* where the library holds it */
    struct str path;             /* decoded */
    struct str query;            /* as sent */
    struct str method_name;
    enum method method;
    bool is_head;
    bool is_answered;            /* handed to the library */
    bool keeps_writing;          /* what the handler wrote is committed though it refused the form */
    bool is_form_strange;        /* fields that are not declared: not a form of ours */
    bool is_drawing_error;
    bool has_secrets;            /* tokens are in the answer: it is like no other */
    enum found found;
    void *before;                /* what the route's slow checks found */
    bool is_json;
    bool is_fragment;
    bool is_secure;              /* came by https, as the configuration or a trusted front says */
    bool is_chunked;
    struct str host;
    struct str cookies, accept, accept_encoding, accept_language, if_none_match, htmx;
    struct str token;            /* of the session cookie */
    int64_t content_length;      /* -1: not said */
    struct str content_type;
    const struct route *route;
    size_t params_n;
    struct param params[PARAMS_MOST];
    size_t queries_n;
    struct param *queries;       /* NULL until first asked for */
    struct body *body;
    struct who who;
    const struct lang *lang;
    struct form *form;
    struct str once;
    struct answer answer;
    struct live_stream *stream;
};

/* http_check.c: the request line and headers, beyond what the library refuses. The words of a refusal, or NULL. */
const char *check_head(struct request *r, const char *version);
/* Percent-decoding; false on a broken escape, NUL, control characters or broken UTF-8. plus: '+' is a space. */
bool url_decode(struct arena *a, struct str s, bool plus, struct str *out);

/* http_request.c: the query, taken apart once. */
size_t request_queries(struct request *r, const struct param **queries);

/* http_route.c */
struct routes;
struct routes *routes_make(struct arena *a, const struct modules *m); /* NULL when one is badly written */
/* Fills r->route and r->params. */
enum found route_find(const struct routes *all, struct request *r);
/* "GET, HEAD, POST" for the path of r. */
struct str route_allowed(const struct routes *all, struct request *r);

/* http_body.c */
struct body *body_begin(struct request *r, int64_t limit);
void body_take(struct body *b, const char *at, size_t n);
enum body_state body_end(struct body *b);
struct str body_field(const struct body *b);     /* the field at which it became too large; may be empty */
int64_t body_limit(const struct body *b);
const struct part *body_parts(const struct body *b, size_t *n);
void body_refuse(struct body *b);                 /* too large, said before it comes */
struct str body_part(const struct body *b, const char *name);  /* first text of that name, or empty */
void body_add(struct body *b, struct str name, struct str value); /* a part that came another way */

/* A fault by the field's name, or of the whole form when it has none of that name. */
void form_fault_add(struct form *f, struct str name, struct str words);
bool form_has_fault(const struct form *f, struct str name);
/* form.c: reads the parts as the route declares them. INVALID for undeclared or doubled fields. */
struct err form_read(struct arena *a, const struct field *fields, const struct part *parts, size_t n, struct form **form);

/* http_handle.c */
void request_head(struct request *r);            /* all headers are here: may answer already */
void request_whole(struct request *r);           /* the body too: must answer */
bool request_may_send(struct request *r);        /* whether the sender may use the route, looked up before the body is read */
bool request_is_open(const struct request *r);   /* whether r->who may use r->route */
/* A reading handle and what a GET handler gets; false when the database is away. */
bool request_get(struct request *r, struct get *g);
void request_get_end(struct get *g);
const char *session_cookie(const struct request *r);
bool server_is_draining(const struct server *s);
void server_touch_later(struct server *s, struct str session);
bool has_demo(const struct request *r);

/* http_request.c */
bool request_is_fronted(struct request *r);      /* passed on by a front on this machine */
struct str request_cookie(struct request *r, struct str name);
void url_put(struct buf *b, struct str s);       /* percent-encoded; '/' stays */

/* http_token.c */
bool csrf_is_right(struct request *r, struct str sent);
struct str token_new(struct arena *a);
struct str trace_new(struct arena *a);
struct str flash_seal(struct arena *a, struct str token, struct str text);

/* http_answer.c, http_error.c */
void answer_send(struct request *r);
void answer_prepare(struct request *r, int status, struct str type, struct str bytes);
void answer_refuse(struct request *r, int status, const char *words);  /* plain, closes the connection */
void fault_answer(struct request *r, struct err e);                    /* the page or JSON of an error */
/* The same for a status that is no kind of error; why is for the log and may be OK. */
void status_answer(struct request *r, int status, struct str message, struct err why);
struct str answer_disposition(struct arena *a, struct str name, bool download);
bool accepts(struct str header, struct str encoding);

/* http_compress.c: gzip at a cheap level; false when it does not help. */
bool compress_gzip(struct arena *a, struct str in, struct str *out);

/* http_asset.c: answers when the path is an asset's, and says so. */
bool asset_answer(struct request *r);

/* http_file.c */
enum range { RANGE_NONE, RANGE_PART, RANGE_WRONG };
enum range range_read(struct str header, int64_t size, int64_t *from, int64_t *to);

/* http_draft.c */
void draft_keep(struct request *r);
bool draft_waits(struct request *r);
struct err draft_page(struct get *g);

/* live.c */
struct err live_page(struct get *g);
void live_begun(struct request *r);
void live_end(struct request *r);
#endif
