#include "tests/db.h"

#include "modules/document/document_sort.h"
#include "modules/document/document_test_office.h"

static struct err registered(struct office *o, const char *issuer, struct date issued_on, struct date due_on) {
    struct document_doc_id id;
    int64_t number;
    const struct document_typed t = {
        .subject = str_of(issuer), .issuer = str_of(issuer), .issued_on = issued_on, .due_on = due_on};
    TRY(ACT(o, &o->clerk, document_draft(w, &o->clerk, NULL, &id)));
    return ACT(o, &o->clerk, document_register(w, &o->clerk, id, &t, &number));
}

/* The issuers of a list of two a page, page after page, parted by commas. */
static struct str listed(struct office *o, const char *sort) {
    struct db_read *r;
    struct buf b = buf_in(o->arena);
    const struct document_filter f = {.box = DOCUMENT_BOX_ALL, .sort = str_of(sort)};
    struct document_place after = {0};
    bool more = true, is_too_many;
    if (db_begin_read(o->db, o->arena, &r).why) {
        return S("");
    }
    while (more) {
        struct document_rows rows;
        const struct document_list_asked asked = {&f, after, clock_today(), 2};
        if (document_list_sorted(r, &o->clerk, &asked, &rows, &more, &is_too_many).why || is_too_many || !rows.n) {
            break;
        }
        for (size_t i = 0; i < rows.n; i++) {
            buf_put(&b, b.len ? S(", ") : S(""));
            buf_put(&b, rows.at[i].issuer);
        }
        after = (struct document_place){.arrival = rows.at[rows.n - 1].arrival,
                                        .doc = rows.at[rows.n - 1].id.v,
                                        .line = rows.at[rows.n - 1].line,
                                        .due_day = S("")};
    }
    db_end_read(r);
    return buf_str(&b);
}

TEST_DB("the register comes in other orders, too, page after page by key: by date, deadline, and issuers as Vietnamese "
        "are ordered") {
    struct office o;
    clock_freeze(date_at((struct date){2026, 11, 6}, 12, 0));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(registered(&o, "Ủy ban", (struct date){2026, 11, 2}, (struct date){2026, 11, 20}));
    CHECK_OK(registered(&o, "Ban Đối ngoại", (struct date){2026, 11, 5}, (struct date){0}));
    CHECK_OK(registered(&o, "Đảng ủy", (struct date){0}, (struct date){2026, 11, 9}));
    CHECK_OK(registered(&o, "Dân vận", (struct date){2026, 11, 3}, (struct date){2026, 12, 1}));
    CHECK_OK(registered(&o, "Ấp 3", (struct date){2026, 11, 4}, (struct date){0}));
    CHECK_STR(listed(&o, ""), S("Ấp 3, Dân vận, Đảng ủy, Ban Đối ngoại, Ủy ban"));
    CHECK_STR(listed(&o, "oldest"), S("Ủy ban, Ban Đối ngoại, Đảng ủy, Dân vận, Ấp 3"));
    CHECK_STR(listed(&o, "issued"), S("Ban Đối ngoại, Ấp 3, Dân vận, Ủy ban, Đảng ủy"));
    CHECK_STR(listed(&o, "due"), S("Đảng ủy, Ủy ban, Dân vận, Ấp 3, Ban Đối ngoại"));
    CHECK_STR(listed(&o, "issuer"), S("Ấp 3, Ban Đối ngoại, Dân vận, Đảng ủy, Ủy ban"));
    CHECK_STR(listed(&o, "made up"), listed(&o, ""));
}
