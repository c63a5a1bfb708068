/* The module. */
#include "modules/register/register.h"
#include "modules/register/inside.h"

#include "base/banned.h"

const struct module register_module = {.name = "register", .title = "Sổ theo dõi", .bare_commands = register_commands};
