/* The module. */
#include "modules/format/inside.h"

#include "base/banned.h"

const struct module format_module = {.name = "format", .title = "Thể thức", .bare_commands = format_commands};
