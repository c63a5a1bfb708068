/* What each file of kernel/http_*.c, kernel/page/form.c and kernel/http/live.c does for the others. Nobody else
 * includes this. */
#ifndef KERNEL_HTTP_PARTS_H
#define KERNEL_HTTP_PARTS_H
#include "kernel/http/inner.h"

/* http_check.c: the request line and headers, beyond what the library refuses. The words of a refusal, or NULL. */
const char *check_head(struct request *r, const char *version);
/* Percent-decoding; false on a broken escape, NUL, control characters or broken UTF-8. plus: '+' is a space. */
bool url_decode(struct arena *a, struct str s, bool plus, struct str *out);

/* http_request.c: the query, taken apart once. */
size_t request_queries(struct request *r, const struct param **queries);

/* http_route.c */
struct routes;
struct routes *routes_make(struct arena *a, const struct route_tables *m); /* NULL when one is badly written */
/* Fills r->route and r->params. */
enum found route_find(const struct routes *all, struct request *r);
/* "GET, HEAD, POST" for the path of r. */
struct str route_allowed(const struct routes *all, struct request *r);

/* http_body.c */
struct body *body_begin(struct request *r, int64_t limit);
void body_take(struct body *b, const char *at, size_t n);
enum body_state body_end(struct body *b);
struct str body_field(const struct body *b); /* the field at which it became too large; may be empty */
int64_t body_limit(const struct body *b);
const struct form_part *body_parts(const struct body *b, size_t *n);
struct form_part *body_part_add(struct body *b, struct str name); /* NULL: too many, and the body is bad */
void body_refuse(struct body *b);                                 /* too large, said before it comes */
struct str body_part(const struct body *b, const char *name);     /* first text of that name, or empty */

/* http_handle.c */
void request_head(struct request *r);           /* all headers are here: may answer already */
void request_refuse(struct request *r);         /* with r->refused_status: the address is not one of ours */
void request_whole(struct request *r);          /* the body too: must answer */
int64_t request_limit(const struct request *r); /* bytes of the body the route lets in */
void handle_post(struct request *r);            /* http_post.c */

/* http_write.c: calls next with a write transaction, now or, without holding up anybody else's request, once nobody
   writes any more; with NULL and the fault when that takes longer than five seconds or the database is away. Nothing
   may be done with r after it. */
void when_it_may_write(struct request *r, void (*next)(struct request *r, struct db_write *db, struct err e));
bool write_waits(const struct request *r);
void write_again(struct request *r); /* called out of the queue */

/* budget.c: whether r, a reading of a slow route, has to wait for a turn of its own; it is suspended then. */
bool aside_stand(struct request *r);
bool aside_waits(const struct request *r);
void aside_again(struct request *r);                /* its turn has come: must answer */
void aside_measured(struct request *r, int64_t us); /* what its reading took */

/* http_password.c: what .before asked for is hashed, and next is called; now, or when its turn came. Nothing may be
   done with r after it. */
void when_it_is_hashed(struct request *r, void (*next)(struct request *r));
bool password_waits(const struct request *r);
void password_again(struct request *r); /* its answer is here, or it waited too long */

/* http_door.c */
enum door { DOOR_OPEN, DOOR_SIGN_IN, DOOR_PASSWORD, DOOR_SHUT, DOOR_NO_POST };
struct err who_fill(struct request *r, struct db_read *db);
enum door door_of(const struct request *r);
void door_answer(struct request *r, enum door door);
bool request_may_send(struct request *r); /* whether the sender may use the route, looked up before the body is read */
bool request_is_open(const struct request *r); /* whether r->who may use r->route */
/* A reading handle and what a GET handler gets; false when the database is away. */
bool request_get(struct request *r, struct get *g);
void request_get_end(struct get *g);
const char *session_cookie(const struct request *r);
bool server_is_draining(const struct server *s);
void server_touch_later(struct server *s, struct str session);
/* What was found of a kept file is written down after the turn; what is empty when it is whole again. */
void server_file_later(struct server *s, int64_t file, struct str what);
bool has_demo(const struct request *r);

/* http_request.c */
bool request_is_fronted(struct request *r); /* passed on by a front on this machine */
void url_put(struct buf *b, struct str s);  /* percent-encoded; '/' stays */

/* http_token.c */
bool csrf_is_right(struct request *r, struct str sent);
struct str token_new(struct arena *a);
/* 22 characters that nobody can make, or guess the text of, without the session's token. */
struct str token_mac(struct arena *a, struct str token, struct str text);
struct str trace_new(struct arena *a);
struct str flash_seal(struct arena *a, struct str token, struct str text);

/* http_answer.c, http_error.c */
void answer_send(struct request *r);
void answer_begin_again(struct request *r); /* nothing is answered yet but cookies and the like */
void answer_prepare(struct request *r, int status, struct str type, struct str bytes);
void answer_refuse(struct request *r, int status, const char *words); /* plain, closes the connection */
void fault_answer(struct request *r, struct err e);                   /* the page or JSON of an error */
/* The same for a status that is no kind of error; why is for the log and may be OK. */
void status_answer(struct request *r, int status, struct str message, struct err why);
struct str answer_disposition(struct arena *a, struct str name, bool download);
bool accepts(struct str header, struct str encoding);

/* http_compress.c: gzip at a cheap level; false when it does not help. */
bool compress_gzip(struct arena *a, struct str in, struct str *out);

/* http_asset.c: answers when the path is an asset's, and says so. */
bool asset_answer(struct request *r);

/* http_budget.c: a route's time and bytes. What a GET reads is given up when it takes far longer than its time. */
void budget_begin(struct request *r);
void budget_end(struct request *r);         /* tells of a route that was slow */
bool budget_holds(const struct request *r); /* whether the answer may be sent as large as it is */

/* http_file.c */
enum range { RANGE_NONE, RANGE_PART, RANGE_WRONG };
/* The response that sends a->size bytes of a->file from a->from on; takes over a->fd. */
struct MHD_Response *file_response(struct request *r);
enum range range_read(struct str header, int64_t size, int64_t *from, int64_t *to);

/* http_draft.c */
bool draft_is_worth(struct request *r);
void draft_keep(struct request *r, struct db_write *db);
bool draft_waits(struct request *r);
struct err draft_page(struct get *g);

/* http_once.c: a form acts once. once_look says in r->acted whether its key was used, and whether for this very form;
   once_answer gives the first answer again, once_note keeps the one just made. once_ask answers, with what was typed,
   that something else was done with the key, and lets the person choose. */
struct err once_look(struct request *r, struct db_read *db);
struct err once_answer(struct request *r);
struct err once_note(struct request *r, struct db_write *db);
void once_ask(struct request *r);

/* http_kept.c: files sent with a form that was not acted on. */
struct err kept_put(struct request *r, struct db_write *db, struct str token, int64_t person);
struct err kept_take(struct request *r, struct db_read *db); /* those the form names become its parts */
struct err kept_show(struct request *r, struct db_read *db, struct str token, int64_t person);
bool kept_has_files(const struct request *r);
void kept_again(struct request *r, struct db_write *db);

/* live.c */
struct err live_page(struct get *g);
void live_begun(struct request *r);
void live_end(struct request *r);
#endif
