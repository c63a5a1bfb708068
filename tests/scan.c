#include "tests/scan.h"

#include <cairo-pdf.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const double PAGE_W = 595.28, PAGE_H = 841.89;
static const double LEFT = 85, RIGHT = 552, TOP = 62, BOTTOM = 785;

static const char *const sentences[] = {
    "Thực hiện Kế hoạch công tác năm, Ban Thường trực đề nghị các đơn vị tập trung triển khai những nội dung sau đây.",
    "Tiếp tục nâng cao chất lượng cuộc vận động \u201cToàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh\u201d "
    "trên địa bàn.",
    "Phối hợp với chính quyền và các tổ chức thành viên nắm tình hình tư tưởng, tâm trạng và nguyện vọng của các tầng "
    "lớp Nhân dân.",
    "Rà soát, lập danh sách hộ nghèo, hộ cận nghèo có khó khăn về nhà ở để hỗ trợ xây dựng, sửa chữa theo quy định.",
    "Tổ chức giám sát việc thực hiện chính sách an sinh xã hội, bảo đảm công khai, minh bạch, đúng đối tượng.",
    "Đẩy mạnh công tác tuyên truyền, vận động đoàn viên, hội viên và Nhân dân tham gia bảo vệ môi trường, thích ứng "
    "với biến đổi khí hậu.",
    "Kết quả thực hiện gửi về Văn phòng để tổng hợp, báo cáo cấp có thẩm quyền theo thời gian quy định.",
    "Trong quá trình thực hiện nếu có khó khăn, vướng mắc, kịp thời phản ánh để được hướng dẫn, giải quyết.",
};

static uint32_t roll(uint32_t *state) {
    uint32_t x = *state;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    *state = x;
    return x;
}

static const char *or_usual(const char *s, const char *usual) { return s ? s : usual; }

struct column {
    double x, w;
    PangoAlignment align;
};
static const struct column head_left = {60, 215, PANGO_ALIGN_CENTER}, head_right = {285, 280, PANGO_ALIGN_CENTER},
                           foot_left = {LEFT, 200, PANGO_ALIGN_LEFT}, foot_right = {300, 250, PANGO_ALIGN_CENTER},
                           whole = {LEFT, RIGHT - LEFT, PANGO_ALIGN_LEFT},
                           middle = {LEFT, RIGHT - LEFT, PANGO_ALIGN_CENTER};

/* Draws text in a column from y on and gives its height. style: Pango words after the family. */
static double put(cairo_t *c, const struct column *in, double y, const char *style, const char *text) {
    PangoLayout *l = pango_cairo_create_layout(c);
    char font[64];
    snprintf(font, sizeof font, "Tinos %s", style);
    PangoFontDescription *d = pango_font_description_from_string(font);
    double points = pango_font_description_get_size(d) / (double)PANGO_SCALE;
    pango_font_description_set_absolute_size(d, points * PANGO_SCALE);
    pango_layout_set_font_description(l, d);
    pango_font_description_free(d);
    pango_layout_set_width(l, (int)(in->w * PANGO_SCALE));
    pango_layout_set_alignment(l, in->align);
    pango_layout_set_justify(l, in->align == PANGO_ALIGN_LEFT && in->w > 300);
    pango_layout_set_text(l, text, -1);
    int height = 0;
    pango_layout_get_size(l, NULL, &height);
    cairo_move_to(c, in->x, y);
    pango_cairo_show_layout(c, l);
    g_object_unref(l);
    return height / (double)PANGO_SCALE;
}

static void rule(cairo_t *c, double x, double y, double w) {
    cairo_set_line_width(c, 0.8);
    cairo_move_to(c, x, y);
    cairo_line_to(c, x + w, y);
    cairo_stroke(c);
}

static double draw_left_head(cairo_t *c, const struct scan *s, bool is_letter) {
    const char *parent =
        or_usual(s->parent, s->layout == SCAN_PARTY ? "THÀNH ỦY HẢI PHÒNG" : "MẶT TRẬN TỔ QUỐC VIỆT NAM");
    const char *issuer = or_usual(s->issuer, "ỦY BAN MTTQ VIỆT NAM\nTHÀNH PHỐ HẢI PHÒNG");
    double y = TOP;
    y += parent[0] ? put(c, &head_left, y, "12.5", parent) : 0;
    y += put(c, &head_left, y, "Bold 12.5", issuer) + 2;
    if (s->layout == SCAN_PARTY) {
        y += put(c, &head_left, y, "12", "*");
    } else {
        rule(c, 127, y, 80);
        y += 5;
    }
    char number[200];
    snprintf(number, sizeof number, s->layout == SCAN_PARTY ? "Số %s-%s" : "Số: %s/%s", or_usual(s->number, "249"),
             or_usual(s->notation, "MTTQ-BTT"));
    y += put(c, &head_left, y, "13", number);
    if (is_letter && s->layout != SCAN_PARTY) {
        char about[1200];
        snprintf(about, sizeof about, "V/v %s", or_usual(s->subject, "tổ chức Ngày hội Đại đoàn kết toàn dân tộc"));
        y += put(c, &head_left, y + 2, "12", about) + 2;
    }
    if (s->urgency && s->urgency[0]) {
        cairo_rectangle(c, 105, y + 6, 125, 20);
        cairo_set_line_width(c, 1.2);
        cairo_stroke(c);
        y += 8 + put(c, &(struct column){105, 125, PANGO_ALIGN_CENTER}, y + 8, "Bold 13", s->urgency);
    }
    return y;
}

