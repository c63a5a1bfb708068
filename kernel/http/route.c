/* Routes as a tree of path segments, made once at start. */
#include <string.h>

#include "base/log.h"
#include "base/num.h"
#include "kernel/http/parts.h"
#include "kernel/page/json.h"

#include "base/banned.h"

struct node {
    struct str literal;
    struct node *next;     /* beside it */
    struct node *children; /* literal ones */
    struct node *param;    /* any one segment */
    const struct route *by_method[METHOD_DELETE + 1];
};

struct routes {
    struct arena *arena;
    struct node root;
};

static bool is_param(struct str segment) {
    return segment.len > 2 && segment.at[0] == '{' && segment.at[segment.len - 1] == '}';
}

static struct node *node_below(struct arena *a, struct node *n, struct str segment) {
    if (is_param(segment)) {
        if (!n->param) {
            n->param = arena_take(a, struct node, 1);
        }
        return n->param;
    }
    for (struct node *c = n->children; c; c = c->next) {
        if (str_eq(c->literal, segment)) {
            return c;
        }
    }
    struct node *c = arena_take(a, struct node, 1);
    c->literal = segment;
    c->next = n->children;
    n->children = c;
    return c;
}

static bool takes_files(const struct route *t) {
    for (const struct field *k = t->fields; k && k->kind; k++) {
        if (k->kind == FIELD_FILE) {
            return true;
        }
    }
    return false;
}

/* A mistake of ours, said at start: no path, a method without its handler, nobody who may call, or files that would be
   made durable while nobody else can write. */
static bool is_well_written(const struct route *t) {
    bool has_handler = t->method == METHOD_GET ? t->get && !t->post : t->post && !t->get;
    return t->path[0] == '/' && t->method >= METHOD_GET && t->method <= METHOD_DELETE && has_handler &&
           (t->access != ACCESS_ROLES || t->roles) && (!takes_files(t) || t->before);
}

static bool route_add(struct routes *all, const struct route *t) {
    struct str rest = str_of(t->path + 1), segment;
    struct node *n = &all->root;
    size_t params = 0;
    while (str_next(&rest, '/', &segment)) {
        params += is_param(segment);
        n = node_below(all->arena, n, segment);
    }
    if (!is_well_written(t) || params > PARAMS_MOST || n->by_method[t->method]) {
        log_line(LOG_ERROR, "route %d %s is badly written, or there twice", (int)t->method, t->path);
        return false;
    }
    n->by_method[t->method] = t;
    return true;
}

struct routes *routes_make(struct arena *a, const struct route_tables *m) {
    struct routes *all = arena_take(a, struct routes, 1);
    all->arena = a;
    bool is_good = true;
    for (size_t i = 0; i < m->n; i++) {
        for (const struct route *t = m->at[i].routes; t && t->path; t++) {
            is_good = route_add(all, t) && is_good;
        }
    }
    return is_good ? all : NULL;
}

/* Literal segments win over names, but a name is tried when the literal leads nowhere. */
static const struct node *node_find(const struct node *n, struct str rest) {
    struct str segment;
    if (!str_next(&rest, '/', &segment)) {
        return n;
    }
    for (const struct node *c = n->children; c; c = c->next) {
        if (str_eq(c->literal, segment)) {
            const struct node *found = node_find(c, rest);
            if (found) {
                return found;
            }
        }
    }
    return n->param && segment.len ? node_find(n->param, rest) : NULL;
}

static bool node_is_used(const struct node *n) {
    return n && (n->by_method[METHOD_GET] || n->by_method[METHOD_POST] || n->by_method[METHOD_DELETE]);
}

static void params_take(struct request *r, const struct route *t, struct str path) {
    struct str names = str_of(t->path + 1), values = str_slice(path, 1, path.len), name, value;
    r->params_n = 0;
    while (str_next(&names, '/', &name) && str_next(&values, '/', &value)) {
        if (is_param(name)) {
            r->params[r->params_n++] = (struct param){str_slice(name, 1, name.len - 1), value};
        }
    }
    r->route = t;
}

static const struct node *node_of(const struct routes *all, struct str path) {
    if (path.len == 0 || path.at[0] != '/' || (path.len > 1 && path.at[path.len - 1] == '/')) {
        return NULL;
    }
    const struct node *n = node_find(&all->root, str_slice(path, 1, path.len));
    return node_is_used(n) ? n : NULL;
}

/* "…/x/delete" by POST is DELETE "…/x", unless it is a route of its own. */
static const struct node *node_deleted(const struct routes *all, struct str path, struct str *shorter) {
    if (!str_ends(path, S("/delete"))) {
        return NULL;
    }
    *shorter = str_slice(path, 0, path.len - S("/delete").len);
    const struct node *n = node_of(all, *shorter);
    return n && n->by_method[METHOD_DELETE] ? n : NULL;
}

