/* The module. */
#include "modules/deadline/deadline.h"
#include "modules/deadline/deadline_command.h"

const struct module deadline_module = {.name = "deadline", .title = "Thời hạn", .commands = deadline_commands};