static double draw_right_head(cairo_t *c, const struct scan *s) {
    double y = TOP;
    if (s->layout == SCAN_PARTY) {
        y += put(c, &head_right, y, "Bold 15", "ĐẢNG CỘNG SẢN VIỆT NAM") + 2;
        rule(c, 335, y, 180);
    } else {
        y += put(c, &head_right, y, "Bold 12", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
        y += put(c, &head_right, y, "Bold 13.5", "Độc lập - Tự do - Hạnh phúc") + 2;
        rule(c, 345, y, 160);
    }
    char date[200];
    snprintf(date, sizeof date, "%s, ngày %02d tháng %02d năm %d", or_usual(s->place, "Hải Phòng"), s->day ? s->day : 5,
             s->month ? s->month : 11, s->year ? s->year : 2026);
    y += 12;
    y += put(c, &head_right, y, "Italic 13", date);
    return y;
}

static void draw_seal(cairo_t *c, double x, double y) {
    cairo_save(c);
    cairo_set_source_rgb(c, 0.55, 0.55, 0.55);
    cairo_set_line_width(c, 2.2);
    cairo_arc(c, x, y, 36, 0, 6.29);
    cairo_stroke(c);
    cairo_arc(c, x, y, 25, 0, 6.29);
    cairo_stroke(c);
    cairo_move_to(c, x + 10, y + 10);
    cairo_curve_to(c, x + 40, y - 40, x + 60, y + 40, x + 95, y - 6);
    cairo_stroke(c);
    cairo_restore(c);
}

static void draw_foot(cairo_t *c, const struct scan *s, double y) {
    put(c, &foot_left, y, "Bold Italic 12", "Nơi nhận:");
    put(c, &foot_left, y + 15, "11", "- Như trên;\n- Thường trực Thành ủy (để b/c);\n- Lưu: VT, BTG.");
    double at = y;
    const char *competence = or_usual(s->competence, "TM. BAN THƯỜNG TRỰC");
    at += competence[0] ? put(c, &foot_right, at, "Bold 13", competence) : 0;
    at += put(c, &foot_right, at, "Bold 13", or_usual(s->position, "PHÓ CHỦ TỊCH"));
    draw_seal(c, 352, at + 37);
    put(c, &foot_right, at + 72, "Bold 13.5", or_usual(s->signer, "Nguyễn Thị Minh Hạnh"));
}

/* Paragraphs from y down to the line `end`; one sentence of the test's own first when it is given. */
static double draw_body(cairo_t *c, double y, double end, const char *first, uint32_t *state) {
    for (unsigned n = 0; y < end - 52; n++) {
        char text[700];
        const char *one = sentences[(roll(state) >> 7) % 8], *two = sentences[(roll(state) >> 7) % 8];
        if (n == 0 && first) {
            snprintf(text, sizeof text, "%s", first);
        } else {
            snprintf(text, sizeof text, "%u. %s %s", n + 1, one, one == two ? "" : two);
        }
        y += put(c, &whole, y, "14", text) + 6;
    }
    return y;
}

static void draw_page(cairo_t *c, const struct scan *s, int page, int pages) {
    uint32_t state = 2463534242U ^ (s->seed * 7919U) ^ ((uint32_t)page * 104729U);
    for (int i = 0; i < 8; i++) {
        roll(&state);
    }
    const char *type = or_usual(s->type, "QUYẾT ĐỊNH");
    double y = TOP, end = page == pages ? BOTTOM - 165 : BOTTOM;
    if (page == 1) {
        double left = draw_left_head(c, s, !type[0]), right = draw_right_head(c, s);
        y = fmax(left, right) + 16;
        if (type[0]) {
            y += put(c, &middle, y, "Bold 14", type);
            y += put(c, &(struct column){LEFT + 40, RIGHT - LEFT - 80, PANGO_ALIGN_CENTER}, y, "Bold 14",
                     or_usual(s->subject, "Về việc tổ chức Ngày hội Đại đoàn kết toàn dân tộc")) +
                 3;
            rule(c, 280, y, 75);
            y += 12;
        } else {
            y += put(c, &middle, y, "14", "Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam các xã, phường") + 10;
        }
        y = draw_body(c, y, end, s->sentence, &state);
    } else {
        char number[12];
        snprintf(number, sizeof number, "%d", page);
        put(c, &middle, 36, "13", number);
        y = draw_body(c, y, end, NULL, &state);
    }
    if (page == pages) {
        draw_foot(c, s, y + 10);
    }
}

static void spoil(cairo_surface_t *surface, const struct scan *s, int page) {
    cairo_surface_flush(surface);
    unsigned char *at = cairo_image_surface_get_data(surface);
    int w = cairo_image_surface_get_width(surface), h = cairo_image_surface_get_height(surface);
    int stride = cairo_image_surface_get_stride(surface);
    int noise = s->noise ? s->noise : 12, shade = s->shade ? s->shade : 10;
    uint32_t state = 88172645U ^ s->seed ^ ((uint32_t)page << 8);
    for (int y = 0; y < h; y++) {
        unsigned char *row = at + (ptrdiff_t)y * stride;
        for (int x = 0; x < w; x++) {
            int v = row[x * 4];
            v -= (shade * (x + y)) / (w + h);
            v += (int)(roll(&state) % (unsigned)(2 * noise + 1)) - noise;
            if (s->is_bilevel) {
                v = v < 140 ? 0 : 255;
            }
            unsigned char p = (unsigned char)(v < 0 ? 0 : v > 255 ? 255 : v);
            row[x * 4] = row[x * 4 + 1] = row[x * 4 + 2] = p;
        }
    }
    cairo_surface_mark_dirty(surface);
}

static cairo_surface_t *picture(const struct scan *s, int page) {
    int dpi = s->dpi ? s->dpi : 200, pages = s->pages ? s->pages : 1;
    int w = (int)(PAGE_W * dpi / 72), h = (int)(PAGE_H * dpi / 72);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    cairo_t *c = cairo_create(surface);
    cairo_set_source_rgb(c, 0.98, 0.98, 0.98);
    cairo_paint(c);
    double skew = s->skew != 0 ? s->skew : 0.6;
    cairo_translate(c, w / 2.0, h / 2.0);
    cairo_rotate(c, skew * G_PI / 180 * (page % 2 ? 1 : -0.7));
    cairo_translate(c, -w / 2.0, -h / 2.0);
    cairo_scale(c, dpi / 72.0, dpi / 72.0);
    cairo_set_source_rgb(c, 0.08, 0.08, 0.08);
    draw_page(c, s, page, pages);
    cairo_destroy(c);
    spoil(surface, s, page);
    return surface;
}

/* The picture as JPEG inside the PDF: a scanner's own way, and small. */
static bool attach_jpeg(cairo_surface_t *surface) {
    int w = cairo_image_surface_get_width(surface), h = cairo_image_surface_get_height(surface);
    const unsigned char *at = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    PIX *pix = pixCreate(w, h, 8);
    if (!pix) {
        return false;
    }
    for (int y = 0; y < h; y++) {
        l_uint32 *line = pixGetData(pix) + (ptrdiff_t)y * pixGetWpl(pix);
        for (int x = 0; x < w; x++) {
            SET_DATA_BYTE(line, x, at[(ptrdiff_t)y * stride + x * 4]);
        }
    }
    l_uint8 *bytes = NULL;
    size_t size = 0;
    bool is_written = pixWriteMemJpeg(&bytes, &size, pix, 70, 0) == 0;
    pixDestroy(&pix);
    return is_written &&
           cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, bytes, size, free, bytes) == CAIRO_STATUS_SUCCESS;
}

