/* gallery OUT_DIR: draws the shell and every shared part with made-up content, for the eye and for axe
 * (tests/gallery/gallery.mjs). */
#include <stdio.h>

#include "kernel/http/asset.h"
#include "kernel/page/form.h"
#include "kernel/module.h"
#include "kernel/shell/page.h"
#include "modules/place/place.h"
#include "build/gen/gallery/gallery_gen.h"
#include "pages_gen.h"

#include "base/banned.h"

static void write_to(const char *dir, struct str name, struct str bytes) {
    struct arena *a = arena_new();
    FILE *f = fopen(str_z(a, str_format(a, "%s/%.*s", dir, STR_ARG(name))), "wb");
    if (f) {
        fwrite(bytes.at, 1, bytes.len, f);
        fclose(f);
    }
    arena_free(a);
}

static const struct choice types[] = {
    {S_INIT("CV"), S_INIT("Công văn")}, {S_INIT("BC"), S_INIT("Báo cáo")}, {{0}, {0}}};
static const struct field fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("code"),
     .label = S_INIT("Số, ký hiệu"),
     .is_required = true,
     .hint = S_INIT("Như trên văn bản")},
    {.kind = FIELD_DATE, .name = S_INIT("issued_on"), .label = S_INIT("Ngày văn bản")},
    {.kind = FIELD_CHOICE, .name = S_INIT("type"), .label = S_INIT("Loại"), .choices = types},
    {.kind = FIELD_LINE, .name = S_INIT("subject"), .label = S_INIT("Trích yếu"), .is_required = true},
    {.kind = FIELD_TEXT, .name = S_INIT("words"), .label = S_INIT("Ghi chú")},
    {.kind = FIELD_ID, .name = S_INIT("lead"), .label = S_INIT("Chủ trì")},
    {.kind = FIELD_IDS, .name = S_INIT("with"), .label = S_INIT("Phối hợp")},
    {.kind = FIELD_LINE,
     .name = S_INIT("commune"),
     .label = S_INIT("Xã, phường, đặc khu"),
     .hint = S_INIT("Tên hôm nay, hoặc cả địa chỉ cũ")},
    {.kind = FIELD_FLAG, .name = S_INIT("urgent"), .label = S_INIT("Khẩn")},
};
static struct form_value values[sizeof fields / sizeof *fields];

const struct form_value *form_value(const struct form *f, const char *name) {
    for (size_t i = 0; i < f->values.n; i++) {
        if (str_eq(f->values.at[i].field->name, str_of(name))) {
            return &f->values.at[i];
        }
    }
    return NULL;
}

static void shell_make(struct arena *a, struct shell *s) {
    static const struct nav_entry places[] = {
        {AREA_DESK, 1, "Bàn làm việc", "/desk", ICON("layout-dashboard"), true, NULL},
        {AREA_WORK, 1, "Văn bản đến", "/document", ICON("files"), true, NULL},
        {AREA_ASSISTANT, 1, "Trợ lý ảo", "/assistant", ICON("sparkles"), true, NULL},
        {AREA_ASSISTANT, 2, "Thống kê", "/chart", ICON("chart-column"), true, NULL},
    };
    static const char *const short_titles[] = {"Bàn", "Văn bản", "Trợ lý", "Thống kê"};
    *s = (struct shell){.language = S("vi"),
                        .path = S("/desk"),
                        .person = S("Hoàng Thị Vân"),
                        .post = S("Văn thư"),
                        .unit = S("Văn phòng"),
                        .person_id = {7},
                        .organ = S("MTTQ thành phố Hải Phòng"),
                        .is_signed_in = true,
                        .has_hats = true,
                        .has_search = true,
                        .has_guide = true,
                        .has_news = true,
                        .bell = {.link = {S_INIT("/notice")}, .count = 3},
                        .flash = S("Đã vào sổ, số đến 1.204.")};
    enum area last = 0;
    for (size_t i = 0; i < 4; i++) {
        if (places[i].area != last) {
            LIST_PUSH(a, &s->areas)->title =
                (const char *[]){NULL, NULL, "Tác nghiệp", "Trợ lý và thống kê"}[places[i].area];
            last = places[i].area;
        }
        struct shell_item item = {.title = places[i].title,
                                  .short_title = str_of(short_titles[i]),
                                  .icon = icon_html(places[i].icon),
                                  .link = link_local(a, "%s", places[i].path),
                                  .count = i == 1 ? 12 : 0,
                                  .is_counted = i == 1,
                                  .is_hot = i == 1,
                                  .is_current = i == 0};
        LIST_ADD(a, &s->areas.at[s->areas.n - 1].items, item);
        LIST_ADD(a, &s->phone, item);
    }
}

