#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "modules/exchange/inside.h"
#include "tests/test.h"

static struct str whole_file(struct arena *a, struct str path) {
    FILE *f = fopen(str_z(a, path), "rbe");
    struct buf b = buf_in(a);
    size_t n = f ? 1 : 0;
    while (n) {
        buf_reserve(&b, 65536);
        n = fread(b.at + b.len, 1, 65536, f);
        b.len += n;
    }
    if (f) {
        fclose(f);
    }
    return buf_str(&b);
}

static bool holds(const json_t *got, const json_t *wanted);

/* Lists have as many things; the receivers' may stand in any order. */
static bool list_holds(const json_t *got, const json_t *wanted) {
    size_t found = 0, n = json_array_size(wanted);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < json_array_size(got); j++) {
            if (holds(json_array_get(got, j), json_array_get(wanted, i))) {
                found++;
                break;
            }
        }
    }
    return json_array_size(got) == n && found == n;
}

static bool holds(const json_t *got, const json_t *wanted) {
    if (json_is_array(wanted)) {
        return list_holds(got, wanted);
    }
    if (!json_is_object(wanted)) {
        return json_equal(got, wanted);
    }
    for (void *i = json_object_iter((json_t *)(uintptr_t)wanted); i;
         i = json_object_iter_next((json_t *)(uintptr_t)wanted, i)) {
        if (!holds(json_object_get(got, json_object_iter_key(i)), json_object_iter_value(i))) {
            return false;
        }
    }
    return true;
}

static bool case_holds(struct arena *a, struct exchange_seen *seen, const json_t *one) {
    struct str file = str_of(json_string_value(json_object_get(one, "file")));
    struct exchange_case c = {
        .id = str_of(json_string_value(json_object_get(one, "id"))),
        .sum = str_of(json_string_value(json_object_get(json_object_get(one, "transport"), "hash-file"))),
        .bytes = whole_file(a, str_format(a, "../shared/data/edxml_made/%.*s", STR_ARG(file)))};
    struct str answer = exchange_case_answer(seen, a, &c);
    json_t *got = json_loadb(answer.at, answer.len, 0, NULL);
    bool is_held = got && holds(got, json_object_get(one, "expect"));
    json_decref(got);
    return is_held;
}

TEST("the packets of the data set are read as those who made them say") {
    struct str all = whole_file(arena, S("../shared/data/edxml_made/expected.json"));
    struct exchange_seen seen = {.arena = arena};
    size_t wrong = 0;
    if (!all.len) {
        test_skip("no ../shared/data here");
        return;
    }
    json_t *list = json_loadb(all.at, all.len, 0, NULL);
    for (size_t i = 0; i < json_array_size(list); i++) {
        wrong += !case_holds(arena, &seen, json_array_get(list, i));
    }
    CHECK(json_array_size(list) > 5 && wrong == 0);
    json_decref(list);
}

static struct str json_of(struct arena *a, const struct edxml_packet *p) {
    struct buf b = buf_in(a);
    exchange_json_put(&b, p, true);
    return str_format(a, "{%.*s}", STR_ARG(buf_str(&b)));
}

/* Packet to JSON to packet to XML to packet to JSON. */
static void check_round(struct arena *a, struct str xml) {
    struct edxml_packet p, from_json, again;
    struct str out;
    CHECK_OK(edxml_read(a, xml, &p));
    struct str json = json_of(a, &p);
    CHECK_OK(exchange_json_read(a, json, &from_json));
    CHECK_OK(edxml_write(a, &from_json, &out));
    CHECK_OK(edxml_read(a, out, &again));
    CHECK_STR(json_of(a, &again), json);
}

#define HEAD "<edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"><edXMLEnvelope><edXMLHeader>"

TEST("a packet that became JSON and a packet again says the same") {
    check_round(arena,
                S(HEAD
                  "<MessageHeader><From><OrganId>A</OrganId><OrganName>Cơ quan</OrganName></From><To><OrganId>B"
                  "</OrganId></To><To><OrganId>C</OrganId><Fax>1</Fax></To><DocumentId>A,2026/01/05,9/QĐ</DocumentId>"
                  "<Code><CodeNumber>9</CodeNumber><CodeNotation>QĐ</CodeNotation></Code><Subject>V/v \"x\" &amp; y"
                  "</Subject><OtherInfo><Priority>3</Priority><Direction>true</Direction><Appendixes><Appendix>PL1"
                  "</Appendix></Appendixes></OtherInfo><ResponseFor><OrganId>B</OrganId><Code>1/CV</Code><DocumentId>"
                  "D</DocumentId></ResponseFor><ToPlaces><Place>Lưu</Place></ToPlaces><Odd a=\"1\">?</Odd>"
                  "</MessageHeader><TraceHeaderList><TraceHeader><OrganId>A</OrganId><Timestamp>2026/01/05 01:02:03"
                  "</Timestamp></TraceHeader><Bussiness><DocumentId>OLD</DocumentId><BussinessDocType>2"
                  "</BussinessDocType><BussinessDocReason>Sửa</BussinessDocReason><BussinessDocumentInfo><DocumentInfo>"
                  "0</DocumentInfo><DocumentReceiver>1</DocumentReceiver><ReceiverList><Receiver><OrganId>C</OrganId>"
                  "<ReceiverType>1</ReceiverType></Receiver></ReceiverList></BussinessDocumentInfo><Paper>1</Paper>"
                  "</Bussiness></TraceHeaderList></edXMLHeader><edXMLBody><edXMLManifest><Reference><ContentId>cid:9</"
                  "ContentId><ContentType>text/plain</ContentType></Reference></edXMLManifest></edXMLBody></"
                  "edXMLEnvelope><AttachmentEncoded><Attachment>"
                  "<ContentId>cid:9</ContentId><AttachmentName>a/b.txt</AttachmentName><ContentType>text/plain"
                  "</ContentType><ContentTransferEncoded>YWJj</ContentTransferEncoded></Attachment>"
                  "</AttachmentEncoded></edXML>"));
    check_round(arena,
                S(HEAD "<Status><From><OrganId>B</OrganId></From><ResponseFor><OrganId>A</OrganId><Code>9/QĐ</Code>"
                       "<DocumentId>A,9</DocumentId></ResponseFor><StaffInfo><Staff>Lê C</Staff></StaffInfo>"
                       "<StatusCode>16</StatusCode><Description>Đã làm</Description></Status></edXMLHeader>"
                       "</edXMLEnvelope></edXML>"));
}

