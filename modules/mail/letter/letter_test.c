/* Letters as they come: old encodings, names that hurt, machines, papers. */
#include <stdio.h>
#include <unistd.h>

#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "read/json.h"
#include "modules/mail/letter/command.h"
#include "tests/test.h"

#include "base/banned.h"

static struct mail_letter letter_of(struct arena *a, struct str bytes) {
    struct mail_letter l;
    struct err e = mail_read(a, bytes, S("mttq.example.vn"), &l);
    CHECK(!e.why);
    return l;
}

#define FROM "From: Tran Thi Mai <mai@xa.example.vn>\r\nTo: vanthu@mttq.example.vn\r\n"

TEST("a letter in TCVN3 that says nothing of it is read as Vietnamese, subject and text together") {
    struct mail_letter l = letter_of(arena, S(FROM "Subject: M\xeai h\xe4p\r\n\r\nK\xddnh m\xeai \xae\xe5ng ch\xdd "
                                                   "\xae\xd5n d\xf9 h\xe4p t\xb9i ph\xdfng h\xe4p s\xe8 2.\r\n"));
    CHECK_STR(l.subject, S("Mời họp"));
    CHECK_STR(l.text, S("Kính mời đồng chí đến dự họp tại phòng họp số 2.\n"));
    CHECK_STR(l.guessed, S("TCVN3"));
}

TEST("a letter cut between two encoded words is whole again, also with padding inside a word") {
    struct mail_letter l =
        letter_of(arena, S(FROM "Subject: =?UTF-8?B?SOG7jQ==cA==?=\r\n =?utf-8?Q?_giao_b=61n?=\r\n\r\nx\r\n"));
    CHECK_STR(l.subject, S("Họp giao ban"));
    l = letter_of(arena, S(FROM "Subject: =?UTF-8?B?SOG7?=\r\n =?UTF-8?B?jXA=?=\r\n\r\nx\r\n"));
    CHECK_STR(l.subject, S("Họp"));
}

TEST("a file's name keeps no folder, no direction mark and no end that systems drop, and what runs is marked") {
    bool is_hostile = false;
    CHECK_STR(mail_name_safe(arena, S("..\\..\\Windows\\thu.pdf"), &is_hostile), S("thu.pdf"));
    CHECK(is_hostile);
    is_hostile = false;
    CHECK_STR(mail_name_safe(arena,
                             S("anh\xe2\x80\xae"
                               "gpj.scr"),
                             &is_hostile),
              S("anhgpj.scr"));
    CHECK(is_hostile);
    is_hostile = false;
    CHECK_STR(mail_name_safe(arena, S("Kế hoạch. .docx.. "), &is_hostile), S("Kế hoạch. .docx"));
    CHECK(is_hostile);
    is_hostile = false;
    CHECK_STR(mail_name_safe(arena, S("Kế hoạch tháng 10.docx"), &is_hostile), S("Kế hoạch tháng 10.docx"));
    CHECK(!is_hostile);
    CHECK(mail_danger(arena, S("anhgpj.scr"), S("x")) == MAIL_WARN_EXECUTABLE);
    CHECK(mail_danger(arena, S("bang.pdf"), S("MZ\x90")) == MAIL_WARN_EXECUTABLE);
    CHECK(mail_danger(arena, S("bang.xlsm"), S("PK\x03\x04")) == MAIL_WARN_MACRO);
    CHECK(mail_danger(arena, S("bang.xlsx"), S("PK\x03\x04")) == 0);
}

TEST("HTML is written out without anything that runs or is fetched, and a link that lies is seen") {
    struct mail_page p;
    mail_html(arena,
              S("<p onclick=x()>Kính gửi <b>ông</b></p><script>1</script><img src=//a.example/1.png><img src=cid:logo>"
                "<svg><image href=http://a.example/2></svg><style>@import 'http://a.example'</style>"
                "<a href=\"javascript:x\">a</a><a href=http://xau.example>https://ngan-hang.com.vn/dang-nhap</a>"
                "<noscript><p title=\"</noscript><img src=x onerror=1>\">"),
              &p);
    CHECK(p.left == 0 && p.has_false_link && !p.has_form && p.cids.n == 1);
    CHECK(str_find(p.html, S("a.example"), 0) == SIZE_MAX);
    CHECK(str_find(p.html, S("script"), 0) == SIZE_MAX);
    CHECK(str_find(p.html, S("<img src=x"), 0) == SIZE_MAX);
    CHECK(str_starts(p.html, S("<p>Kính gửi <b>ông</b></p>")));
    CHECK(str_starts(p.text, S("Kính gửi ông\n")));
    struct mail_page again;
    mail_html(arena, p.html, &again);
    CHECK_STR(again.html, p.html);
    mail_html(arena, S("<a href=https://www.mttq.vn/tin>mttq.vn</a> <a href=http://b.example>xem ở đây.</a>"), &again);
    CHECK(!again.has_false_link);
}

