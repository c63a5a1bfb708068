/* GET /api/openapi.json: what a program may ask, from the same tables that serve people: routes, their fields, and the
 * views. */
#include <string.h>

#include "base/arena.h"
#include "kernel/page/form.h"
#include "kernel/module.h"
#include "kernel/shell/page.h"

#include "base/banned.h"

static const char *view_of(const char *path) {
    for (const struct route_view *v = route_views; v->path; v++) {
        if (!strcmp(v->path, path)) {
            return v->view;
        }
    }
    return NULL;
}

static const char *field_schema(enum field_kind kind) {
    switch (kind) {
    case FIELD_INT:
    case FIELD_VERSION: return "{\"type\":\"integer\"}";
    case FIELD_DATE: return "{\"type\":\"string\",\"format\":\"date\"}";
    case FIELD_FLAG: return "{\"type\":\"boolean\"}";
    case FIELD_ID: return "{\"type\":\"string\",\"pattern\":\"^[0-9]+$\"}";
    case FIELD_IDS: return "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"pattern\":\"^[0-9]+$\"}}";
    case FIELD_FILE: return "{\"type\":\"string\",\"format\":\"binary\"}";
    case FIELD_PAIRS: return "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}";
    case FIELD_SECRET: return "{\"type\":\"string\",\"format\":\"password\"}";
    case FIELD_CHOICE:
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_END: break;
    }
    return "{\"type\":\"string\"}";
}

static void choice_schema(struct buf *b, const struct choice *choices) {
    BUF_LIT(b, "{\"type\":\"string\",\"enum\":[");
    for (const struct choice *c = choices; c && c->value.len; c++) {
        buf_put(b, c == choices ? S("") : S(","));
        json_str(b, c->value);
    }
    BUF_LIT(b, "]}");
}

static void schema_put(struct buf *b, const struct field *f) {
    if (f->kind == FIELD_CHOICE) {
        choice_schema(b, f->choices);
    } else {
        buf_put(b, str_of(field_schema(f->kind)));
    }
}

/* The {names} of a path. Returns whether there was one. */
static bool path_parameters(struct buf *b, const char *path) {
    bool is_any = false;
    for (const char *at = path; (at = strchr(at, '{')); at++) {
        const char *end = strchr(at, '}');
        buf_printf(b, "%s{\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"},\"name\":\"%.*s\"}",
                   is_any ? "," : "", (int)(end - at - 1), at + 1);
        is_any = true;
    }
    return is_any;
}

static void parameters_put(struct buf *b, const struct route *r) {
    BUF_LIT(b, "\"parameters\":[");
    bool is_any = path_parameters(b, r->path);
    for (const struct field *f = r->fields; r->method == METHOD_GET && f && f->kind; f++) {
        buf_printf(b, "%s{\"in\":\"query\",\"name\":", is_any ? "," : "");
        json_str(b, f->name);
        BUF_LIT(b, ",\"description\":");
        json_str(b, f->label);
        BUF_LIT(b, ",\"schema\":");
        schema_put(b, f);
        buf_put_char(b, '}');
        is_any = true;
    }
    BUF_LIT(b, "],");
}

static bool takes_files(const struct route *r) {
    for (const struct field *f = r->fields; f && f->kind; f++) {
        if (f->kind == FIELD_FILE) {
            return true;
        }
    }
    return false;
}

static void body_put(struct buf *b, const struct route *r) {
    buf_printf(b, "\"requestBody\":{\"content\":{\"%s\":{\"schema\":{\"type\":\"object\",\"properties\":{",
               takes_files(r) ? "multipart/form-data" : "application/x-www-form-urlencoded");
    for (const struct field *f = r->fields; f->kind; f++) {
        buf_put(b, f == r->fields ? S("") : S(","));
        json_str(b, f->name);
        buf_put_char(b, ':');
        schema_put(b, f);
    }
    BUF_LIT(b, "},\"required\":[");
    const char *comma = "";
    for (const struct field *f = r->fields; f->kind; f++) {
        if (f->is_required) {
            buf_printf(b, "%s", comma);
            json_str(b, f->name);
            comma = ",";
        }
    }
    BUF_LIT(b, "]}}}},");
}

static void answers_put(struct buf *b, const struct route *r) {
    const char *view = r->method == METHOD_GET ? view_of(r->path) : NULL;
    BUF_LIT(b, "\"responses\":{");
    if (r->method != METHOD_GET) {
        BUF_LIT(b, "\"303\":{\"description\":\"done\",\"content\":{\"application/"
                   "json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"location\":{\"type\":\"string\"}}}}}}");
    } else if (view) {
        buf_printf(b,
                   "\"200\":{\"description\":\"OK\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/"
                   "components/schemas/%s\"}}}}",
                   view);
    } else {
        BUF_LIT(b, "\"200\":{\"description\":\"OK\"}");
    }
    BUF_LIT(b, ",\"default\":{\"description\":\"refused\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/"
               "components/schemas/error\"}}}}}");
}

static void route_put(struct buf *b, const struct route *r) {
    static const char *const methods[] = {[METHOD_GET] = "get", [METHOD_POST] = "post", [METHOD_DELETE] = "delete"};
    buf_printf(b, "\"%s\":{\"summary\":", methods[r->method]);
    json_str(b, r->name);
    buf_put_char(b, ',');
    parameters_put(b, r);
    if (r->method == METHOD_POST && r->fields) {
        body_put(b, r);
    }
    answers_put(b, r);
    buf_put_char(b, '}');
}

/* All methods of one path stand together: written at the first route that has it. */
static bool path_is_first(const struct modules *m, size_t module, const struct route *route) {
    for (size_t i = 0; i <= module; i++) {
        for (const struct route *r = m->at[i]->routes; r && r->path; r++) {
            if (r == route) {
                return true;
            }
            if (!strcmp(r->path, route->path)) {
                return false;
            }
        }
    }
    return true;
}

static void path_put(struct buf *b, const struct modules *m, const char *path) {
    json_z(b, path);
    const char *mark = ":{";
    for (size_t i = 0; i < m->n; i++) {
        for (const struct route *r = m->at[i]->routes; r && r->path; r++) {
            if (!strcmp(r->path, path)) {
                buf_printf(b, "%s", mark);
                route_put(b, r);
                mark = ",";
            }
        }
    }
    buf_put_char(b, '}');
}

struct str openapi_json(struct arena *a, const struct modules *m) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Đoàn Kết\",\"version\":\"1\"},\"paths\":{");
    const char *comma = "";
    for (size_t i = 0; i < m->n; i++) {
        for (const struct route *r = m->at[i]->routes; r && r->path; r++) {
            if (path_is_first(m, i, r)) {
                buf_printf(&b, "%s", comma);
                path_put(&b, m, r->path);
                comma = ",";
            }
        }
    }
    BUF_LIT(&b,
            "},\"components\":{\"securitySchemes\":{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":"
            "\"session\"}},\"schemas\":{\"error\":{\"type\":\"object\",\"properties\":{\"error\":{\"type\":\"object\","
            "\"properties\":{\"kind\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"},\"fields\":{\"type\":"
            "\"object\"}}}}}");
    for (const struct json_schema *s = json_schemas; s->name; s++) {
        buf_printf(&b, ",\"%s\":%s", s->name, s->schema);
    }
    BUF_LIT(&b, "}}}\n");
    return buf_str(&b);
}

struct err api_openapi(struct get *g) {
    return answer_bytes(g, S("application/json; charset=utf-8"), openapi_json(g->arena, g->app));
}