TEST("the official samples come through JSON and back unchanged") {
    static const char *const files[] = {"doc_new",
                                        "sample_edoc_new",
                                        "sample_status_acceptance_03",
                                        "sample_status_cancellation_13",
                                        "sample_status_finish_06",
                                        "sample_status_rejection_02",
                                        "status_03"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct str xml = whole_file(arena, str_format(arena, "../shared/data/edxml/%s.edxml", files[i]));
        if (!xml.len) {
            test_skip("no ../shared/data here");
            return;
        }
        check_round(arena, xml);
    }
}

TEST("a packet by hand needs little, and what is wrong with it is said at its member") {
    struct edxml_packet p, again;
    struct str xml;
    CHECK_OK(exchange_json_read(
        arena,
        S("{\"from\": \"A\", \"to\": [\"B\"], \"document_id\": \"1\", \"subject\": \"S\", \"priority\": "
          "1, \"attachments\": [{\"name\": \"a.txt\"}], \"contents\": [{\"base64\": \"YWJj\"}]}"),
        &p));
    CHECK_OK(edxml_write(arena, &p, &xml));
    CHECK_OK(edxml_read(arena, xml, &again));
    CHECK_OR_RETURN(again.attachments.n == 1 && !again.warnings.n);
    CHECK_STR(again.attachments.at[0].content, S("abc"));
    CHECK_STR(again.attachments.at[0].declared_type, S("text/plain"));
    CHECK_STR(again.priority, S("1"));
    CHECK_ERR(exchange_json_read(arena, S("[1]"), &p), ERR_INVALID);
    CHECK_ERR(exchange_json_read(arena, S("{\"from\": "), &p), ERR_INVALID);
    CHECK_STR(exchange_json_read(arena, S("{\"attachments\": [{\"name\": \"a\"}]}"), &p).why->field, S("contents"));
    CHECK_STR(exchange_json_read(arena,
                                 S("{\"attachments\": [{\"name\": \"a\", \"size\": 4}], \"contents\": [{\"base64\": "
                                   "\"YWJj\"}]}"),
                                 &p)
                  .why->field,
              S("contents"));
    CHECK_STR(
        exchange_json_read(arena, S("{\"attachments\": [{}], \"contents\": [{\"base64\": \"*\"}]}"), &p).why->field,
        S("contents"));
}

TEST("the same document again is a repeat, another under its id a conflict, an update neither") {
    struct exchange_seen seen = {.arena = arena};
#define COMES(business, subject)                                                                                       \
    S(HEAD "<MessageHeader><From><OrganId>A</OrganId></From><To><OrganId>B</OrganId></To><DocumentId>1</DocumentId>"   \
           "<Subject>" subject "</Subject></MessageHeader><TraceHeaderList><Bussiness><BussinessDocType>" business     \
           "</BussinessDocType></Bussiness></TraceHeaderList></edXMLHeader></edXMLEnvelope></edXML>")
    const struct {
        struct str xml, wanted;
    } packets[] = {{COMES("0", "x"), S("")},
                   {COMES("0", " x "), S("\"repeat_of\": \"p0\"")},
                   {COMES("2", "y"), S("")},
                   {COMES("0", "y"), S("\"conflict_with\": \"p0\"")}};
    for (size_t i = 0; i < 4; i++) {
        struct exchange_case c = {.id = str_format(arena, "p%zu", i), .bytes = packets[i].xml};
        struct str answer = exchange_case_answer(&seen, arena, &c);
        bool is_known =
            str_find(answer, S("_of\": "), 0) < answer.len || str_find(answer, S("_with\": "), 0) < answer.len;
        CHECK(is_known == (packets[i].wanted.len > 0) && str_find(answer, packets[i].wanted, 0) < answer.len);
    }
}
