/* Sites, their addresses, and what each must make public. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "modules/portal/portal.h"
#include "modules/portal/portal_duty.h"
#include "modules/portal/portal_queries.h"

enum { SLUG_MOST = 80 };

/* Not within a word: at the last dash of the second half, where there is one. */
static struct str slug_cut(struct str s) {
    for (size_t cut = s.len; s.len >= SLUG_MOST && cut > SLUG_MOST / 2; cut--) {
        if (s.at[cut - 1] == '-') {
            return str_slice(s, 0, cut);
        }
    }
    return s;
}

struct str portal_slug_made(struct arena *a, struct str words) {
    struct str fold = utf8_fold(a, words);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < fold.len && b.len < SLUG_MOST; i++) {
        char c = fold.at[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            buf_put_char(&b, c);
        } else if (b.len && b.at[b.len - 1] != '-') {
            buf_put_char(&b, '-');
        }
    }
    struct str s = slug_cut(buf_str(&b));
    while (s.len && s.at[s.len - 1] == '-') {
        s.len--;
    }
    return s.len ? s : S("bai");
}

/* "Xã Nguyễn Bỉnh Khiêm" of "MTTQ xã Nguyễn Bỉnh Khiêm". */
static struct str place_name(struct arena *a, struct str short_name) {
    struct str name = short_name;
    if (str_starts(name, S("MTTQ "))) {
        name = str_slice(name, 5, name.len);
    }
    return utf8_capital(a, name);
}

static const char *const kinds[] = {"Phường ", "Xã ", "Đặc khu ", "Thành phố "};
enum { KINDS = sizeof kinds / sizeof *kinds };

size_t portal_kind_of(struct str name) {
    size_t i = 0;
    while (i < KINDS && !str_starts(name, str_of(kinds[i]))) {
        i++;
    }
    return i;
}

/* "Nguyễn Bỉnh Khiêm": by which it is looked up. */
static struct str own_name(struct str name) {
    size_t kind = portal_kind_of(name);
    return kind < KINDS ? str_slice(name, str_of(kinds[kind]).len, name.len) : name;
}

static struct err slug_free(struct db_read *db, struct str made, struct str code, struct str *slug) {
    struct portal_site_by_slug_row *other;
    *slug = made;
    TRY(portal_site_by_slug(db, (struct portal_site_by_slug_in){.slug = made}, &other));
    if (other) {
        *slug = str_format(db_arena(db), "%.*s-%.*s", STR_ARG(made), STR_ARG(code));
    }
    return OK;
}

static struct err duties_make(struct db_write *db, struct portal_site_id site) {
    struct portal_duty_item item;
    for (size_t i = 0; portal_duty_at(i, &item); i++) {
        TRY(portal_duty_add(
            db,
            (struct portal_duty_add_in){.id = {id_new()}, .site = site, .item = item.code, .changed_at = clock_now()},
            NULL));
    }
    return OK;
}

/* "A" of "Ái Quốc"; đ is a letter of its own. */
static struct str letter_of(struct arena *a, struct str own) {
    size_t cut = 0;
    if (own.len) {
        utf8_next(own, &cut);
    }
    struct str first = str_slice(own, 0, cut);
    return str_eq(first, S("Đ")) ? first : utf8_capital(a, utf8_fold(a, first));
}

static struct err site_make(struct db_write *db, const struct portal_units_row *u) {
    struct arena *a = db_write_arena(db);
    struct portal_site_of_unit_row *was;
    struct str name = place_name(a, u->short_name), own = own_name(name);
    bool is_city = str_eq(u->level, S("city"));
    TRY(portal_site_of_unit(db_reading(db), (struct portal_site_of_unit_in){.unit = u->id.v}, &was));
    struct portal_site_put_in in = {
        .id = was ? was->id : (struct portal_site_id){id_new()},
        .unit = u->id.v,
        .is_city = is_city,
        .slug = was ? was->slug : S(""),
        .name = name,
        .name_fold = utf8_fold(a, name),
        .letter = letter_of(a, own),
        .sort_key = utf8_sort_key(a, own),
        .organ = u->name,
        .code = str_starts(u->code, S("MT")) && !is_city ? str_slice(u->code, 2, u->code.len) : S(""),
        .street = u->street,
        .phone = u->phone};
    if (!was) {
        TRY(slug_free(db_reading(db), is_city ? S("thanh-pho") : portal_slug_made(a, own), in.code, &in.slug));
    }
    TRY(portal_site_put(db, in, NULL));
    return was ? OK : duties_make(db, in.id);
}

struct err portal_sites_make(struct db_write *db, struct arena *arena) {
    struct portal_units_rows units;
    (void)arena;
    TRY(portal_units(db_reading(db), &units));
    for (size_t i = 0; i < units.n; i++) {
        TRY(site_make(db, &units.at[i]));
    }
    return OK;
}
