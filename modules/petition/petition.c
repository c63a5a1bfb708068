/* The module, what codes are called, and the tables that read letters, kept by each process. */
#include "modules/petition/petition.h"
#include "modules/petition/command.h"
#include "modules/petition/petition_list.h"
#include "modules/place/place.h"

#include "base/arena.h"
#include "kernel/file/file.h"
#include "kernel/page/html.h"
#include "kernel/port/offer.h"
#include "kernel/port/paper.h"

#include "base/banned.h"

const struct petition_word petition_types[] = {{S_INIT("KN"), S_INIT("Khiếu nại")},
                                               {S_INIT("TC"), S_INIT("Tố cáo")},
                                               {S_INIT("KNPA"), S_INIT("Kiến nghị, phản ánh")},
                                               {S_INIT("MIX"), S_INIT("Nhiều nội dung")},
                                               {S_INIT(""), S_INIT("")}};

const struct petition_word petition_channels[] = {{S_INIT("counter"), S_INIT("Gửi tại trụ sở")},
                                                  {S_INIT("post"), S_INIT("Bưu điện")},
                                                  {S_INIT("reception"), S_INIT("Tiếp công dân")},
                                                  {S_INIT("leader"), S_INIT("Lãnh đạo chuyển")},
                                                  {S_INIT("transfer"), S_INIT("Cơ quan khác chuyển")},
                                                  {S_INIT("delegate"), S_INIT("Đại biểu chuyển")},
                                                  {S_INIT("press"), S_INIT("Báo chí chuyển")},
                                                  {S_INIT("email"), S_INIT("Thư điện tử")},
                                                  {S_INIT("portal"), S_INIT("Cổng thông tin")},
                                                  {S_INIT("app"), S_INIT("Ứng dụng")},
                                                  {S_INIT("phone"), S_INIT("Điện thoại")},
                                                  {S_INIT("zalo"), S_INIT("Zalo")},
                                                  {S_INIT("other"), S_INIT("Khác")},
                                                  {S_INIT(""), S_INIT("")}};

const struct petition_word petition_topics[] = {{S_INIT("hc.dat_nha"), S_INIT("Đất đai, nhà ở")},
                                                {S_INIT("hc.chinh_sach"), S_INIT("Chính sách, chế độ")},
                                                {S_INIT("hc.cong_vu"), S_INIT("Công vụ, cán bộ")},
                                                {S_INIT("hc.khac"), S_INIT("Hành chính khác")},
                                                {S_INIT("tu_phap"), S_INIT("Tư pháp")},
                                                {S_INIT("dang_doan_the"), S_INIT("Đảng, đoàn thể")},
                                                {S_INIT("tham_nhung"), S_INIT("Tham nhũng")},
                                                {S_INIT("khac"), S_INIT("Khác")},
                                                {S_INIT(""), S_INIT("")}};

const struct petition_word petition_states[] = {{S_INIT("received"), S_INIT("Chờ xử lý")},
                                                {S_INIT("accepted"), S_INIT("Đang giải quyết")},
                                                {S_INIT("transferred"), S_INIT("Đã chuyển, chờ phúc đáp")},
                                                {S_INIT("replied"), S_INIT("Có kết quả, chờ trả lời")},
                                                {S_INIT("answered"), S_INIT("Đã trả lời, chờ ý kiến")},
                                                {S_INIT("guided"), S_INIT("Đã hướng dẫn")},
                                                {S_INIT("returned"), S_INIT("Đã trả lại đơn")},
                                                {S_INIT("filed"), S_INIT("Lưu đơn")},
                                                {S_INIT("refused"), S_INIT("Không thụ lý")},
                                                {S_INIT("closed"), S_INIT("Đã kết thúc")},
                                                {S_INIT(""), S_INIT("")}};

const struct petition_word petition_authorities[] = {{S_INIT("front"), S_INIT("Mặt trận Tổ quốc")},
                                                     {S_INIT("ubnd_xa"), S_INIT("UBND xã, phường, đặc khu")},
                                                     {S_INIT("ubnd_tp"), S_INIT("UBND thành phố")},
                                                     {S_INIT("so_nganh"), S_INIT("Sở, ngành")},
                                                     {S_INIT("cong_an"), S_INIT("Công an")},
                                                     {S_INIT("toa_an"), S_INIT("Tòa án")},
                                                     {S_INIT("ubkt_dang"), S_INIT("Ủy ban kiểm tra của Đảng")},
                                                     {S_INIT("to_chuc_thanh_vien"), S_INIT("Tổ chức thành viên")},
                                                     {S_INIT("doanh_nghiep"), S_INIT("Doanh nghiệp")},
                                                     {S_INIT("other"), S_INIT("Cơ quan khác")},
                                                     {S_INIT("unclear"), S_INIT("Chưa rõ")},
                                                     {S_INIT(""), S_INIT("")}};

const struct petition_word petition_dispositions[] = {{S_INIT("accept"), S_INIT("Thụ lý")},
                                                      {S_INIT("transfer"), S_INIT("Chuyển đơn")},
                                                      {S_INIT("guide"), S_INIT("Hướng dẫn")},
                                                      {S_INIT("return"), S_INIT("Trả lại đơn")},
                                                      {S_INIT("file"), S_INIT("Lưu đơn")},
                                                      {S_INIT("refuse"), S_INIT("Không thụ lý")},
                                                      {S_INIT("meet_leader"), S_INIT("Mời gặp lãnh đạo")},
                                                      {S_INIT(""), S_INIT("")}};

