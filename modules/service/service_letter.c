#include "modules/service/service_letter.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "modules/receipt/receipt.h"
#include "read/json.h"

#include "base/banned.h"

FACTS(service_facts_placeholders, "modules/service/placeholders.tsv");
FACTS(service_facts_letters, "modules/service/letters.tsv");
enum { CELLS = 3 };

static bool placeholder(struct str name, struct str *label, struct str *from) {
    struct str rest = FACTS_STR(service_facts_placeholders), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[0], name)) {
            *label = cell[1];
            *from = cell[2];
            return true;
        }
    }
    return false;
}

struct str service_placeholder_label(struct str name) {
    struct str label = name, from;
    (void)placeholder(name, &label, &from);
    return label;
}

void service_letter_words(struct str letter, struct str *opening, struct str *closing) {
    struct str rest = FACTS_STR(service_facts_letters), cell[CELLS];
    *opening = *closing = S("");
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[0], letter)) {
            *opening = cell[1];
            *closing = cell[2];
            return;
        }
    }
}

static struct str when(struct arena *a, struct instant at) {
    struct buf b = buf_in(a);
    instant_put_vi(&b, at);
    return buf_str(&b);
}

/* The parts of what was sent: the filled-in form, and each file's name. */
static struct err parts_of(struct db_read *db, const struct service_case *c, struct str *parts) {
    struct receipt_item_id item;
    struct receipt_papers papers = {0};
    struct str code;
    struct buf b = buf_in(db_arena(db));
    TRY(receipt_of_record(db, S("service"), c->row->id.v, &item, &code));
    if (item.v) {
        TRY(receipt_papers_of(db, item, &papers));
    }
    BUF_LIT(&b, "Phần khai");
    for (size_t i = 0; i < papers.all.n; i++) {
        buf_printf(&b, "; %.*s", STR_ARG(papers.all.at[i].name));
    }
    *parts = buf_str(&b);
    return OK;
}

static struct str due_of(struct arena *a, const struct service_clocks_row *clock) {
    if (!clock) {
        return S("");
    }
    struct str day = date_vi(a, clock->promised_on.year ? clock->promised_on : clock->due_on);
    return clock->due_minute < 0 ? day
                                 : str_format(a, "%02d:%02d ngày %.*s", (int)clock->due_minute / 60,
                                              (int)clock->due_minute % 60, STR_ARG(day));
}

static struct err fact_of(struct db_read *db, const struct service_case *c, struct str name, struct str *value) {
    struct arena *a = db_arena(db);
    struct service_clocks_row *clock;
    TRY(service_promise(db, c->row->id.v, &clock));
    const struct service_clock_def *def = clock ? service_clock_of(c->form, clock->clock) : NULL;
    if (str_eq(name, S("ma_ho_so")) || str_eq(name, S("ma")) || str_eq(name, S("ma_kiem_tra"))) {
        *value = c->row->code;
    } else if (str_eq(name, S("ten_thu_tuc"))) {
        *value = c->form->name;
    } else if (str_eq(name, S("nguoi_nop"))) {
        *value = c->row->applicant;
    } else if (str_starts(name, S("ngay_gio"))) {
        *value = when(a, c->row->made_at);
    } else if (str_eq(name, S("ngay"))) {
        *value = date_vi(a, clock_today());
    } else if (str_eq(name, S("ngay_hen")) || str_eq(name, S("han")) || str_eq(name, S("ngay_hen_cu"))) {
        *value = due_of(a, clock);
    } else if (str_eq(name, S("can_cu_thoi_han"))) {
        *value = def ? str_format(a, "%.*s: %.*s", STR_ARG(def->name),
                                  STR_ARG(def->law.len ? def->law : S("quy định của Mặt trận")))
                     : S("");
    } else if (str_eq(name, S("noi_tra_cuu"))) {
        *value = S("Mục Tra cứu trên trang này, bằng mã hồ sơ và ba chữ bí mật");
    } else if (str_eq(name, S("thanh_phan"))) {
        TRY(parts_of(db, c, value));
    }
    return OK;
}

static struct str answers_of(struct arena *a, const struct fields_state *s, struct str names) {
    struct buf b = buf_in(a);
    struct str name;
    while (str_next(&names, ',', &name)) {
        const struct fields_answer *x = fields_answer_named(s, name);
        struct str shown = x && x->is_shown && x->text.len ? fields_shown(a, x) : S("");
        if (shown.len) {
            buf_put(&b, b.len ? S(". ") : S(""));
            buf_put(&b, shown);
        }
    }
    return buf_str(&b);
}

struct err service_letter_facts(struct db_read *db, const struct service_case *c, const struct service_letter_def *def,
                                struct str said, struct service_facts *facts) {
    struct arena *a = db_arena(db);
    struct fields_state *s;
    TRY(service_case_state(db, c, false, &s));
    for (size_t i = 0; i < def->placeholders.n; i++) {
        struct service_fact f = {.name = def->placeholders.at[i], .label = def->placeholders.at[i]};
        struct str from = S("typed"), head, names;
        (void)placeholder(f.name, &f.label, &from);
        f.is_typed = str_eq(from, S("typed")) || str_eq(from, S("words"));
        f.value = json_read_text(a, said, str_z(a, f.name));
        if (str_eq(from, S("qr"))) {
            continue;
        }
        if (!f.value.len && str_cut(from, S(":"), &head, &names)) {
            f.value = answers_of(a, s, names);
        } else if (!f.value.len) {
            TRY(fact_of(db, c, f.name, &f.value));
        }
        LIST_ADD(a, &facts->all, f);
    }
    return OK;
}

/* What was issued is kept as it was said, whatever becomes of the dossier. */
struct err service_letter_add_for(struct db_write *db, const struct service_case *c, const struct who *who,
                                  struct str letter, struct str said, struct service_letter_id *id) {
    const struct service_letter_def *def = service_letter_of(c->form, letter);
    struct service_facts facts = {0};
    struct buf b = buf_in(db_write_arena(db));
    struct service_letter_id made = {id_new()};
    if (!def) {
        return OK;
    }
    TRY(service_letter_facts(db_reading(db), c, def, said, &facts));
    BUF_LIT(&b, "{");
    for (size_t i = 0; i < facts.all.n; i++) {
        buf_put(&b, i ? S(",") : S(""));
        json_str(&b, facts.all.at[i].name);
        BUF_LIT(&b, ":");
        json_str(&b, facts.all.at[i].value);
    }
    BUF_LIT(&b, "}");
    if (id) {
        *id = made;
    }
    return service_letter_add(db,
                              (struct service_letter_add_in){.id = made,
                                                             .dossier = c->row->id,
                                                             .letter = letter,
                                                             .said = buf_str(&b),
                                                             .by_name = who ? who->name : S(""),
                                                             .by_post_name = who ? who->post_name : S(""),
                                                             .made_at = clock_now()},
                              NULL);
}
