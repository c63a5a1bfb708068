/* The module. */
#include "modules/deadline/deadline.h"

#include "kernel/erase/erase.h"
#include "modules/deadline/deadline_command.h"
#include "modules/deadline/deadline_queries.h"

/* That a document paused or extended the clock stays, since the due day follows from it; its name goes. */
static struct err deadline_forget(struct db_write *db, const struct erase *e) {
    return e->file ? OK
                   : deadline_papers_erase(
                         db, (struct deadline_papers_erase_in){.doc = S("Văn bản đã xóa"), .record = e->record}, NULL);
}

const struct module deadline_module = {
    .name = "deadline", .title = "Thời hạn", .commands = deadline_commands, .erase = deadline_forget};
