#include "kernel/record/act.h"

#include "kernel/rights/audit.h"
#include "kernel/rights/touch.h"
#include "kernel/queue/event.h"

#include "base/banned.h"

struct err act_done(struct db_write *db, const struct act *act) {
    struct str kind = act->kind, rest;
    if (kind.len == 0) {
        str_cut(act->verb, S("."), &kind, &rest);
    }
    TRY(audit_note(
        db, &(struct audit){
                .verb = act->verb, .kind = kind, .record = act->record, .before = act->before, .after = act->after}));
    TRY(search_touch(db, kind, act->record));
    return event_emit(db, &(struct event){.kind = act->verb, .record = act->record, .to = act->to, .body = act->body});
}
