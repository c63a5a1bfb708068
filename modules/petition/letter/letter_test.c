/* Letters as citizens write them. */
#include <stdio.h>
#include <unistd.h>

#include "modules/petition/letter/command.h"
#include "base/buf.h"
#include "modules/place/place.h"
#include "read/json.h"
#include "tests/test.h"

#include "base/banned.h"

#define TO "Kính gửi: Ủy ban MTTQ Việt Nam thành phố Hải Phòng\n\n"
#define DAY "Hải Phòng, ngày 05 tháng 10 năm 2026\n\n"
#define HOME "thôn An Quý, xã Nguyên Giáp, thành phố Hải Phòng"

static struct petition_reading read_of(struct arena *a, const char *text) {
    const struct petition_tables *t = petition_open(a, place_open(a));
    struct petition_letter l = {.bytes = str_of(text), .channel = S("post"), .received_by = S("city")};
    struct petition_reading r;
    petition_read(t, a, &l, &r);
    return r;
}

/* "KN ubnd_xa 11146 no_date no_name": type, who settles it, where, and what lacks. */
static struct str told(struct arena *a, const struct petition_reading *r) {
    struct buf b = buf_in(a);
    buf_printf(&b, "%.*s %.*s %.*s", STR_ARG(petition_type_name(r->type)), STR_ARG(r->authority.kind),
               STR_ARG(r->place_codes.n == 1 ? r->place_codes.at[0] : S("?")));
    for (unsigned i = 0; i < REASONS; i++) {
        if (r->reasons >> i & 1) {
            buf_printf(&b, " %.*s", STR_ARG(petition_reason_code((enum petition_reason)i)));
        }
    }
    return buf_str(&b);
}
static struct str told_of(struct arena *a, const char *text) {
    struct petition_reading r = read_of(a, text);
    return told(a, &r);
}

TEST("a letter is what it tells and asks for, whatever its title") {
    CHECK_STR(told_of(arena, DAY "ĐƠN KÊU CỨU\n\n" TO "Tôi là Lý Văn Sính, " HOME
                                 ".\n\nUBND xã Nguyên Giáp không cấp giấy xác nhận cho tôi, giấy hẹn ngày 15/6/2026, "
                                 "trái quy định. Yêu cầu xã trả kết quả.\n\n(đã ký)\nLý Văn Sính\n"),
              S("KN ubnd_xa 11146"));
    CHECK_STR(told_of(arena, DAY "ĐƠN KIẾN NGHỊ\n\n" TO "Tôi là Hoàng Văn Bách, " HOME
                                 ". Điện thoại 0900 111 222.\n\nÔng Lê Văn Thụ, công chức xã Nguyên Giáp đã đòi tiền "
                                 "2 triệu đồng mới ký. Đề nghị xử lý ông Thụ.\n\n(đã ký)\nHoàng Văn Bách\n"),
              S("TC ubnd_xa 11146"));
    CHECK_STR(told_of(arena, DAY "ĐƠN KHIẾU NẠI\n\n" TO "Tôi là Phạm Văn Lộc, " HOME
                                 ".\n\nHàng xóm là ông Phạm Văn Hải xây tường lấn sang đất nhà tôi. Tôi đề nghị buộc "
                                 "ông Hải trả lại.\n\n(đã ký)\nPhạm Văn Lộc\n"),
              S("KNPA toa_an 11146"));
}

TEST("each thing a letter lacks is one reason, and nothing else is") {
    static const char *const complaint = DAY "ĐƠN KHIẾU NẠI\n\n" TO "Tôi là Đào Thị Mận, " HOME
                                             ".\n\nTôi khiếu nại Quyết định số 77/QĐ-UBND của Chủ tịch UBND xã Nguyên "
                                             "Giáp, vì đất có sổ đỏ. Yêu cầu hủy quyết định.\n\n(đã ký)\nĐào Thị Mận\n";
    CHECK_STR(told_of(arena, complaint), S("KN ubnd_xa 11146"));
    static const struct {
        const char *gone, *reason;
    } lacks[] = {{"(đã ký)", " no_signature"},
                 {", vì đất có sổ đỏ", " kn_no_reason"},
                 {" Yêu cầu hủy quyết định.", " kn_no_request"},
                 {"Hải Phòng, ngày 05 tháng 10 năm 2026", " no_date"}};
    for (size_t i = 0; i < sizeof lacks / sizeof *lacks; i++) {
        struct str before, after, whole = str_of(complaint);
        CHECK_OR_RETURN(str_cut(whole, str_of(lacks[i].gone), &before, &after));
        struct str text = str_format(arena, "%.*s%.*s", STR_ARG(before), STR_ARG(after));
        struct str wanted = str_format(arena, "KN ubnd_xa 11146%s", lacks[i].reason);
        CHECK_STR(told_of(arena, str_z(arena, text)), wanted);
    }
}

