/* The library as the program sees it. */
#include "kernel/module.h"
#include "modules/law/law.h"
#include "modules/law/law_import.h"
#include "modules/law/law_search.h"

const struct module law_module = {
    .name = "law", .title = "Thư viện pháp luật", .commands = law_commands, .sources = law_sources};
