/* The inside of a body, for http_body.c, http_multipart.c and the fuzz target. */
#ifndef KERNEL_HTTP_BODY_H
#define KERNEL_HTTP_BODY_H
#include "kernel/http/parts.h"

enum body_kind { BODY_URLENCODED = 1, BODY_JSON, BODY_MULTIPART };
struct multipart;

struct body {
    struct arena *arena;
    enum body_kind kind;
    enum body_state state;
    bool is_ended;
    struct str dir; /* uploads go to dir/tmp */
    int64_t limit;  /* bytes */
    int64_t size;
    int64_t text_size; /* of it in memory */
    struct buf text;
    struct str too_large_at;
    LIST(struct form_part) parts;
    struct multipart *multipart;
};

struct body *body_new(struct arena *a, struct str content_type, struct str dir, int64_t limit);
bool body_text_put(struct body *b, struct buf *to, struct str s);

/* http_multipart.c */
void multipart_begin(struct body *b, struct str content_type);
void multipart_take(struct body *b, struct str bytes);
void multipart_end(struct body *b);
struct str multipart_field(const struct body *b); /* the part being received */

/* http_upload.c: a file being received. */
struct upload_sink;
struct upload_sink *upload_begin(struct arena *a, struct str dir, struct str field,
                                 struct str name);        /* NULL: cannot write */
bool upload_put(struct upload_sink *u, struct str bytes); /* false: the disk is full or broken */
struct upload *upload_end(struct upload_sink *u);         /* NULL likewise */
int upload_last_fault(void);                              /* errno of what failed */
#endif