TEST("a hundred thousand nested tags are read as words, at once") {
    struct buf b = buf_in(arena);
    for (int i = 0; i < 100000; i++) {
        BUF_LIT(&b, "<div>");
    }
    BUF_LIT(&b, "chào");
    struct mail_page p;
    mail_html(arena, buf_str(&b), &p);
    CHECK_STR(p.text, S("chào"));
    CHECK(p.html.len == 0);
}

TEST("a number of a document is found in subjects as offices write them, and never in what they cite") {
    struct mail_letter l = letter_of(arena, S(FROM "Subject: =?UTF-8?Q?V/v_tri=E1=BB=83n_khai_K=E1=BA=BF_ho=E1=BA=A1ch_"
                                                   "15/KH-MTTQ-BTT_(ng=C3=A0y_3.9.2026)?=\r\n\r\nx\r\n"));
    CHECK(l.kind == MAIL_DOCUMENT);
    CHECK_STR(l.number, S("15/KH-MTTQ-BTT"));
    CHECK(date_is(l.dated, (struct date){2026, 9, 3}));
    l = letter_of(arena, S(FROM "Subject: Re: Cong van so 15/KH-MTTQ-BTT\r\n\r\nda nhan\r\n"));
    CHECK(l.kind == MAIL_LETTER);
    l = letter_of(arena, S(FROM "Subject: Thuc hien cong van so 15/KH-MTTQ-BTT\r\n\r\nda nhan\r\n"));
    CHECK(l.kind == MAIL_LETTER);
    size_t start, to;
    CHECK_STR(mail_number(S("ngày 24/7, 12-CV/ĐU ngày"), 0, &start, &to), S("12-CV/ĐU"));
    CHECK(mail_number(S("V/v họp lúc 8/10, số 5/Tổ dân phố"), 0, &start, &to).len == 0);
}

TEST("a petition names who asks, also in small letters without marks") {
    struct mail_letter l = letter_of(
        arena,
        S(FROM "Subject: don phan anh ve rac thai\r\n\r\nToi ten la le thi hoa, tru tai thon 3. Toi phan anh.\r\n"));
    CHECK(l.kind == MAIL_PETITION);
    CHECK_STR(l.petitioner, S("le thi hoa"));
    l = letter_of(arena, S(FROM "Subject: Lich hop\r\n\r\nKinh gui dong chi lich hop.\r\n"));
    CHECK(l.kind == MAIL_LETTER);
}

TEST("a mark of secrecy holds the letter back; words that only have it in them do not") {
    CHECK(letter_of(arena, S(FROM "Subject: =?UTF-8?Q?T=E1=BB=90I_M=E1=BA=ACT_-_h=E1=BB=8Dp?=\r\n\r\nx\r\n")).is_held);
    CHECK(letter_of(arena, S(FROM "Subject: hop\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nĐộ mật: Mật\r\n"))
              .is_held);
    CHECK(
        !letter_of(arena, S(FROM "Subject: =?UTF-8?Q?B=E1=BA=A2O_M=E1=BA=ACT_th=C3=B4ng_tin?=\r\n\r\nx\r\n")).is_held);
    CHECK(!letter_of(arena, S(FROM "Subject: MAT TRAN TO QUOC\r\n\r\nx\r\n")).is_held);
}

TEST("an invitation's time is an instant, by its own zone, a zone's name, or ours") {
    struct mail_event e;
    CHECK(mail_event(
        arena, S("BEGIN:VEVENT\nDTSTART;TZID=Tokyo Standard Time:20261012T100000\nDURATION:PT90M\nEND:VEVENT\n"), &e));
    CHECK(e.start.ms == date_at((struct date){2026, 10, 12}, 8, 0).ms);
    CHECK(e.end.ms == date_at((struct date){2026, 10, 12}, 9, 30).ms);
    CHECK(
        mail_event(arena, S("BEGIN:VEVENT\nDTSTART:20261012T080000\nLOCATION:Phòng 1\\, tầng\n  2\nEND:VEVENT\n"), &e));
    CHECK(e.start.ms == date_at((struct date){2026, 10, 12}, 8, 0).ms);
    CHECK_STR(e.place, S("Phòng 1, tầng 2"));
    static const char paris[] =
        "BEGIN:VTIMEZONE\nTZID:P\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETTO:+0100\n"
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\n"
        "TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
        "BEGIN:VEVENT\nDTSTART;TZID=P:20260710T100000\nDTEND;TZID=P:20261210T100000\nEND:VEVENT\n";
    CHECK(mail_event(arena, str_of(paris), &e));
    CHECK(e.start.ms == date_at((struct date){2026, 7, 10}, 15, 0).ms);
    CHECK(e.end.ms == date_at((struct date){2026, 12, 10}, 16, 0).ms);
}

