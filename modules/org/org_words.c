/* Codes of the tables as the office's own words, and back. */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "modules/org/org_rows.h"

static const struct choice kinds[] = {
    {S_INIT("front"), S_INIT("Ủy ban Mặt trận Tổ quốc")}, {S_INIT("union"), S_INIT("Tổ chức chính trị - xã hội, hội")},
    {S_INIT("board"), S_INIT("Ban, văn phòng")},          {S_INIT("place"), S_INIT("Đơn vị hành chính")},
    {S_INIT("area"), S_INIT("Ban công tác Mặt trận")},    {S_INIT("party"), S_INIT("Cơ quan Đảng")},
    {S_INIT("state"), S_INIT("Cơ quan nhà nước")},        {S_INIT("member"), S_INIT("Tổ chức thành viên khác")},
};
static const struct choice levels[] = {
    {S_INIT("city"), S_INIT("Thành phố")},
    {S_INIT("district"), S_INIT("Quận, huyện (trước 7/2025)")},
    {S_INIT("commune"), S_INIT("Phường, xã, đặc khu")},
    {S_INIT("area"), S_INIT("Khu dân cư")},
};
const struct choice org_edges[] = {
    {S_INIT("under"), S_INIT("Trực thuộc")},
    {S_INIT("member"), S_INIT("Thành viên")},
    {S_INIT("line"), S_INIT("Theo cấp")},
    {S_INIT("place"), S_INIT("Địa bàn")},
    {S_INIT("staff"), S_INIT("Tham mưu")},
    {S_INIT("with"), S_INIT("Phối hợp")},
    {S_INIT("delegate"), S_INIT("Ủy quyền dữ liệu")},
    {S_INIT(""), S_INIT("")},
};
static const struct {
    enum role role;
    struct str words;
} roles[] = {
    {ROLE_LEADER, S_INIT("Lãnh đạo")},     {ROLE_HEAD, S_INIT("Trưởng ban")}, {ROLE_CLERK, S_INIT("Văn thư")},
    {ROLE_OFFICER, S_INIT("Chuyên viên")}, {ROLE_ADMIN, S_INIT("Quản trị")},  {ROLE_AUDITOR, S_INIT("Kiểm tra")},
};
enum {
    N_KINDS = sizeof kinds / sizeof *kinds,
    N_LEVELS = sizeof levels / sizeof *levels,
    N_EDGES = sizeof org_edges / sizeof *org_edges - 1,
    N_ROLES = sizeof roles / sizeof *roles
};

static struct str words_of(const struct choice *table, size_t n, struct str code) {
    for (size_t i = 0; i < n; i++) {
        if (str_eq(table[i].value, code)) {
            return table[i].label;
        }
    }
    return code;
}

static bool code_of(const struct choice *table, size_t n, struct str words, struct str *code) {
    for (size_t i = 0; i < n; i++) {
        if (str_eq(table[i].value, words) || str_eq(table[i].label, words)) {
            *code = table[i].value;
            return true;
        }
    }
    return false;
}

struct str org_kind_words(struct str kind) {
    return words_of(kinds, N_KINDS, kind);
}
struct str org_level_words(struct str level) {
    return words_of(levels, N_LEVELS, level);
}
struct str org_edge_words(struct str kind) {
    return words_of(org_edges, N_EDGES, kind);
}
bool org_kind_read(struct str words, struct str *kind) { return code_of(kinds, N_KINDS, words, kind); }
bool org_level_read(struct str words, struct str *level) { return code_of(levels, N_LEVELS, words, level); }

bool org_kind_is_organ(struct str kind) { return !str_eq(kind, S("board")) && !str_eq(kind, S("area")); }

struct str org_role_words(enum role role) {
    for (size_t i = 0; i < N_ROLES; i++) {
        if (roles[i].role == role) {
            return roles[i].words;
        }
    }
    return S("");
}

struct str org_roles_words(struct arena *a, uint64_t bits) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < N_ROLES; i++) {
        if (bits & (uint64_t)roles[i].role) {
            buf_put(&b, b.len ? S(", ") : S(""));
            buf_put(&b, roles[i].words);
        }
    }
    return buf_str(&b);
}

bool org_roles_read(struct arena *a, struct str words, uint64_t *bits) {
    struct str rest = words, piece;
    *bits = 0;
    while (str_next(&rest, ',', &piece)) {
        struct str fold = utf8_fold(a, str_trim(piece));
        bool known = !fold.len;
        for (size_t i = 0; i < N_ROLES && !known; i++) {
            known = str_eq(fold, utf8_fold(a, roles[i].words));
            *bits |= known ? (uint64_t)roles[i].role : 0;
        }
        if (!known) {
            return false;
        }
    }
    return true;
}

struct str org_permit_words(struct arena *a, unsigned permits) {
    static const struct {
        unsigned bit;
        struct str words;
    } all[] = {{ORG_PERMIT_FIGURES, S_INIT("xem số liệu")},
               {ORG_PERMIT_SEND, S_INIT("gửi văn bản")},
               {ORG_PERMIT_READ, S_INIT("xem hồ sơ")},
               {ORG_PERMIT_DIRECT, S_INIT("chỉ đạo")}};
    struct buf b = buf_in(a);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (permits & all[i].bit) {
            buf_put(&b, b.len ? S(", ") : S(""));
            buf_put(&b, all[i].words);
        }
    }
    return buf_str(&b);
}
