/* Roots that are trusted, from a folder. */
#include <dirent.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "base/facts.h"
#include "modules/sign/inside.h"

#include "base/banned.h"

enum { ROOTS_MOST = 500, ROOT_BYTES = 1 << 16 };

static struct str small_file(struct arena *a, const char *folder, struct str name) {
    struct str bytes;
    const char *path = str_z(a, str_format(a, "%s/%.*s", folder, STR_ARG(name)));
    return disk_read(a, path, ROOT_BYTES, &bytes) ? bytes : S("");
}

static bool is_certificate(struct str name) {
    return str_ends(name, S(".pem")) || str_ends(name, S(".crt")) || str_ends(name, S(".cer")) ||
           str_ends(name, S(".der"));
}

static int by_name(const void *a, const void *b) {
    return str_cmp(((const struct sign_root *)a)->name, ((const struct sign_root *)b)->name);
}

/* roots.tsv: file, first day, last day, source. False: a day that is none. */
static bool root_date(struct str table, struct str file, struct sign_root *r) {
    struct str cells[4];
    while (facts_next(&table, cells, 4)) {
        if (str_eq(cells[0], file)) {
            r->source = cells[3];
            return (!cells[1].len || date_read_vi(cells[1], &r->from)) &&
                   (!cells[2].len || date_read_vi(cells[2], &r->to));
        }
    }
    return true;
}

struct err sign_roots_read(struct arena *a, const char *folder, struct sign_roots *out) {
    DIR *dir = opendir(folder);
    struct dirent *entry;
    struct err e = OK;
    *out = (struct sign_roots){0};
    if (!dir) {
        return REFUSE(ERR_INVALID, "roots", "Không mở được thư mục chứng thư gốc. Mời kiểm tra lại đường dẫn.");
    }
    struct str table = small_file(a, folder, S("roots.tsv"));
    while (!e.why && (entry = readdir(dir)) && out->all.n < ROOTS_MOST) {
        struct str name = str_copy(a, str_of(entry->d_name));
        struct sign_root r = {0};
        if (!is_certificate(name)) {
            continue;
        }
        r.der = sign_der(a, small_file(a, folder, name));
        r.name = r.der.len ? sign_der_name(a, r.der) : S("");
        if (!r.der.len) {
            e = err_refuse(a, ERR_INVALID, "roots", "%.*s không phải một chứng thư.", STR_ARG(name));
        } else if (!root_date(table, name, &r)) {
            e = err_refuse(a, ERR_INVALID, "roots", "roots.tsv ghi sai ngày của %.*s.", STR_ARG(name));
        }
        LIST_ADD(a, &out->all, r);
    }
    closedir(dir);
    list_sort(out->all.at, out->all.n, sizeof *out->all.at, by_name);
    return e;
}
