/* The library as the program sees it. */
#include "kernel/module.h"
#include "modules/law/law.h"
#include "modules/law/law_guard_file.h"
#include "modules/law/law_import.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_search.h"
#include "modules/law/law_secret.h"

static const struct nav_entry nav[] = {
    {.area = AREA_WORK, .order = 30, .title = "Thư viện pháp luật", .path = "/law", .icon = ICON("scale")},
    {.area = AREA_ADMIN, .order = 45, .title = "Nhập văn bản", .path = "/law/import", .icon = ICON("file-up")},
    {0},
};

const struct module law_module = {
    .name = "law",
    .title = "Thư viện pháp luật",
    .routes = law_routes,
    .nav = nav,
    .listeners = law_listeners,
    .sources = law_sources,
    .commands = law_commands,
    .job_kinds = law_job_kinds,
    .file_uses = law_file_uses,
    .demo = law_demo,
    .erase = law_erase,
};