const struct petition_word petition_clock_words[] = {{S_INIT("receipt"), S_INIT("Xử lý đơn")},
                                                     {S_INIT("settle"), S_INIT("Giải quyết")},
                                                     {S_INIT("reply"), S_INIT("Chờ phúc đáp")},
                                                     {S_INIT("silent"), S_INIT("Chờ trả lời sau đôn đốc")},
                                                     {S_INIT(""), S_INIT("")}};

struct str petition_word_or(const struct petition_word *words, struct str code, struct str otherwise) {
    for (const struct petition_word *w = words; w->code.len; w++) {
        if (str_eq(w->code, code)) {
            return w->name;
        }
    }
    return otherwise;
}

struct str petition_word(const struct petition_word *words, struct str code) {
    return petition_word_or(words, code, code);
}

const struct petition_tables *petition_tables_here(struct arena *a) { return petition_open(a, place_open(a)); }

struct str petition_place_name(const struct place_index *places, struct str code) {
    const struct place_commune *c = code.len ? place_commune(places, code) : NULL;
    return c ? c->full : S("");
}

struct petition_reasons petition_reasons_of(struct arena *a, struct str codes) {
    struct petition_reasons all = {0};
    struct str rest = codes, one;
    while (str_next(&rest, ' ', &one)) {
        for (int i = 0; i < REASONS; i++) {
            if (str_eq(one, petition_reason_code((enum petition_reason)i))) {
                LIST_ADD(a, &all.at, (enum petition_reason)i);
            }
        }
    }
    return all;
}

struct str petition_writer_shown(bool is_protected, struct str name) {
    return is_protected ? S("Người tố cáo được giữ bí mật") : name.len ? name : S("Không ghi tên");
}

bool petition_is_over(struct str state) {
    static const struct str over[] = {S_INIT("guided"), S_INIT("returned"), S_INIT("filed"), S_INIT("refused"),
                                      S_INIT("closed")};
    for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
        if (str_eq(over[i], state)) {
            return true;
        }
    }
    return false;
}

/* ---- The module */
static struct err file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct petition_file_uses_rows rows;
    TRY(petition_file_uses(db, (struct petition_file_uses_in){.file = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, uses,
                 (struct file_use){
                     str_format(a, "Đơn số %lld/%lld", (long long)rows.at[i].number, (long long)rows.at[i].year),
                     link_record(a, S("/petition/"), rows.at[i].id.v, S("")).v});
    }
    return OK;
}

/* What waits for an act; hot when something is late or silent. */
static struct err nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    struct petition_counts c;
    TRY(petition_count(db, who, clock_today(), &c));
    *n = c.n[PETITION_RECEIVED] + c.n[PETITION_REPLIED] + c.n[PETITION_URGE] + c.n[PETITION_SILENT];
    *is_hot = c.n[PETITION_LATE] + c.n[PETITION_SILENT] > 0;
    return OK;
}

static const struct nav_entry nav[] = {
    {.area = AREA_WORK,
     .order = 60,
     .title = "Đơn thư",
     .path = "/petition",
     .icon = ICON("message-square-text"),
     .count = nav_count},
    {0},
};

static const struct verb_words audit_verbs[] = {
    {"petition.receive", "Nhận đơn"},
    {"petition.judge", "Nhận hoặc sửa một đề xuất"},
    {"petition.change", "Sửa thông tin đơn"},
    {"petition.join", "Nhập chung vụ việc"},
    {"petition.accept", "Thụ lý đơn"},
    {"petition.transfer", "Chuyển đơn"},
    {"petition.guide", "Hướng dẫn người gửi đơn"},
    {"petition.refuse", "Không thụ lý đơn"},
    {"petition.return", "Trả lại đơn"},
    {"petition.file", "Lưu đơn"},
    {"petition.reply", "Ghi phúc đáp"},
    {"petition.urge", "Đôn đốc"},
    {"petition.answer", "Trả lời người gửi đơn"},
    {"petition.confirm", "Ghi ý kiến người gửi đơn"},
    {"petition.ask", "Hỏi người gửi đơn"},
    {"petition.word", "Người gửi đơn bổ sung"},
    {"petition.close", "Kết thúc đơn"},
    {"petition.reopen", "Mở lại đơn"},
    {"petition.identity", "Mở danh tính người tố cáo"},
    {"petition.look", "Xem danh tính người tố cáo"},
    {"petition.late", "Đơn quá hạn"},
    {NULL, NULL},
};

static const struct paper_kind papers[] = {
    {.order = 30,
     .act = S_INIT("Nhận đơn thư"),
     .path = "/petition/new",
     .icon = ICON("message-square-text"),
     .roles = ROLE_CLERK},
    {.path = NULL},
};

static const struct offer offers[] = {
    {.name = S_INIT("Nhận đơn thư"),
     .path = "/petition/new",
     .asked = "nhận đơn|vào sổ đơn|nhận đơn thư",
     .roles = ROLE_CLERK | ROLE_OFFICER},
    {.path = NULL},
};

const struct module petition_module = {.name = "petition",
                                       .title = "Đơn thư",
                                       .routes = petition_routes,
                                       .nav = nav,
                                       .job_kinds = petition_job_kinds,
                                       .sources = petition_sources,
                                       .bare_commands = petition_commands,
                                       .verbs = audit_verbs,
                                       .metrics = petition_metrics,
                                       .waiting = petition_waiting,
                                       .told = petition_told,
                                       .papers = papers,
                                       .offers = offers,
                                       .task_kinds = petition_task_kinds,
                                       .file_uses = file_uses,
                                       .demo = petition_demo,
                                       .seed = petition_seed,
                                       .erase = petition_forget};
