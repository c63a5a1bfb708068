/* What servers of letters say, and must not make us believe. */
#include "tests/test.h"

#include "kernel/wire/imap.h"
#include "kernel/wire/smtp.h"

static struct imap imap_of(struct arena *a, const char *said) {
    return (struct imap){.wire = wire_of(a, str_of(said))};
}

TEST("each receiver has an answer of its own, and the letter is under way for those that were taken") {
    struct smtp_receiver to[] = {{.address = S("a@x.vn")}, {.address = S("b@x.vn")}, {.address = S("khong phai")}};
    struct smtp_letter l = {.from = S("vp@x.vn"), .to = to, .n = 3, .bytes = S(".dot\nhai\n")};
    struct smtp_answer end;
    size_t n = 0;
    struct wire *w =
        wire_of(arena, S("250 ok\r\n250-2.1.5\r\n250 ok\r\n450 4.2.1 later\r\n354 go\r\n250 2.0.0 queued as 9\r\n"));
    CHECK_OK(smtp_offer(w, arena, &l, &n));
    CHECK(n == 1 && to[0].answer.code == 250 && to[1].answer.code == 450 && to[2].answer.code == 553);
    CHECK_STR(to[0].answer.text, S("2.1.5 ok"));
    CHECK_OK(smtp_hand(w, arena, &end));
    CHECK(end.code == 250);
    CHECK_STR(end.text, S("2.0.0 queued as 9"));
    CHECK_ERR(smtp_hand(w, arena, &end), ERR_BUSY);
}

TEST("a server that takes no sender or no letter is heard for every receiver") {
    struct smtp_receiver to[] = {{.address = S("a@x.vn")}};
    struct smtp_letter l = {.from = S("vp@x.vn"), .to = to, .n = 1, .bytes = S("x")};
    size_t n = 1;
    CHECK_OK(smtp_offer(wire_of(arena, S("550 5.7.1 no\r\n")), arena, &l, &n));
    CHECK(n == 0 && to[0].answer.code == 550);
    to[0].answer.code = 0;
    CHECK_OK(smtp_offer(wire_of(arena, S("250 a\r\n250 b\r\n250 strange\r\n")), arena, &l, &n));
    CHECK(n == 0 && to[0].answer.code == 451);
    CHECK_ERR(smtp_offer(wire_of(arena, S("hello\r\n")), arena, &l, &n), ERR_BROKEN);
}

TEST("what is no address is never said to a server") {
    CHECK(smtp_address_is_plain(S("an.b+c@so.haiphong.gov.vn")));
    static const char *const bad[] = {"a",   "@x.vn",  "a@",     "a@b@c.vn", "a b@x.vn", "a@x.vn>\r\nRCPT TO:<c@x.vn",
                                      "a@x", "ă@x.vn", "a@x.vn."};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!smtp_address_is_plain(str_of(bad[i])));
    }
}

TEST("a letter's bytes are taken by their length, whatever stands in them") {
    struct str bytes;
    bool is_there = false;
    struct imap i =
        imap_of(arena, "* 3 EXISTS\r\n* OK [UIDVALIDITY 77] x\r\n* OK [UIDNEXT 9] y\r\nd1 OK done\r\n"
                       "* SEARCH 8 2 5\r\nd2 OK\r\n"
                       "* 2 FETCH (UID 4 BODY[]<0> {3}\r\nabc)\r\n"
                       "* 1 FETCH (FLAGS (\\Seen) BODY[]<0> {19}\r\nd3 OK \r\n* BYE\r\nUID UID 5)\r\nd3 OK fine\r\n"
                       "* 1 FETCH (UID 8 BODY[]<0> \"ngan \\\"gon\\\"\")\r\nd4 OK\r\nd5 OK\r\n");
    struct imap_box box;
    struct imap_uids uids;
    CHECK_OK(imap_select(&i, arena, S("INBOX"), &box));
    CHECK(box.validity == 77 && box.next == 9 && box.count == 3);
    CHECK_OK(imap_list(&i, arena, 5, &uids));
    CHECK(uids.uids.n == 2 && uids.uids.at[0] == 5 && uids.uids.at[1] == 8);
    CHECK_OK(imap_fetch(&i, arena, &(struct imap_wanted){5, 1000}, &bytes, &is_there));
    CHECK(is_there);
    CHECK_STR(bytes, S("d3 OK \r\n* BYE\r\nUID "));
    CHECK_OK(imap_fetch(&i, arena, &(struct imap_wanted){8, 1000}, &bytes, &is_there));
    CHECK_STR(bytes, S("ngan \"gon\""));
    CHECK_OK(imap_fetch(&i, arena, &(struct imap_wanted){9, 1000}, &bytes, &is_there));
    CHECK(!is_there);
}

TEST("a lying server is a fault, not a letter") {
    struct str bytes;
    bool is_there;
    struct imap_box box;
    struct imap_wanted wanted = {5, 1000};
    struct imap i = imap_of(arena, "* 1 FETCH (UID 5 BODY[]<0> {90}\r\nshort)\r\nd1 OK\r\n");
    CHECK_ERR(imap_fetch(&i, arena, &wanted, &bytes, &is_there), ERR_BUSY);
    i = imap_of(arena, "* BYE too busy\r\n");
    CHECK_ERR(imap_fetch(&i, arena, &wanted, &bytes, &is_there), ERR_BUSY);
    i = imap_of(arena, "* 1 FETCH (UID 5 BODY[]<0> {99999999}\r\nx");
    CHECK_ERR(imap_fetch(&i, arena, &wanted, &bytes, &is_there), ERR_BROKEN);
    i = imap_of(arena, "d1 NO [AUTHENTICATIONFAILED] no\r\n");
    CHECK_ERR(imap_select(&i, arena, S("INBOX"), &box), ERR_INVALID);
    i = imap_of(arena, "* 1 EXISTS\r\nd1 OK\r\n");
    CHECK_ERR(imap_select(&i, arena, S("INBOX"), &box), ERR_BROKEN);
}