static bool draw_pdf(const struct scan *s, const char *path) {
    cairo_surface_t *pdf = cairo_pdf_surface_create(path, PAGE_W, PAGE_H);
    cairo_t *c = cairo_create(pdf);
    bool is_good = true;
    int dpi = s->dpi ? s->dpi : 200, pages = s->pages ? s->pages : 1;
    for (int page = 1; page <= pages && is_good; page++) {
        cairo_surface_t *p = picture(s, page);
        is_good = s->is_bilevel || attach_jpeg(p);
        cairo_save(c);
        cairo_scale(c, 72.0 / dpi, 72.0 / dpi);
        cairo_set_source_surface(c, p, 0, 0);
        cairo_paint(c);
        cairo_restore(c);
        cairo_show_page(c);
        cairo_surface_destroy(p);
    }
    cairo_destroy(c);
    cairo_surface_finish(pdf);
    is_good = is_good && cairo_surface_status(pdf) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(pdf);
    return is_good;
}

static bool draw_png(const struct scan *s, const char *path) {
    cairo_surface_t *p = picture(s, 1);
    bool is_good = cairo_surface_write_to_png(p, path) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(p);
    return is_good;
}

/* In a process of its own: Pango and fontconfig keep what they load until the end. */
static bool apart(bool (*draw)(const struct scan *s, const char *path), const struct scan *s, const char *path) {
    pid_t child = fork();
    if (child == 0) {
        _exit(draw(s, path) ? 0 : 1);
    }
    int status = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

bool scan_write_pdf(const struct scan *s, const char *path) { return apart(draw_pdf, s, path); }
bool scan_write_png(const struct scan *s, const char *path) { return apart(draw_png, s, path); }
