/* Dịch vụ công: the Front's own eleven procedures as data, filled in by people without an account or by a clerk for
   them, followed by code and three words, with the promise's clock; behind the counter boxes, acts and letters.
   docs/service.md says what holds.
   needs: db deadline erase fields fill http index kernel org out page place port queue read receipt record
   rights search/words shell task thread   shows: service_form */
#ifndef MODULES_SERVICE_SERVICE_H
#define MODULES_SERVICE_SERVICE_H
#include "kernel/db/ids/receipt_item.h"
#include "kernel/db/ids/service_clock.h"
#include "kernel/db/ids/service_dossier.h"
#include "kernel/db/ids/service_letter.h"
#include "kernel/module.h"
#include "kernel/rights/auth.h"
#include "modules/service/service_form.h"

extern const struct module service_module;

/* ---- Sending */
struct service_new {
    const struct service_form *form;
    struct fields_state *state; /* judged, without faults */
    struct str channel;         /* online, counter, phone, home */
    struct str code;            /* of its receipt */
    const struct who *by;       /* who filled it in for the person; NULL or nobody: the person */
    struct unit_id organ;
    int64_t id; /* made before, with id_new() */
};
/* Which committee gets it: that of the commune named, else the city's. MISSING when there is no committee at all. */
struct err service_receiver(struct db_read *db, const struct service_form *f, const struct fields_state *s,
                            struct unit_id *organ);
/* The digits that its codes begin with. */
struct str service_prefix(struct arena *a, struct str unit_code);
/* CONFLICT at the question when something only one can have is gone. */
struct err service_submit(struct db_write *db, const struct service_new *n);

/* ---- Acts of the office: MISSING, DENIED by the rights; CONFLICT when the state does not allow it. note is for the
   person to read. */
struct service_act {
    int64_t id;
    const struct who *who;
    const struct modules *app; /* may be NULL */
    struct str note;
};
struct err service_receive(struct db_write *db, const struct service_act *act);
/* The next step of the definition, or done. CONFLICT when it is none of those that follow. */
struct err service_advance(struct db_write *db, const struct service_act *act, struct str to);
/* Once, everything at a time; the clocks stand still. CONFLICT when the procedure allows no more. */
struct err service_supplement(struct db_write *db, const struct service_act *act);
/* INVALID at reason, law or where when one lacks. */
struct service_refusal {
    struct str reason, law, where;
};
struct err service_refuse(struct db_write *db, const struct service_act *act, const struct service_refusal *refusal);
/* The new day: INVALID at day unless it is after today. */
struct err service_apologize(struct db_write *db, const struct service_act *act, struct date day);
/* Opens the sensitive answers to who acts for a quarter of an hour; the purpose is in the trail. */
struct err service_look(struct db_write *db, const struct service_act *act);
/* Makes a letter of the definition; said: JSON of placeholders. */
struct err service_letter(struct db_write *db, const struct service_act *act, struct str letter, struct str said);

/* ---- Acts of the person, who came by the receipt. */
struct err service_answer(struct db_write *db, int64_t id, struct str text);
struct err service_withdraw(struct db_write *db, int64_t id, struct str reason);

/* Announces what ran out, each once; *told: how many, at most 200 a time. */
struct err service_tell_late(struct db_write *db, int64_t *told);
struct err service_demo(struct db_write *db, struct arena *arena);
#endif