TEST("a deputy chair is the city's, a clerk the commune's, a thief the police's") {
    static const struct {
        const char *who, *what, *wanted;
    } cases[] = {
        {"ông Trần Văn Quý, Phó Chủ tịch UBND xã Nguyên Giáp,", "lập khống hồ sơ", "TC ubnd_tp 11146"},
        {"ông Trần Văn Quý, địa chính xã Nguyên Giáp,", "nhận tiền của dân", "TC ubnd_xa 11146"},
        {"ông Trần Văn Quý, Trưởng Công an xã Nguyên Giáp,", "nhận tiền của dân", "TC cong_an 11146"},
        {"bà Đinh Thị Hạt, Chủ tịch Ủy ban MTTQ Việt Nam xã Nguyên Giáp,", "giữ lại tiền ủng hộ", "TC front 11146"},
        {"ông Lại Văn Do, Bí thư chi bộ thôn An Quý,", "khai man lý lịch", "TC ubkt_dang 11146"},
        {"bà Tăng Thị Xoan ở cùng thôn", "lừa đảo 12 người rồi bỏ trốn", "TC cong_an 11146"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str text = str_format(arena,
                                     DAY "ĐƠN TỐ CÁO\n\n" TO "Tôi là Tô Văn Ích, " HOME
                                         ". Điện thoại 0900 123 999\n\nTôi tố cáo %s đã %s. Đề nghị xử lý.\n\n"
                                         "(đã ký)\nTô Văn Ích\n",
                                     cases[i].who, cases[i].what);
        CHECK_STR(told_of(arena, str_z(arena, text)), str_of(cases[i].wanted));
    }
}

TEST("two matters in one letter are two parts") {
    struct petition_reading r =
        read_of(arena, DAY "ĐƠN ĐỀ NGHỊ\n\n" TO "Tôi là Mai Văn Tước, " HOME
                           ". Điện thoại 0900 444 555.\n\nThứ nhất, tôi khiếu nại Quyết định số 19/QĐ-UBND của UBND "
                           "xã Nguyên Giáp dừng trợ cấp của con tôi. Tôi yêu cầu hủy quyết định.\n\nThứ hai, tôi tố "
                           "cáo ông Lê Trọng Hiệp, cán bộ xã, vòi tiền của gia đình tôi. Đề nghị xử lý.\n\n(đã ký)\n"
                           "Mai Văn Tước\n");
    CHECK_STR(told(arena, &r), S("MIX ubnd_xa 11146"));
    CHECK_OR_RETURN(r.parts.n == 2);
    CHECK(r.parts.at[0].type == PETITION_KN && r.parts.at[1].type == PETITION_TC);
    CHECK_STR(str_of(r.disposition), S("guide"));
    CHECK_STR(str_of(r.secrecy), S("denunciation"));
}

static bool is_in(struct str text, const char *piece) { return str_find(text, str_of(piece), 0) != SIZE_MAX; }

TEST("the working copy of a denunciation does not say who wrote it, and still says who is denounced") {
    struct petition_reading r =
        read_of(arena, DAY
                "ĐƠN TỐ CÁO\n\n" TO "Tôi là Lương Thị Thoa, sinh năm 1974, thôn 4, xã Nguyên Giáp. ĐT 0900 000 318.\n\n"
                "Tôi tố cáo ông Vũ Hồng Khuê, địa chính xã Nguyên Giáp, nhận tiền của tôi ở thôn 4, có cháu Ngoan "
                "con tôi đứng cạnh, chồng tôi là Hà Văn Nết cũng biết. Xin giữ bí mật.\n\n(đã ký)\nLương Thị Thoa\n");
    static const char *const gone[] = {"Lương Thị Thoa", "Thoa", "thôn 4", "0900 000 318", "Ngoan", "Hà Văn Nết", NULL};
    CHECK_STR(told(arena, &r), S("TC ubnd_xa 11146"));
    for (size_t i = 0; gone[i]; i++) {
        CHECK(is_in(r.text, gone[i]) && !is_in(r.working_copy, gone[i]));
    }
    CHECK(is_in(r.working_copy, "Vũ Hồng Khuê") && is_in(r.working_copy, "nhận tiền"));
}

TEST("a secret mark is found where it stands alone, and the words 'giữ bí mật' are none") {
    CHECK_STR(told_of(arena, "Kính gửi Mặt trận\n\n   TỐI MẬT\n\nbáo cáo\n"), S("  ? secret_mark"));
    struct petition_reading r = read_of(arena, "MẬT\n" DAY "ĐƠN KIẾN NGHỊ\n" TO "Tôi là Lê Văn An\n");
    CHECK(r.text.len == 0 && r.working_copy.len == 0 && r.type == PETITION_UNJUDGED);
    CHECK_STR(str_of(r.disposition), S("return"));
    r = read_of(arena, DAY "ĐƠN TỐ CÁO (MẬT)\n\n" TO "Tôi là Lê Văn An, xin giữ bí mật.\n");
    CHECK(r.text.len > 0 && r.type != PETITION_UNJUDGED);
}

TEST("other languages and torn letters are not judged, and lack nothing else") {
    CHECK(read_of(arena, "致：海防市祖国阵线委员会\n我叫王明，住在海防市吴权坊，投诉隔壁工厂的噪音。\n").reasons ==
          1u << REASON_NOT_VIETNAMESE);
    CHECK(read_of(arena,
                  "Dear Sir,\nMy name is John Smith. The bar next door plays loud music every night until two in "
                  "the morning and nobody answers us.\n(signed) J. Smith\n")
              .reasons == 1u << REASON_NOT_VIETNAMESE);
    CHECK(read_of(arena, "..... tôi ......... ở ....... [rách]\n.... đề ng.. ..... xem ..... vì ....\n.... trả .....\n")
              .reasons == 1u << REASON_ILLEGIBLE);
}

#define MATTER "nước thải của trang trại lợn nhà ông Tươi xả ra kênh, mùi hôi thối, cá chết nổi trắng"
TEST("the same writer and matter in other words is one case; another matter or another writer is not") {
    const char *base = DAY "ĐƠN PHẢN ÁNH\n\n" TO "Tôi là Ngô Quang Vịnh, " HOME ".\n\nTôi phản ánh: " MATTER
                           ". Đề nghị kiểm tra.\n\n(đã ký)\nNgô Quang Vịnh\n";
    struct petition_reading a = read_of(arena, base);
    struct petition_reading again =
        read_of(arena, "toi la ngo quang vinh o thon an quy xa nguyen giap\n\nhom nay toi gui lai: trang trai lon nha "
                       "ong tuoi van xa nuoc thai ra kenh, mui hoi thoi, ca chet trang, de nghi kiem tra\n\n(da ky)\n");
    struct petition_reading other =
        read_of(arena, DAY "ĐƠN PHẢN ÁNH\n\n" TO "Tôi là Ngô Quang Vịnh, " HOME
                           ".\n\nTôi phản ánh: trường tiểu học thu tiền điều hòa của học sinh, gửi danh sách lên nhóm "
                           "lớp. Đề nghị kiểm tra.\n\n(đã ký)\nNgô Quang Vịnh\n");
    struct petition_reading neighbour = read_of(
        arena, DAY "ĐƠN PHẢN ÁNH\n\n" TO "Tôi là Ngô Quang Vinh, thôn Nãi Sơn, xã Kiến Hải.\n\nTôi phản ánh: " MATTER
                   ". Đề nghị kiểm tra.\n\n(đã ký)\nNgô Quang Vinh\n");
    CHECK(petition_is_same(&a, &again));
    CHECK(!petition_is_same(&a, &other));
    CHECK(!petition_is_same(&a, &neighbour));
}

TEST("old encodings and broken lines read like any other letter") {
    struct petition_tables *t = petition_open(arena, place_open(arena));
    struct petition_letter l = {
        .bytes = S("Ki'nh gu+?i Ma(.t tra^.n\n\nTo^i la` Pha.m Va(n Tuye^?n, tho^n An Quy', xa~ "
                   "Nguye^n Gia'p\\.\n\nTo^i pha?n a'nh co^'ng vo+~ o+? dda^`u tho^n\\. DDe^` "
                   "nghi. su+?a\\.\n\nNga`y 10 tha'ng 11 na(m 2026\n(dda~ ky')\nPha.m Va(n Tuye^?n\n"),
        .channel = S("post")};
    struct petition_reading r;
    petition_read(t, arena, &l, &r);
    CHECK_STR(r.author.name, S("Phạm Văn Tuyển"));
    CHECK_STR(told(arena, &r), S("KNPA ubnd_xa 11146"));
}

/* ---- the collected letters */

struct tally {
    int type, types, elig, eligs, who, whos, dup, redact;
};

static bool has_text(const struct json_value *list, struct str s) {
    for (size_t i = 0; i < json_count(list); i++) {
        if (str_eq(json_text_of(json_item(list, i)), s)) {
            return true;
        }
    }
    return false;
}

static bool is_reasons_right(const struct json_value *all, const struct petition_reading *r) {
    const struct json_value *wanted = json_member(json_member(all, "expect"), "eligibility");
    const struct json_value *free_ones = json_member(json_member(all, "also_right"), "eligibility_optional");
    for (unsigned i = 0; i < REASONS; i++) {
        struct str code = petition_reason_code((enum petition_reason)i);
        if (!has_text(free_ones, code) && has_text(wanted, code) != (r->reasons >> i & 1)) {
            return false;
        }
    }
    return true;
}

static void tally_who(struct tally *y, const struct json_value *all, const struct petition_reading *r) {
    const struct json_value *e = json_member(all, "expect"), *who = json_member(e, "authority");
    const struct json_value *codes = json_member(json_member(e, "place"), "codes");
    if (!json_is_map(who)) {
        return;
    }
    bool is_also = has_text(json_member(json_member(all, "also_right"), "authority_kind"), r->authority.kind);
    bool is_who = str_eq(json_member_text(who, "kind"), r->authority.kind) &&
                  str_eq(json_member_text(who, "code"), r->authority.code);
    bool is_place = r->place_codes.n == 1 && has_text(codes, r->place_codes.at[0]);
    y->whos++;
    y->who += (is_who || is_also) && is_place;
}

static void tally_add(struct tally *y, const struct json_value *all, const struct petition_reading *r, struct str dup) {
    const struct json_value *e = json_member(all, "expect"), *gone = json_member(e, "redact");
    struct str type = json_member_text(e, "type");
    y->types += type.len > 0;
    y->type += type.len && str_eq(type, petition_type_name(r->type));
    y->eligs++;
    y->elig += is_reasons_right(all, r);
    tally_who(y, all, r);
    y->dup += !str_eq(json_member_text(e, "dup_of"), dup);
    for (size_t i = 0; i < json_count(gone); i++) {
        y->redact += str_find(r->working_copy, json_text_of(json_item(gone, i)), 0) != SIZE_MAX;
    }
}

static struct str duplicate_of(const struct petition_case *cases, const struct petition_reading *at, size_t n) {
    struct str id = S("");
    int best = 0;
    for (size_t i = 0; i < n; i++) {
        int score = petition_is_same(&at[i], &at[n]) ? petition_same(&at[i], &at[n]) : 0;
        id = score > best ? cases[i].id : id;
        best = score > best ? score : best;
    }
    return id;
}

enum { CASES_MOST = 200 };
static const char fixture[] = "../shared/data/letters/expected.jsonl";

TEST("the collected letters are read as people read them") {
    FILE *f = fopen(fixture, "re");
    char line[16384];
    struct tally y = {0};
    if (!f) {
        test_skip("the letters are not here");
        return;
    }
    const struct petition_tables *t = petition_open(arena, place_open(arena));
    struct petition_case *cases = arena_take(arena, struct petition_case, CASES_MOST);
    struct petition_reading *r = arena_take(arena, struct petition_reading, CASES_MOST);
    size_t n = 0, fault;
    for (; n < CASES_MOST && fgets(line, sizeof line, f); n++) {
        struct str json = str_copy(arena, str_trim(str_of(line)));
        CHECK_OR_RETURN(petition_case_read(arena, json, S("../shared/data/letters/"), &cases[n]));
        petition_read(t, arena, &cases[n].letter, &r[n]);
        tally_add(&y, json_read(arena, json, &fault), &r[n], duplicate_of(cases, r, n));
    }
    fclose(f);
    CHECK(n > 30 && y.types > 30 && y.whos > 30);
    CHECK(y.type * 100 >= y.types * 95);
    CHECK(y.elig * 100 >= y.eligs * 90);
    CHECK(y.who * 100 >= y.whos * 90);
    CHECK(y.dup == 0 && y.redact == 0);
}