enum found route_find(const struct routes *all, struct request *r) {
    const struct node *n = node_of(all, r->path);
    struct str shorter;
    if (n && r->method && n->by_method[r->method]) {
        params_take(r, n->by_method[r->method], r->path);
        return FOUND;
    }
    if (r->method == METHOD_POST) {
        const struct node *deleted = node_deleted(all, r->path, &shorter);
        if (deleted) {
            params_take(r, deleted->by_method[METHOD_DELETE], shorter);
            return FOUND;
        }
    }
    return n || node_deleted(all, r->path, &shorter) ? FOUND_OTHER_METHOD : FOUND_NOTHING;
}

struct str route_allowed(const struct routes *all, struct request *r) {
    const struct node *n = node_of(all, r->path);
    struct str shorter;
    struct buf b = buf_in(r->arena);
    BUF_LIT(&b, "OPTIONS");
    if (n && n->by_method[METHOD_GET]) {
        BUF_LIT(&b, ", GET, HEAD");
    }
    if ((n && n->by_method[METHOD_POST]) || node_deleted(all, r->path, &shorter)) {
        BUF_LIT(&b, ", POST");
    }
    if (n && n->by_method[METHOD_DELETE]) {
        BUF_LIT(&b, ", DELETE");
    }
    return buf_str(&b);
}

static const char *const kind_names[] = {"",       "line", "text", "secret", "int",   "date",   "flag",
                                         "choice", "id",   "ids",  "file",   "pairs", "version"};
_Static_assert(sizeof kind_names / sizeof *kind_names == FIELD_VERSION + 1, "each kind of field has a name");

static void put_choices(struct buf *b, const struct choice *choices) {
    BUF_LIT(b, ", \"choices\": [");
    for (const struct choice *c = choices; c->value.len; c++) {
        buf_put(b, c == choices ? S("") : S(", "));
        json_str(b, c->value);
    }
    buf_put_char(b, ']');
}

static void put_fields(struct buf *b, const struct field *fields) {
    BUF_LIT(b, ", \"fields\": [");
    for (const struct field *f = fields; f && f->kind; f++) {
        buf_put(b, f == fields ? S("") : S(", "));
        BUF_LIT(b, "{\"name\": ");
        json_str(b, f->name);
        buf_printf(b, ", \"kind\": \"%s\", \"required\": %s, \"many\": %s, \"label\": ", kind_names[f->kind],
                   f->is_required ? "true" : "false", f->is_many || f->kind == FIELD_IDS ? "true" : "false");
        json_str(b, f->label);
        if (f->kind == FIELD_CHOICE && f->choices) {
            put_choices(b, f->choices);
        }
        buf_put_char(b, '}');
    }
    buf_put_char(b, ']');
}

static void put_route(struct buf *b, const char *module, const struct route *t) {
    static const char *const methods[] = {"", "GET", "POST", "DELETE"};
    static const char *const access[] = {"nobody", "public", "signed-in", "roles"};
    static const char *const roles[] = {"clerk", "leader", "officer", "head", "admin", "auditor"};
    buf_printf(b, "{\"method\": \"%s\", \"path\": ", methods[t->method]);
    json_str(b, str_of(t->path));
    BUF_LIT(b, ", \"module\": ");
    json_str(b, str_of(module));
    buf_printf(b, ", \"access\": \"%s\", \"roles\": [", access[t->access]);
    const char *comma = "";
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (t->roles & (1ull << i)) {
            buf_printf(b, "%s\"%s\"", comma, roles[i]);
            comma = ", ";
        }
    }
    BUF_LIT(b, "], \"name\": ");
    json_str(b, t->name);
    buf_printf(b, ", \"stateless\": %s, \"body_limit\": %lld", t->is_stateless ? "true" : "false",
               (long long)(t->body_limit ? t->body_limit : BODY_LIMIT_NORMAL));
    buf_printf(b, ", \"budget_ms\": %d, \"budget_bytes\": %lld", t->budget_ms ? t->budget_ms : BUDGET_MS_NORMAL,
               (long long)(t->budget_bytes ? t->budget_bytes : BUDGET_BYTES_NORMAL));
    put_fields(b, t->fields);
    buf_put_char(b, '}');
}

struct str routes_json(struct arena *a, const struct route_tables *m) {
    struct buf b = buf_in(a);
    const char *comma = "";
    BUF_LIT(&b, "{\"routes\": [\n");
    for (size_t i = 0; i < m->n; i++) {
        for (const struct route *t = m->at[i].routes; t && t->path; t++) {
            buf_printf(&b, "%s", comma);
            put_route(&b, m->at[i].module, t);
            comma = ",\n";
        }
    }
    BUF_LIT(&b, "\n]}\n");
    return buf_str(&b);
}