static void view_make(struct arena *a, struct gallery *v) {
    static struct tab tabs[] = {{S_INIT("Chờ tôi"), {S_INIT("/desk")}, 12, true, true, false},
                                {S_INIT("Sắp đến hạn"), {S_INIT("/desk?tab=soon")}, 3, false, true, false},
                                {S_INIT("Quá hạn"), {S_INIT("/desk?tab=late")}, 1, false, true, true},
                                {S_INIT("Tôi giao"), {S_INIT("/desk?tab=given")}, 9, false, true, false},
                                {S_INIT("Để biết"), {S_INIT("/desk?tab=inform")}, 24, false, true, false}};
    static struct pick_option people[] = {{11, S_INIT("Trần Minh"), S_INIT("Ban Phong trào"), false},
                                          {12, S_INIT("Lê Thị Hoa"), S_INIT("Văn phòng"), true}};
    static const struct gallery_row rows[] = {
        {S_INIT("Báo cáo kết quả giám sát việc thực hiện chính sách an sinh xã hội quý III/2026"),
         S_INIT("249/MTTQ-BTT"), S_INIT("Ban Thường trực · chủ trì"), S_INIT("Quá hạn"), S_INIT("Quá 1 ngày"),
         S_INIT("hạn 20/11"), "late", "red", false},
        {S_INIT("Về việc cung cấp số liệu hộ nghèo, hộ cận nghèo trên địa bàn phường"), S_INIT("1187/SNNMT-GN"),
         S_INIT("Sở Nông nghiệp và Môi trường"), S_INIT("Khẩn"), S_INIT("Còn 4 giờ"), S_INIT("hạn 17:00 hôm nay"),
         "soon", "gold", true},
        {S_INIT("Góp ý dự thảo Nghị quyết về mức hỗ trợ sửa chữa nhà Đại đoàn kết"), S_INIT("86/TTr-MTTQ"),
         S_INIT("Phường Lê Chân · phối hợp"), S_INIT(""), S_INIT("Còn 1 ngày"), S_INIT("hạn 25/11"), "soon", "", false},
        {S_INIT("Kế hoạch tổ chức Ngày hội Đại đoàn kết toàn dân tộc tại đặc khu Cát Hải <b>&amp;"),
         S_INIT("41/KH-MTTQ-BTT"), S_INIT("Đặc khu Cát Hải"), S_INIT(""), S_INIT("Còn 4 ngày"), S_INIT("hạn 30/11"), "",
         "", true},
        {S_INIT("Hướng dẫn lấy ý kiến nhân dân đối với dự thảo quy hoạch khu dân cư"), S_INIT("12/HD-MTTW-BTT"),
         S_INIT("Ban Thường trực Trung ương"), S_INIT("Xong"), S_INIT("Đã xong"), S_INIT("20/11"), "done", "green",
         false},
    };
    static struct form form;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        values[i].field = &fields[i];
    }
    values[0].typed = values[0].text = S("1187/SNNMT-GN");
    values[1].typed = S("32/13/2026");
    values[1].fault = S("Ngày này không có trong lịch.");
    values[7].typed = S("xã Hồng Phong, tỉnh Hải Dương");
    form.arena = a;
    form.values.at = values;
    form.values.n = sizeof fields / sizeof *fields;
    form.is_refused = true;
    const struct place_index *index = place_open(a);
    struct place_communes all = place_communes(index);
    int64_t *people_at = arena_take(a, int64_t, all.n);
    for (size_t i = 0; i < all.n; i++) {
        people_at[i] = i % 19 == 7 ? -1 : all.at[i].people;
    }
    struct place_values counted = {people_at, all.n, S("Dân số các xã, phường, đặc khu"), S("người"), S("/place?q=")};
    values[7].fault =
        S("Có thể là: Xã Nam Sách, Xã Khúc Thừa Dụ, Xã Nam Thanh Miện. Mời ghi rõ một xã, phường, đặc khu.");
    *v = (struct gallery){.tabs = {tabs, sizeof tabs / sizeof *tabs},
                          .form = &form,
                          .people = {people, 2},
                          .communes = place_options(index, a),
                          .map = place_map(index, a, &counted),
                          .pages = {.newer = {S("")}, .older = link_local(a, "/desk?before=1")},
                          .file = {S("1187-SNNMT-GN.pdf"), S("3 trang"), {S("/file/1")}, 482133, false},
                          .at = clock_now(),
                          .on = {2026, 11, 23}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        LIST_ADD(a, &v->rows, rows[i]);
    }
}

int main(int argc, char **argv) {
    const char *out = argc > 1 ? argv[1] : "build/gallery";
    struct arena *a = arena_new();
    clock_freeze(date_at((struct date){2026, 11, 23}, 8, 12));
    struct shell shell;
    struct gallery view;
    shell_make(a, &shell);
    view_make(a, &view);
    for (size_t i = 0; i < langs_n; i++) {
        struct buf b = buf_in(a);
        struct draw d = draw_to(&b, a, &langs[i]);
        d.page = &page_gallery;
        d.view = &view;
        shell.language = langs[i].code;
        part_shell(&d, &shell);
        write_to(out, str_format(a, "gallery-%.*s.html", STR_ARG(langs[i].code)), buf_str(&b));
    }
    for (size_t i = 0; i < assets_n; i++) {
        struct str name = assets[i].path;
        while (str_find(name, S("/"), 0) != SIZE_MAX) {
            name = str_slice(name, str_find(name, S("/"), 0) + 1, name.len);
        }
        write_to(out, name, assets[i].bytes);
    }
    int64_t began = clock_monotonic_us();
    enum { TURNS = 2000 };
    struct arena *turn = arena_new();
    for (int i = 0; i < TURNS; i++) {
        struct buf b = buf_in(turn);
        struct draw d = draw_to(&b, turn, &langs[i & 1]);
        d.page = &page_gallery;
        d.view = &view;
        part_shell(&d, &shell);
        arena_reset(turn);
    }
    printf("gallery: a page in %.1f µs\n", (double)(clock_monotonic_us() - began) / TURNS);
    return 0;
}
