#include "edxml/edxml.h"
#include "tests/test.h"

#define QCVN "http://www.mic.gov.vn/TBT/QCVN_102_2016"
#define FROM "<OrganId>VD.A</OrganId><OrganName>Cơ quan A</OrganName>"
#define DOCUMENT                                                                                                       \
    "<MessageHeader><From>" FROM "</From><To><OrganId>VD.B</OrganId></To><DocumentId>VD.A,2026/03/02,7/KH</"           \
    "DocumentId><Code><CodeNumber>7</CodeNumber><CodeNotation>KH</CodeNotation></Code><PromulgationInfo>"              \
    "<PromulgationDate>2026/03/02</PromulgationDate></PromulgationInfo><Subject>Kế hoạch</Subject></MessageHeader>"
#define PACKET(inner)                                                                                                  \
    "<?xml version=\"1.0\"?><edXML xmlns=\"" QCVN "\"><edXMLEnvelope><edXMLHeader>" inner                              \
    "</edXMLHeader></edXMLEnvelope></edXML>"
#define ATTACHED(name, type, base64)                                                                                   \
    "<edXML xmlns=\"" QCVN "\"><edXMLEnvelope><edXMLHeader>" DOCUMENT "</edXMLHeader><edXMLBody><edXMLManifest>"       \
    "<Reference><ContentId>cid:1</ContentId><ContentType>application/pdf</ContentType></Reference></edXMLManifest>"    \
    "</edXMLBody></edXMLEnvelope><AttachmentEncoded><Attachment><ContentId>cid:1</ContentId><AttachmentName>" name     \
    "</AttachmentName><ContentType>" type "</ContentType><edXML:ContentTransferEncoded>" base64                        \
    "</edXML:ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>"

static struct str reason_of(struct arena *a, struct str xml) {
    struct edxml_packet p;
    struct err e = edxml_read(a, xml, &p);
    return e.why ? e.why->field : S("read");
}

static bool warns(const struct edxml_packet *p, struct str word) {
    for (size_t i = 0; i < p->warnings.n; i++) {
        if (str_eq(p->warnings.at[i], word)) {
            return true;
        }
    }
    return false;
}

TEST("a packet is read whatever its prefix, its order, its line ends and its letters' form") {
    static const char *const dialects[] = {
        PACKET(DOCUMENT),
        "\xef\xbb\xbf" PACKET(DOCUMENT),
        "1212" PACKET(DOCUMENT),
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n<q:edXML xmlns:q=\"" QCVN
        "\">\r\n<q:edXMLEnvelope><q:edXMLHeader><q:MessageHeader><q:Subject>\r\n Ke\xcc\x82\xcc\x81 hoa\xcc\xa3"
        "ch </q:Subject><q:PromulgationInfo><q:PromulgationDate>02/03/2026</q:PromulgationDate></q:PromulgationInfo>"
        "<q:Code><q:CodeNotation><![CDATA[KH]]></q:CodeNotation><q:CodeNumber>7</q:CodeNumber></q:Code><q:To>"
        "<q:OrganId>VD.B</q:OrganId></q:To><q:DocumentId>VD.A,2026/03/02,7/KH</q:DocumentId><q:From><q:OrganId>VD.A"
        "</q:OrganId></q:From></q:MessageHeader></q:edXMLHeader></q:edXMLEnvelope></q:edXML>\n",
        "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><Header "
        "xmlns=\"http://www.e-doc.vn/Schema/\">" DOCUMENT "</Header></Envelope>",
        "<edXML><edXML:edXMLEnvelope><edXML:edXMLHeader>" DOCUMENT "</edXML:edXMLHeader></edXML:edXMLEnvelope></edXML>",
    };
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++) {
        struct edxml_packet p;
        CHECK_OK(edxml_read(arena, str_of(dialects[i]), &p));
        CHECK_STR(p.from.id, S("VD.A"));
        CHECK_STR(p.subject, S("Kế hoạch"));
        CHECK_STR(p.date, S("2026-03-02"));
        CHECK_STR(edxml_code(arena, &p), S("7/KH"));
        CHECK_STR(edxml_document_id(&p), S("VD.A,2026/03/02,7/KH"));
        CHECK(p.to.n == 1 && !p.unknown.n && edxml_business_of(&p) == EDXML_NEW);
        CHECK(warns(&p, S("junk_before_xml")) == (i == 2));
    }
}

