/* The module. */
#include "modules/petition/petition.h"
#include "modules/petition/command.h"

#include "base/banned.h"

const struct module petition_module = {.name = "petition", .title = "Đơn thư", .bare_commands = petition_commands};
