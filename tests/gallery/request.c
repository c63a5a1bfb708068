/* The gallery has no request behind it. */
#include "kernel/http/http.h"
#include "kernel/module.h"
#include "kernel/shell/shell.h"
struct str request_csrf(struct request *r) {
    (void)r;
    return S("c");
}
struct str request_once(struct request *r) {
    (void)r;
    return S("o");
}
void answer_header(struct request *r, struct str n, struct str v) { (void)r, (void)n, (void)v; }
bool wants_json(struct request *r) {
    (void)r;
    return false;
}
int request_status(const struct request *r) {
    (void)r;
    return 0;
}
struct str request_came_from(struct request *r) {
    (void)r;
    return S("");
}
struct err answer_bytes(struct get *g, struct str t, struct str b) {
    (void)g, (void)t, (void)b;
    return OK;
}
struct err shell_fill(struct get *g, struct shell *s) {
    (void)g, (void)s;
    return OK;
}

#include "base/banned.h"