TEST("a packet that cannot be trusted is refused with its reason") {
    struct str whole = S(PACKET(DOCUMENT));
    CHECK_STR(reason_of(arena, S("")), S("empty"));
    CHECK_STR(reason_of(arena, S("xin chào")), S("not_edxml"));
    CHECK_STR(reason_of(arena, S("<html><body>Lỗi</body></html>")), S("not_edxml"));
    CHECK_STR(reason_of(arena, S(PACKET("<MessageHeader><Subject>x</Subject></MessageHeader>"))), S("not_edxml"));
    CHECK_STR(reason_of(arena, S("<!DOCTYPE edXML>" PACKET(DOCUMENT))), S("dtd_forbidden"));
    CHECK_STR(reason_of(arena, S("<?xml version=\"1.0\"?><!-- < --><!DOCTYPE x [<!ENTITY a \"b\">")),
              S("dtd_forbidden"));
    CHECK_STR(reason_of(arena, S(PACKET("<a>&la;</a>" DOCUMENT))), S("not_well_formed"));
    CHECK_STR(reason_of(arena, S(PACKET("<a></b>" DOCUMENT))), S("not_well_formed"));
    for (size_t n = 60; n < whole.len; n += 7) {
        CHECK_STR(reason_of(arena, str_slice(whole, 0, n)), S("truncated"));
    }
    CHECK_STR(reason_of(arena, whole), S("read"));
}

TEST("elements nested without end are refused") {
    struct edxml_packet p;
    static char deep[200000];
    for (size_t i = 0; i + 3 <= sizeof deep; i += 3) {
        memcpy(deep + i, "<a>", 3);
    }
    CHECK_ERR(edxml_read(arena, (struct str){deep, sizeof deep}, &p), ERR_INVALID);
}

TEST("an attachment is known by its bytes, its name has no folders, and a wrong manifest is seen") {
    struct edxml_packet p;
    CHECK_OK(edxml_read(arena, S(ATTACHED("../../etc/b\xc3\xa1o c\xc3\xa1o?.pdf", "text/plain", "JVBE\r\nRi0x\n LjcK")),
                        &p));
    CHECK_OR_RETURN(p.attachments.n == 1);
    const struct edxml_attachment *f = &p.attachments.at[0];
    CHECK_STR(f->content, S("%PDF-1.7\n"));
    CHECK_STR(f->name, S("báo cáo_.pdf"));
    CHECK_STR(f->sniffed, S("application/pdf"));
    CHECK_STR(f->manifest_type, S("application/pdf"));
    CHECK(warns(&p, S("attachment_name_cleaned")) && !warns(&p, S("attachment_damaged")));
    CHECK_OK(edxml_read(arena, S(ATTACHED("C:\\tam\\a.pdf", "application/pdf", "JVBERi0*")), &p));
    CHECK_STR(p.attachments.at[0].name, S("a.pdf"));
    CHECK(warns(&p, S("attachment_damaged")));
    CHECK_STR(p.attachments.at[0].manifest_type, S(""));
}

TEST("a sum is right in full and without the noughts of each byte, and else wrong") {
    /* SHA-256 of "1" begins 6b86b273ff34fce1 9d6b804eff5a3f57 47ada4eaa22f1d49 c01e52ddb7875b4b; of "c" it has noughts.
     */
    CHECK(edxml_sum_check(S("1"), S("6B86B273FF34FCE19D6B804EFF5A3F5747ADA4EAA22F1D49C01E52DDB7875B4B")) ==
          EDXML_SUM_RIGHT);
    struct str full = edxml_sha256(arena, S("c"));
    char dropped[64];
    size_t n = 0;
    for (size_t i = 0; i < full.len; i += 2) {
        if (full.at[i] != '0') {
            dropped[n++] = full.at[i];
        }
        dropped[n++] = full.at[i + 1];
    }
    CHECK_OR_RETURN(n < 64);
    CHECK(edxml_sum_check(S("c"), (struct str){dropped, n}) == EDXML_SUM_DROPPED_NOUGHTS);
    dropped[n - 1] = dropped[n - 1] == '1' ? '2' : '1';
    CHECK(edxml_sum_check(S("c"), (struct str){dropped, n}) == EDXML_SUM_WRONG);
    CHECK(edxml_sum_check(S("1"), S("")) == EDXML_SUM_WRONG);
}

