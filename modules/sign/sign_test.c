/* Signatures of files made here; tests/http/sign.mjs asks other programs of the same. */
#include <openssl/ec.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include "base/buf.h"
#include "modules/sign/inside.h"
#include "tests/test.h"

#include "base/banned.h"

enum { NOW = 1790000000 };
#define AT ((struct instant){NOW * INT64_C(1000)})

/* A key whose certificate is its own root, good for a year around NOW. */
static struct str key_make(struct arena *a, struct sign_roots *roots) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = X509_new();
    unsigned char *der = NULL;
    ASN1_TIME_set(X509_getm_notBefore(x), NOW - 15000000);
    ASN1_TIME_set(X509_getm_notAfter(x), NOW + 15000000);
    X509_set_pubkey(x, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8, (const unsigned char *)"Nguyễn Văn A", -1,
                               -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x));
    X509_sign(x, key, EVP_sha256());
    int n = i2d_X509(x, &der);
    LIST_ADD(a, &roots->all, (struct sign_root){.der = str_copy(a, (struct str){(const char *)der, (size_t)n})});
    OPENSSL_free(der);
    der = NULL;
    PKCS12 *p12 = PKCS12_create("bimat", "a", key, x, NULL, 0, 0, 0, 0, 0);
    n = i2d_PKCS12(p12, &der);
    struct str s = str_copy(a, (struct str){(const char *)der, (size_t)n});
    OPENSSL_free(der);
    PKCS12_free(p12);
    X509_free(x);
    EVP_PKEY_free(key);
    return s;
}

static struct str paper(struct arena *a) {
    static const char *const objects[] = {"<< /Type /Catalog /Pages 2 0 R >>",
                                          "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"};
    struct buf b = buf_in(a);
    size_t at[3];
    BUF_LIT(&b, "%PDF-1.7\n");
    for (size_t i = 0; i < 3; i++) {
        at[i] = b.len;
        buf_printf(&b, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
    size_t table = b.len;
    BUF_LIT(&b, "xref\n0 4\n0000000000 65535 f \n");
    for (size_t i = 0; i < 3; i++) {
        buf_printf(&b, "%010zu 00000 n \n", at[i]);
    }
    buf_printf(&b, "trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", table);
    return buf_str(&b);
}

static struct str signed_paper(struct arena *a, struct str bytes, struct str p12) {
    struct sign_key key = {p12, S("bimat")};
    struct sign_making making = {.at = AT};
    struct sign_update u;
    sign_update_make(a, bytes, &key, &making, &u);
    return u.fault ? S("") : str_format(a, "%.*s%.*s", STR_ARG(bytes), STR_ARG(u.bytes));
}

TEST("what was signed is said to be whole, by whom and when, also as the child says it") {
    struct sign_roots roots = {0}, none = {0};
    struct sign_report made, r;
    struct buf said = buf_in(arena);
    struct str p12 = key_make(arena, &roots), once = signed_paper(arena, paper(arena), p12);
    sign_report_make(arena, signed_paper(arena, once, p12), &roots, &made);
    sign_say(&said, &made);
    CHECK_OR_RETURN(sign_hear(arena, buf_str(&said), &r) && r.marks.n == 2);
    CHECK(sign_is_good(&r.marks.at[0]) && sign_is_good(&r.marks.at[1]));
    CHECK(r.marks.at[0].after == SIGN_AFTER_SIGNATURES && r.marks.at[1].after == SIGN_AFTER_NOTHING);
    CHECK_STR(r.marks.at[0].name, S("Nguyễn Văn A"));
    CHECK(r.marks.at[0].signed_at.ms == AT.ms);
    sign_report_make(arena, once, &none, &r);
    CHECK(r.marks.n == 1 && r.marks.at[0].chain == SIGN_CHAIN_UNKNOWN && !sign_is_good(&r.marks.at[0]));
    CHECK(!sign_hear(arena, str_slice(buf_str(&said), 0, said.len - 1), &r));
}

TEST("one byte that is changed, wherever it is, leaves no good signature") {
    struct sign_roots roots = {0};
    struct sign_report r;
    struct str once = signed_paper(arena, paper(arena), key_make(arena, &roots));
    for (size_t i = 0; i < once.len; i += once.len / 60) {
        char *bad = str_z(arena, once);
        bad[i] = bad[i] == '1' ? '2' : '1';
        sign_report_make(arena, (struct str){bad, once.len}, &roots, &r);
        CHECK(r.marks.n == 0 || !sign_is_good(&r.marks.at[0]));
    }
}

TEST("a wrong password and a file that is no PDF are refused in words") {
    struct sign_roots roots = {0};
    struct sign_key key = {key_make(arena, &roots), S("sai")};
    struct sign_making making = {.at = AT}, late = {.at = {AT.ms + INT64_C(20000000000)}};
    struct sign_update u;
    sign_update_make(arena, paper(arena), &key, &making, &u);
    CHECK(u.fault && str_find(str_of(u.fault), S("Mật khẩu"), 0) == 0);
    key.password = S("bimat");
    sign_update_make(arena, paper(arena), &key, &late, &u);
    CHECK(u.fault && str_find(str_of(u.fault), S("hết hạn"), 0) != SIZE_MAX);
    sign_update_make(arena, S("%PDF-1.7 nothing"), &key, &making, &u);
    CHECK(u.fault && str_eq(str_of(u.field), S("file")));
}