TEST("parts beyond the limits are left, and the letter says so; a head beyond them is refused") {
    struct buf b = buf_in(arena);
    BUF_LIT(&b, FROM "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
    for (int i = 0; i < 1500; i++) {
        BUF_LIT(&b, "--b\r\n\r\nx\r\n");
    }
    struct mail_letter l = letter_of(arena, buf_str(&b));
    CHECK(l.warns[MAIL_WARN_CUT]);
    b = buf_in(arena);
    for (int i = 0; i < 20000; i++) {
        BUF_LIT(&b, "X-Long: 0123456789\r\n");
    }
    struct err e = mail_read(arena, buf_str(&b), S(""), &l);
    CHECK(err_is(e, ERR_INVALID) && e.why->message.len);
}

static struct mail_letter folder_letter(struct arena *a, struct str name) {
    FILE *f = fopen(str_format(a, "../shared/data/mail/vietnam/%.*s", STR_ARG(name)).at, "rb");
    struct buf b = buf_in(a);
    CHECK(f != NULL);
    for (int c = f ? getc(f) : EOF; c != EOF; c = getc(f)) {
        buf_put_char(&b, (char)c);
    }
    if (f) {
        fclose(f);
    }
    return letter_of(a, buf_str(&b));
}

/* Members of the answer that are texts, as they are to be. */
static void compare(struct arena *a, struct str want, const struct mail_letter *l) {
    static const char *const members[] = {"subject", "text",    "guessed",    "number", "dated",    "register",
                                          "of",      "read_by", "petitioner", "held",   "signature"};
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{");
    mail_json(&b, l);
    BUF_LIT(&b, "}");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        struct str expected = json_read_text(a, want, members[i]);
        if (expected.len) {
            CHECK_STR(json_read_text(a, buf_str(&b), members[i]), expected);
        }
    }
}

TEST("the letters of the collection say what is known of them") {
    FILE *f = fopen("../shared/data/mail/vietnam/expect.jsonl", "r");
    if (!f) {
        test_skip("no ../shared/data/mail here");
        return;
    }
    char line[8192];
    size_t n = 0;
    while (fgets(line, sizeof line, f)) {
        struct str want = str_of(line);
        struct mail_letter l = folder_letter(arena, json_read_text(arena, want, "file"));
        compare(arena, want, &l);
        n++;
    }
    fclose(f);
    CHECK(n > 0);
    struct mail_letter first = folder_letter(arena, S("24_official_letter.eml"));
    struct mail_letter forwarded = folder_letter(arena, S("25_official_letter_forwarded.eml"));
    struct mail_letter again = folder_letter(arena, S("26_same_pdf_other_mail.eml"));
    struct mail_letter other = folder_letter(arena, S("27_same_message_id_other_body.eml"));
    CHECK(mail_tie(&forwarded, &first) == MAIL_SAME_LETTER && mail_tie(&again, &first) == MAIL_SAME_LETTER);
    CHECK(mail_tie(&other, &first) == MAIL_SAME_ID_ONLY);
}

TEST("conversations follow references, then answers' subjects with a person in common, and loops end") {
    struct mail_mark m[6] = {{.id = S("<1>"), .subject = S("Kế hoạch"), .on = {2026, 10, 1}},
                             {.id = S("<2>"), .subject = S("khác"), .in_reply_to = S("<1>"), .on = {2026, 10, 2}},
                             {.id = S("<3>"), .subject = S("TL: Re: kế hoạch"), .on = {2026, 10, 3}},
                             {.id = S("<4>"), .subject = S("Kế hoạch"), .on = {2026, 10, 3}},
                             {.id = S("<5>"), .subject = S("Re: kế hoạch"), .on = {2026, 12, 3}},
                             {.id = S("<6>"), .subject = S("x"), .in_reply_to = S("<6>"), .on = {2026, 12, 3}}};
    for (size_t i = 0; i < 6; i++) {
        LIST_ADD(arena, &m[i].people, S("an"));
    }
    mail_threads(arena, m, 6);
    CHECK(m[1].thread == 0 && m[2].thread == 0 && m[3].thread == 3 && m[4].thread == 4 && m[5].thread == 5);
}
