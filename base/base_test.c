#include "base/buf.h"
#include "base/disk.h"
#include "base/facts.h"
#include "base/list.h"
#include "base/num.h"
#include "base/time.h"
#include "base/utf8.h"
#include "tests/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

TEST("an arena gives zeroed memory and runs its endings in reverse") {
    struct arena *a = arena_new();
    for (size_t n = 1; n < 200000; n = n * 3 + 1) {
        char *at = arena_take(a, char, n);
        bool zero = true;
        for (size_t i = 0; i < n; i++) {
            zero = zero && at[i] == 0;
        }
        CHECK(zero);
        memset(at, 7, n);
    }
    arena_free(a);
}

TEST("a list grows and keeps what is in it") {
    LIST(int64_t) numbers = {0};
    for (int64_t i = 0; i < 1000; i++) {
        LIST_ADD(arena, &numbers, i);
    }
    CHECK(numbers.n == 1000);
    for (size_t i = 0; i < numbers.n; i++) {
        CHECK(numbers.at[i] == (int64_t)i);
    }
}

TEST("numbers are read whole or not at all") {
    int64_t n = 7;
    CHECK(num_read(S("-9223372036854775808"), &n) && n == INT64_MIN);
    CHECK(!num_read(S("9223372036854775808"), &n) && !num_read(S("12a"), &n) && !num_read(S(""), &n));
    CHECK(!num_read(S("-"), &n) && n == INT64_MIN);
}

TEST("numbers are written the Vietnamese way") {
    struct buf b = buf_in(arena);
    num_put_vi(&b, 1234567);
    buf_put_char(&b, ' ');
    num_put_vi_fraction(&b, 1234567.5, 1);
    buf_put_char(&b, ' ');
    num_put_vi(&b, -12);
    buf_put_char(&b, ' ');
    num_put_bytes_vi(&b, 1234567);
    CHECK_STR(buf_str(&b), S("1.234.567 1.234.567,5 -12 1,2 MB"));
}

