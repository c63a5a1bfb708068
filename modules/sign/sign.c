/* The module. */
#include "modules/sign/inside.h"

#include "base/banned.h"

const struct module sign_module = {.name = "sign", .title = "Chữ ký số", .bare_commands = sign_bare_commands};