TEST("what the standard does not have goes out again where it came from") {
    struct edxml_packet p, again;
    struct str xml;
    CHECK_OK(
        edxml_read(arena,
                   S(PACKET("<MessageHeader><From>" FROM "<Tax>01</Tax></From><To><OrganId>B</OrganId></To><To>"
                            "<OrganId>C</OrganId><v:Note xmlns:v=\"urn:v\" level=\"2\" xml:lang=\"vi\">a &lt; b"
                            "<v:In/></v:Note></To><DocumentId>1</DocumentId><Subject>S</Subject></MessageHeader>"
                            "<Bussiness><Extra>1</Extra><BussinessDocType>3</BussinessDocType><ReplacementInfoList>"
                            "<ReplacementInfo><DocumentId>0</DocumentId></ReplacementInfo></ReplacementInfoList>"
                            "</Bussiness>")),
                   &p));
    CHECK_OR_RETURN(p.unknown.n == 3);
    CHECK_STR(p.unknown.at[1].name, S("{urn:v}Note"));
    CHECK_STR(p.unknown.at[1].parent, S("edXMLEnvelope/edXMLHeader/MessageHeader/To[2]"));
    CHECK_OK(edxml_write(arena, &p, &xml));
    CHECK_OK(edxml_read(arena, xml, &again));
    CHECK_OR_RETURN(again.unknown.n == 3);
    CHECK_STR(again.unknown.at[0].xml, p.unknown.at[0].xml);
    CHECK_STR(again.unknown.at[1].xml, p.unknown.at[1].xml);
    CHECK_STR(again.unknown.at[1].parent, p.unknown.at[1].parent);
    CHECK(edxml_business_of(&again) == EDXML_REPLACE && again.replaces.n == 1);
}

TEST("a packet is written with the prefix, days with strokes, and every mark that XML needs") {
    struct edxml_packet p, again;
    struct str xml;
    CHECK_OK(edxml_read(arena, S(PACKET(DOCUMENT)), &p));
    p.subject = S("A & <B> \"C\"");
    p.due = S("2026-04-30");
    CHECK_OK(edxml_write(arena, &p, &xml));
    CHECK(str_find(xml, S("<edXML:DueDate>2026/04/30</edXML:DueDate>"), 0) < xml.len);
    CHECK(str_find(xml, S("<edXML:PromulgationDate>2026/03/02<"), 0) < xml.len);
    CHECK(str_find(xml, S("<Signature/></edXML:edXMLHeader>"), 0) < xml.len);
    CHECK_OK(edxml_read(arena, xml, &again));
    CHECK_STR(again.subject, p.subject);
    p.due = again.due = S("");
    again.content = p.content;
    CHECK_STR(edxml_content_sum(arena, &again), edxml_content_sum(arena, &p));
    again.subject = S("khác");
    CHECK(!str_eq(edxml_content_sum(arena, &again), edxml_content_sum(arena, &p)));
}

TEST("a packet that lacks what a receiver needs is not written, and the member is named") {
    struct edxml_packet p = {0};
    struct str xml;
    struct edxml_organ to = {.id = S("B")};
    struct edxml_answered answered = {.organ = S("B"), .document_id = S("1")};
    const char *wanted[] = {"from", "document_id", "to", "subject"};
    for (size_t i = 0; i < 4; i++) {
        struct err e = edxml_write(arena, &p, &xml);
        CHECK_OR_RETURN(e.why);
        CHECK_STR(e.why->field, str_of(wanted[i]));
        p.from.id = S("A");
        p.document_id = i > 0 ? S("1") : S("");
        p.to.at = &to;
        p.to.n = i > 1;
        p.subject = i > 2 ? S("S") : S("");
    }
    CHECK_OK(edxml_write(arena, &p, &xml));
    p.business_type = S("9");
    CHECK_ERR(edxml_write(arena, &p, &xml), ERR_INVALID);
    struct edxml_packet status = {.is_status = true, .from.id = S("A"), .status = S("02")};
    CHECK_STR(edxml_write(arena, &status, &xml).why->field, S("document_id"));
    status.answers.at = &answered;
    status.answers.n = 1;
    CHECK_STR(edxml_write(arena, &status, &xml).why->field, S("description"));
    status.description = S("Gửi nhầm");
    CHECK_OK(edxml_write(arena, &status, &xml));
    CHECK(str_find(xml, S("AttachmentEncoded"), 0) == SIZE_MAX && str_find(xml, S("Bussiness"), 0) == SIZE_MAX);
}

TEST("a status is known by its root or its code, also of one digit") {
    struct edxml_packet p;
    CHECK_OK(edxml_read(arena,
                        S(PACKET("<Status><From>" FROM "</From><ResponseFor><DocumentId>7</DocumentId></ResponseFor>"
                                 "<StatusCode>3</StatusCode><Timestamp>2026-03-02T08:09:10.123</Timestamp></Status>")),
                        &p));
    CHECK(p.is_status && !warns(&p, S("status_unknown")));
    CHECK_STR(p.status, S("03"));
    CHECK_STR(edxml_document_id(&p), S("7"));
    CHECK_STR(p.timestamp, S("2026-03-02T08:09:10"));
    CHECK_OK(edxml_read(arena,
                        S(PACKET("<MessageHeader><From>" FROM "</From><ResponseFor><DocumentId>7</DocumentId>"
                                 "</ResponseFor><StatusCode>99</StatusCode></MessageHeader>")),
                        &p));
    CHECK(p.is_status && warns(&p, S("status_unknown")));
}
