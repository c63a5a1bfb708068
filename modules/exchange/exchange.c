/* The module. */
#include "modules/exchange/inside.h"

const struct module exchange_module = {
    .name = "exchange", .title = "Liên thông văn bản", .bare_commands = exchange_commands};
