/* The library as the program sees it. */
#include "kernel/module.h"
#include "modules/law/law.h"

const struct module law_module = {.name = "law", .title = "Thư viện pháp luật"};
