/* What handlers ask of a request. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "kernel/http/parts.h"
#include "kernel/db/id.h"

#include "base/banned.h"

struct str path_param(struct request *r, struct str name) {
    for (size_t i = 0; i < r->params_n; i++) {
        if (str_eq(r->params[i].name, name)) {
            return r->params[i].value;
        }
    }
    return S("");
}

struct err path_id(struct request *r, struct str name, int64_t *id) {
    if (!id_read(path_param(r, name), id)) {
        return FAIL(ERR_MISSING, "not an id");
    }
    return OK;
}

size_t request_queries(struct request *r, const struct param **queries) {
    if (!r->queries) {
        size_t room = 1;
        for (size_t i = 0; i < r->query.len && room < QUERIES_MOST; i++) {
            room += r->query.at[i] == '&';
        }
        r->queries = arena_take(r->arena, struct param, room);
        struct str rest = r->query, pair;
        while (r->queries_n < room && str_next(&rest, '&', &pair)) {
            struct str name, value;
            str_cut(pair, S("="), &name, &value);
            struct param *q = &r->queries[r->queries_n];
            if (name.len && url_decode(r->arena, name, true, &q->name) &&
                url_decode(r->arena, value, true, &q->value)) {
                r->queries_n++;
            }
        }
    }
    *queries = r->queries;
    return r->queries_n;
}

struct str query_param(struct request *r, struct str name) {
    const struct param *queries;
    size_t n = request_queries(r, &queries);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(queries[i].name, name)) {
            return queries[i].value;
        }
    }
    return S("");
}

struct str header_value(struct request *r, struct str name) {
    const char *value = NULL;
    size_t n = 0;
    if (MHD_lookup_connection_value_n(r->mhd, MHD_HEADER_KIND, name.at, name.len, &value, &n) != MHD_YES || !value) {
        return S("");
    }
    return (struct str){value, n};
}

int request_status(const struct request *r) { return r->answer.status; }

struct str request_came_from(struct request *r) {
    struct str scheme, rest = S(""), from = header_value(r, S("Referer"));
    if (!str_cut(from, S("://"), &scheme, &rest) || !str_starts(rest, r->host)) {
        return S("");
    }
    struct str path, query, address = {rest.at + r->host.len, rest.len - r->host.len};
    str_cut(address, S("?"), &path, &query);
    bool is_ours = address.len > 1 && address.len <= ADDRESS_MOST && address.at[0] == '/' && address.at[1] != '/' &&
                   address.at[1] != '\\';
    return is_ours && !str_eq(path, r->path) ? address : S("");
}

void request_carry(struct request *r, void *thing) { r->before = thing; }
void *request_carried(const struct request *r) { return r->before; }

bool wants_json(struct request *r) { return r->is_json; }

struct str request_cookie(struct request *r, struct str name) {
    struct str rest = r->cookies, pair;
    while (str_next(&rest, ';', &pair)) {
        struct str key, value;
        if (str_cut(str_trim(pair), S("="), &key, &value) && str_eq(key, name)) {
            return value;
        }
    }
    return S("");
}

static struct str socket_address(struct request *r) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(r->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char text[INET6_ADDRSTRLEN] = "";
    if (info && info->client_addr && info->client_addr->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)info->client_addr;
        inet_ntop(AF_INET, &in->sin_addr, text, sizeof text);
    } else if (info && info->client_addr && info->client_addr->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)(const void *)info->client_addr;
        inet_ntop(AF_INET6, &in->sin6_addr, text, sizeof text);
    }
    return str_copy(r->arena, str_of(text));
}

static bool is_local(struct str address) { return str_starts(address, S("127.")) || str_eq(address, S("::1")); }

/* A front on the same machine speaks for somebody else. */
bool request_is_fronted(struct request *r) {
    return is_local(socket_address(r)) &&
           (header_value(r, S("X-Forwarded-For")).len || header_value(r, S("Forwarded")).len);
}

bool request_is_loopback(struct request *r) { return is_local(socket_address(r)) && !request_is_fronted(r); }

/* Behind a front on the same machine the last address it added counts: those before it are the client's own words. */
struct str request_address(struct request *r) {
    struct str a = socket_address(r);
    if (is_local(a)) {
        struct str rest = header_value(r, S("X-Forwarded-For")), piece, last = S("");
        while (str_next(&rest, ',', &piece)) {
            last = str_trim(piece);
        }
        if (last.len && last.len < INET6_ADDRSTRLEN) {
            return last;
        }
    }
    return a;
}

void url_put(struct buf *b, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool is_plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c && strchr("-._~/", c));
        if (is_plain) {
            buf_put_char(b, (char)c);
        } else {
            buf_printf(b, "%%%02X", c);
        }
    }
}
