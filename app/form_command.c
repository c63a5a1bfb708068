/* `doanket form check FILE…`: are these definitions of forms right; every fault with its place. */
#include <stdio.h>

#include "app/serve.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "fields/fields.h"

#include "base/banned.h"

enum { FILE_MOST = 4 << 20 };

static bool check(struct arena *a, struct str path) {
    struct fields_form *form;
    struct fields_faults faults = {0};
    struct str json, shown = path;
    if (!disk_read(a, str_z(a, path), FILE_MOST, &json)) {
        printf("%.*s: không đọc được tệp, hoặc tệp lớn quá 4 MB.\n", STR_ARG(shown));
        return false;
    }
    struct err e = fields_load(a, json, &form, &faults);
    for (size_t i = 0; i < faults.n; i++) {
        printf("%.*s\n", STR_ARG(fields_fault_line(a, shown, &faults.at[i])));
    }
    if (e.why) {
        return false;
    }
    size_t items = 0;
    for (size_t i = 0; i < form->pages.n; i++) {
        items += form->pages.at[i].items.n;
    }
    printf("%.*s: đúng. %.*s bản %lld, %zu trang, %zu ô.\n", STR_ARG(shown), STR_ARG(form->code),
           (long long)form->version, form->pages.n, items);
    return true;
}

int form_command(struct serve *s, struct str *rest, size_t n) {
    if (n < 2 || !str_eq(rest[0], S("check"))) {
        fputs("doanket form check TỆP…\n", stderr);
        return 2;
    }
    int status = 0;
    for (size_t i = 1; i < n; i++) {
        struct arena *a = arena_new();
        status = check(a, str_copy(a, rest[i])) ? status : 1;
        arena_free(a);
    }
    (void)s;
    return status;
}
