/* GET /law/{id}/export: the choice of formats, and each. */
#include "read/type.h"
#include "modules/law/law_add.h"
#include "modules/law/law_out.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

#include "base/arena.h"

const struct field law_out_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("format"), .label = S_INIT("Định dạng"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("on"), .label = S_INIT("Ngày"), .most = 20},
    {0},
};

static struct err choice(struct get *g, struct law_work_id id, struct date on) {
    struct law_reading r;
    struct law_export_view v = {.on = on};
    TRY(law_reading_begin(g, id, &r));
    TRY(law_head_fill(g, &r, "", &v.head));
    static const struct {
        const char *format, *name, *words;
    } formats[] = {
        {"docx", "Word (.docx)", "Để in, để soạn thảo: trình bày theo Nghị định 30/2020/NĐ-CP."},
        {"akn", "Akoma Ntoso 3.0 (.xml)",
         "Để trao đổi giữa các thư viện pháp luật: từng điều, khoản, điểm có mã và thời gian hiệu lực."},
        {"json", "JSON (.json)", "Để máy đọc: có siêu dữ liệu schema.org và ELI."},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct str day = date_iso(g->arena, on);
        LIST_ADD(g->arena, &v.formats,
                 (struct law_export_format){.name = str_of(formats[i].name),
                                            .words = str_of(formats[i].words),
                                            .link = link_local(g->arena, "/law/%lld/export?format=%s&on=%.*s",
                                                               (long long)id.v, formats[i].format, STR_ARG(day))});
    }
    return answer_law_export(g, &v);
}

struct err law_out_get(struct get *g) {
    struct law_work_id id;
    struct law_out out;
    struct str bytes, format = law_query(g, "format"), asked = law_query(g, "on");
    struct date on = clock_today();
    TRY(path_id(g->request, S("id"), &id.v));
    if (asked.len && !date_read_vi(asked, &on)) {
        return REFUSE(ERR_INVALID, "on", "Ngày không đọc được: ghi như 31/12/2026.");
    }
    if (format.len == 0) {
        return choice(g, id, on);
    }
    TRY(law_out_load(g->db, id, on, &out));
    struct str name = law_out_name(g->arena, &out), type = S("application/json");
    const char *ending = "json";
    if (str_eq(format, S("akn"))) {
        bytes = law_out_akn(g->arena, &out);
        type = S("application/akn+xml");
        ending = "xml";
    } else if (str_eq(format, S("docx"))) {
        TRY(law_out_docx(g->arena, &out, &bytes));
        type = file_type_mime(FILE_DOCX);
        ending = "docx";
    } else if (str_eq(format, S("json"))) {
        bytes = law_out_json(g->arena, &out);
    } else {
        return REFUSE(ERR_INVALID, "format", "Chỉ có các định dạng docx, akn và json.");
    }
    answer_tagged(g->request);
    return answer_download(g, type, str_format(g->arena, "%.*s.%s", STR_ARG(name), ending), bytes);
}
