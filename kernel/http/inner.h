/* What the files of kernel/http_*.c share: the server, a connection, a request on its way. Nobody else includes this.
 */
#ifndef KERNEL_HTTP_INNER_H
#define KERNEL_HTTP_INNER_H
#include <microhttpd.h>

#include "base/buf.h"
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "kernel/http/server.h"

enum { PARAMS_MOST = 6, HEADERS_MOST = 64, ANSWER_HEADERS_MOST = 16, BODY_LIMIT_NORMAL = 256 * 1024 };
enum { BUDGET_MS_NORMAL = 300, BUDGET_BYTES_NORMAL = 300 * 1000 };
enum { ADDRESS_MOST = 8 * 1024, QUERIES_MOST = 100 }; /* bytes of an address; pairs behind its "?" */

enum found { FOUND, FOUND_NOTHING, FOUND_OTHER_METHOD };

enum phase {
    PHASE_IDLE,    /* between requests: nothing of the next one has been understood yet */
    PHASE_HEADERS, /* the request line is here */
    PHASE_BODY,
    PHASE_REFUSED, /* told within its body; what still comes is not looked at */
    PHASE_ANSWER,
    PHASE_LIVE, /* an open event stream */
};

/* One socket. */
struct connection {
    struct connection *next, *before;
    int fd;
    enum phase phase;
    int64_t since_us; /* of the phase */
    int64_t received; /* bytes of the body */
    int64_t most;     /* of them, before the connection is cut */
    bool is_known;    /* the body is of somebody signed in, and may take its time */
    bool is_cut;      /* shut down by us, waiting for the library to notice */
};

struct http_once_find_row; /* made by mksql from kernel/http/http.sql */

struct param {
    struct str name;
    struct str value;
};

/* What was sent after the headers. Text is held in memory, files go to disk. */
struct body;
enum body_state { BODY_GOOD, BODY_TOO_LARGE, BODY_BAD, BODY_BROKEN /* the disk */ };

struct answer {
    bool is_set;
    int status;
    struct str type;
    struct str bytes;
    struct MHD_Response *kept; /* a prepared response, shared between requests */
    bool is_live;              /* kept is this request's own event stream */
    int fd;                    /* of a file to send, else -1; closed when sent */
    const struct file *file;
    int64_t from, size; /* of the file */
    bool is_private;    /* made for this person: not for any cache */
    bool is_tagged;     /* bears an ETag */
    struct str location;
    struct str flash;
    struct str session; /* the new session's token */
    bool session_set;
    size_t headers_n;
    struct answer_header_line {
        const char *name, *value;
    } headers[ANSWER_HEADERS_MOST];
};

struct request {
    struct arena *arena;
    struct server *server;
    struct str server_dir;
    struct MHD_Connection *mhd;
    struct connection *connection;
    struct request *next_free;
    bool is_begun;
    struct str target;     /* as sent: "/document?x=1" */
    const char *target_at; /* where the library holds it */
    struct str path;       /* decoded */
    struct str query;      /* as sent */
    struct str method_name;
    enum method method;
    bool is_head;
    bool is_answered;     /* handed to the library */
    bool keeps_writing;   /* what the handler wrote is committed though it refused the form */
    bool is_form_strange; /* fields that are not declared: not a form of ours */
    bool is_drawing_error;
    bool has_secrets; /* tokens are in the answer: it is like no other */
    enum found found;
    void *before;       /* what the route's slow checks found */
    int refused_status; /* in place of the fault's own; 0 */
    int64_t begun_us;
    bool is_json;
    bool is_stream; /* asked by a page that listens for events */
    bool is_secure; /* came by https, as the configuration or a trusted front says */
    bool is_chunked;
    struct str host;
    struct str cookies, accept, accept_encoding, accept_language, if_none_match;
    struct str token;       /* of the session cookie */
    int64_t content_length; /* -1: not said */
    struct str content_type;
    const struct route *route;
    size_t params_n;
    struct param params[PARAMS_MOST];
    size_t queries_n;
    struct param *queries; /* NULL until first asked for */
    struct body *body;
    struct who who;
    const struct lang *lang;
    struct form *form;
    struct str once;
    struct {
        const struct http_once_find_row *row; /* what the form's key was used for already; NULL: nothing */
        bool is_other;                        /* not for this: another path or other content */
    } acted;
    struct str csrf; /* as this answer's forms carry it; empty until first asked for */
    struct answer answer;
    struct live_stream *stream;
    struct {
        /* What goes on with the transaction once it is this request's turn; NULL when it waits for none. */
        void (*next)(struct request *r, struct db_write *db, struct err e);
        struct request *behind;
        int64_t since_us;
        bool is_called; /* out of the queue, to try again */
    } write;
    struct {
        const struct password_work *work; /* NULL: none is wanted, or it was told to nobody yet */
        const struct password_done *done;
        void (*next)(struct request *r);
        struct request *behind;
        uint64_t ticket;
        int64_t since_us;
        bool is_waiting;
    } password;
    struct {
        struct request *behind;
        bool is_waiting;
        bool is_called; /* its turn has come */
    } aside;
    struct {
        int status;
        struct err why;
    } again; /* of a form to be drawn again */
};
#endif
