/* What one answer may take of everybody else: each route has a budget of time and of bytes. */
#include <string.h>

#include "base/log.h"
#include "kernel/db/db.h"
#include "kernel/http/loop.h"

#include "base/banned.h"

/* Of what the browser saves rather than draws. */
enum { BYTES_DOWNLOAD = 32 * 1000 * 1000 };

/* So many times its budget a reading may take before it is given up; under the sanitizers all is slower. */
#if defined(__SANITIZE_ADDRESS__)
enum { GIVEN_UP_AFTER = 60 };
#else
enum { GIVEN_UP_AFTER = 10 };
#endif

static int64_t budget_us(const struct route *t) {
    return (int64_t)(t->budget_ms ? t->budget_ms : BUDGET_MS_NORMAL) * 1000;
}

void budget_begin(struct request *r) {
    r->begun_us = clock_monotonic_us();
    db_deadline_set(r->server->setup.db, r->begun_us + budget_us(r->route) * GIVEN_UP_AFTER);
}

void budget_end(struct request *r) {
    int64_t us = clock_monotonic_us() - r->begun_us;
    db_deadline_set(r->server->setup.db, 0);
    aside_measured(r, us);
    if (us > budget_us(r->route)) {
        log_line(LOG_WARN, "slow: %s took %lld ms: %.*s", r->route->path, (long long)(us / 1000), STR_ARG(r->path));
        server_slow_later(r->server, r->route, us / 1000);
    }
}

static bool is_download(const struct answer *a) {
    for (size_t i = 0; i < a->headers_n; i++) {
        if (strcmp(a->headers[i].name, "Content-Disposition") == 0) {
            return true;
        }
    }
    return false;
}

bool budget_holds(const struct request *r) {
    const struct answer *a = &r->answer;
    if (!r->route || r->method != METHOD_GET || a->kept || a->fd >= 0 || a->status != MHD_HTTP_OK) {
        return true;
    }
    int64_t most = r->route->budget_bytes ? r->route->budget_bytes
                   : is_download(a)       ? BYTES_DOWNLOAD
                                          : BUDGET_BYTES_NORMAL;
    if ((int64_t)a->bytes.len <= most) {
        return true;
    }
    log_line(LOG_ERROR, "an answer of %zu bytes, over the budget of %s: %.*s", a->bytes.len, r->route->path,
             STR_ARG(r->path));
    return false;
}