/* What the C library would write. */
__attribute__((format(printf, 3, 4))) static void check_format(struct arena *arena, struct str made, const char *format,
                                                               ...) {
    char line[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    CHECK_STR(made, ((struct str){line, (size_t)n}));
    CHECK(made.at[made.len] == 0);
    (void)arena;
}
#define CHECK_FORMAT(...) check_format(arena, str_format(arena, __VA_ARGS__), __VA_ARGS__)

TEST("a text without bytes is formatted as nothing, also when it points nowhere") {
    struct str none = *arena_take(arena, struct str, 1);
    CHECK_STR(str_format(arena, "[%.*s]", STR_ARG(none)), S("[]"));
}

TEST("what is formatted here reads as the C library would have written it") {
    CHECK_FORMAT("không có gì");
    CHECK_FORMAT("%%");
    CHECK_FORMAT("%s|%s|%c", "", "chữ", 'x');
    CHECK_FORMAT("%.*s|%.*s|%.*s|%.*s", 2, "abc", 0, "abc", 9, "ab\0c", -1, "abc");
    const char *volatile nothing = NULL; /* the compiler shall not know */
    CHECK_STR(str_format(arena, "[%.*s]", 0, nothing), S("[]"));
    CHECK_FORMAT("%d %d %d", 0, INT32_MIN, INT32_MAX);
    CHECK_FORMAT("%lld %lld", (long long)INT64_MIN, (long long)INT64_MAX);
    CHECK_FORMAT("%u %llu %zu", UINT32_MAX, (unsigned long long)UINT64_MAX, SIZE_MAX);
    CHECK_FORMAT("%02d:%02d %04d %03d %09lld %05d", 7, 11, 26, -5, 123456LL, -123456);
    CHECK_FORMAT("%02zu %02u %08llu", (size_t)3, 4u, 5ull);
    CHECK_FORMAT("%s %x %s", "trước", 0xbeefu, "sau");
    CHECK_FORMAT("%lld %.2f%% %d", 5LL, 12.345, 6);
    CHECK_FORMAT("%5d|%-5s|%.3s|%020lld|%+d|%ld", 3, "a", "abcdef", 7LL, 8, 9L);
    char long_text[400];
    memset(long_text, 'y', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = 0;
    CHECK_FORMAT("%s %d", long_text, 1);
}

TEST("dates and instants are written digit by digit as they are read") {
    static const struct date dates[] = {{1, 1, 1}, {987, 12, 31}, {2026, 2, 9}, {9999, 10, 10}};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct date d = dates[i];
        check_format(arena, date_iso(arena, d), "%04d-%02d-%02d", d.year, d.month, d.day);
        check_format(arena, date_vi(arena, d), "%02d/%02d/%04d", d.day, d.month, d.year);
    }
    struct buf b = buf_in(arena);
    instant_put_iso(&b, (struct instant){1795388400007});
    buf_put_char(&b, ' ');
    instant_put_iso(&b, (struct instant){1795388400123 + 3599000});
    buf_put_char(&b, ' ');
    instant_put_vi(&b, (struct instant){1795388400000 + 60000});
    CHECK_STR(buf_str(&b), S("2026-11-22T23:00:00.007Z 2026-11-22T23:59:59.123Z 06:01 23/11/2026"));
}

TEST("dates count days, weekdays and months truly") {
    struct date d = {2026, 11, 23};
    CHECK(date_weekday(d) == 1);
    CHECK(date_is(date_plus((struct date){2024, 2, 28}, 1), (struct date){2024, 2, 29}));
    CHECK(date_is(date_from_number(date_number(d)), d));
    CHECK(date_is(date_of((struct instant){1795388400000}), (struct date){2026, 11, 23}));
    CHECK_STR(date_vi(arena, d), S("23/11/2026"));
    struct date read;
    CHECK(date_read_vi(S("1/2/2026"), &read) && date_is(read, (struct date){2026, 2, 1}));
    CHECK(!date_read_vi(S("31/02/2026"), &read) && !date_read_vi(S("1/2/26"), &read));
}

TEST("Vietnamese text is folded, lowered and cleaned") {
    CHECK_STR(utf8_fold(arena, S("ĐÈN Hải Phòng Ước")), S("den hai phong uoc"));
    CHECK_STR(utf8_lower(arena, S("ĐÈN ƯỚC")), S("đèn ước"));
    CHECK_STR(utf8_clean(arena, S("Ho\xCC\x80"
                                  "a\xE2\x80\x8B \xC3\x90")),
              S("Hòa Đ"));
    CHECK(!utf8_valid(S("\xC0\xAF")) && utf8_valid(S("Hải")));
    CHECK_STR(utf8_cut(S("Hải Phòng"), 3), S("Hải"));
}

TEST("what is passed over when a text is cleaned would have stayed as it is, for every letter") {
    for (uint32_t c = 0x20; c < 0x3000; c++) {
        char at[4];
        struct str letter = {at, utf8_put(at, c)};
        struct str quick = utf8_clean(arena, str_format(arena, "a%.*sa", STR_ARG(letter)));
        /* A character without width, which goes, has the whole looked at. */
        struct str looked = utf8_clean(arena, str_format(arena, "a%.*sa\xE2\x80\x8B", STR_ARG(letter)));
        CHECK_STR(quick, looked);
    }
}

TEST("names are in the order of the Vietnamese dictionary, given name first") {
    static const char *const in_order[] = {"Trần Văn An", "Lê Thị Ánh", "Ngô Bình", "Phạm Đức", "Vũ Thị Ê",
                                           "Lý Hoa",      "Lý Hoà",     "Lý Hòa Ơ", "Đỗ Ư"};
    for (size_t i = 1; i < sizeof in_order / sizeof *in_order; i++) {
        struct str before = utf8_name_key(arena, str_of(in_order[i - 1]));
        struct str after = utf8_name_key(arena, str_of(in_order[i]));
        CHECK(str_cmp(before, after) < 0);
    }
    struct str words[] = {S("ba"),   S("bà"),   S("bả"), S("bã"), S("bá"), S("bạ"),
                          S("băng"), S("bâng"), S("da"), S("đa"), S("em")};
    for (size_t i = 1; i < sizeof words / sizeof *words; i++) {
        CHECK(str_cmp(utf8_sort_key(arena, words[i - 1]), utf8_sort_key(arena, words[i])) < 0);
    }
}

/* Given up there and then: nobody ever holds NULL. */
TEST("an arena that cannot give ends the process") {
    pid_t child = fork();
    if (child == 0) {
        int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nothing, STDERR_FILENO);
        (void)arena_take(arena, char, SIZE_MAX / 2);
        _exit(0);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

FACTS(base_test_facts, "base/base_test.tsv");
TEST("facts beside the code are read row by row; remarks are not facts, and what a row lacks is empty") {
    struct str rest = FACTS_STR(base_test_facts), cells[3];
    CHECK(facts_next(&rest, cells, 3));
    CHECK_STR(cells[0], S("một"));
    CHECK_STR(cells[2], S("ba"));
    CHECK(facts_next(&rest, cells, 3));
    CHECK_STR(cells[0], S("bốn"));
    CHECK_STR(cells[1], S(""));
    CHECK(!facts_next(&rest, cells, 3));
}

TEST("a first letter is made large, whatever its marks") {
    CHECK_STR(utf8_capital(arena, S("về công tác")), S("Về công tác"));
    CHECK_STR(utf8_capital(arena, S("đất đai")), S("Đất đai"));
    CHECK_STR(utf8_capital(arena, S("ứng cử")), S("Ứng cử"));
    CHECK_STR(utf8_capital(arena, S("30 ngày")), S("30 ngày"));
    CHECK_STR(utf8_capital(arena, S("")), S(""));
}

TEST("a file is read whole, or not at all when it is not there or holds more than is wanted") {
    struct str bytes, words = S("mười hai byte");
    FILE *f = tmpfile();
    CHECK_OR_RETURN(f != NULL);
    CHECK(fwrite(words.at, 1, words.len, f) == words.len && fflush(f) == 0);
    const char *path = str_z(arena, str_format(arena, "/proc/self/fd/%d", fileno(f)));
    CHECK(disk_read(arena, path, words.len, &bytes));
    CHECK_STR(bytes, words);
    CHECK(!disk_read(arena, path, words.len - 1, &bytes));
    CHECK(!disk_read(arena, "/proc/self/fd", 100, &bytes));
    CHECK(!disk_read(arena, "/nothing/here", 100, &bytes) && !bytes.len);
    fclose(f);
}
