/* The only file that knows every module. Order: navigation ties, demonstration data, start. */
#include "kernel/module.h"
#include "kernel/shell.h"
#include "modules/org/org.h"

#include "base/banned.h"

static const struct module *const all[] = {
    &kernel_module,
    &shell_module,
    &org_module,
    NULL,
};

const struct modules modules = {all, sizeof all / sizeof *all - 1};
