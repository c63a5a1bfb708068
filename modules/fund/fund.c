/* The module. */
#include "modules/fund/fund.h"

#include "modules/fund/command.h"

const struct module fund_module = {.name = "fund", .title = "Quỹ", .bare_commands = fund_commands};
