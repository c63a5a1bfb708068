/* One signature's CMS: whose it is, whether it is right over the bytes, and whether the certificate leads to a root. */
#include "base/arena.h"
#include "base/facts.h"
#include "modules/sign/inside.h"

#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <time.h>

#include "base/banned.h"

FACTS(sign_facts_digests, "modules/sign/digests.tsv");

static struct str text_of(struct arena *a, const X509_NAME *name, int nid) {
    int at = name ? X509_NAME_get_index_by_NID(name, nid, -1) : -1;
    unsigned char *utf8 = NULL;
    if (at < 0) {
        return S("");
    }
    int n = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    struct str s = n > 0 ? str_copy(a, (struct str){(const char *)utf8, (size_t)n > 300 ? 300 : (size_t)n}) : S("");
    OPENSSL_free(utf8);
    return s;
}

static struct str name_of(struct arena *a, const X509_NAME *name) {
    struct str s = text_of(a, name, NID_commonName);
    s = s.len ? s : text_of(a, name, NID_organizationalUnitName);
    return s.len ? s : text_of(a, name, NID_organizationName);
}

static struct instant instant_of(const ASN1_TIME *t) {
    struct tm tm;
    bool ok = t && ASN1_TIME_to_tm(t, &tm);
    return ok ? (struct instant){(int64_t)timegm(&tm) * 1000} : (struct instant){0};
}

/* Rows: digest, day from which no new signature may use it (empty: none), source. */
static bool is_digest_good(struct str digest, struct instant at) {
    struct str rest = FACTS_STR(sign_facts_digests), cells[3];
    while (facts_next(&rest, cells, 3)) {
        struct date until;
        if (str_eq(cells[0], digest)) {
            return !date_read_iso(cells[1], &until) || (at.ms && date_cmp(date_of(at), until) < 0);
        }
    }
    return false;
}

static void certificate_read(struct arena *a, X509 *x, struct sign_mark *m) {
    unsigned char *der = NULL;
    int n = i2d_X509(x, &der);
    BIGNUM *serial = ASN1_INTEGER_to_BN(X509_get0_serialNumber(x), NULL);
    char *hex = serial ? BN_bn2hex(serial) : NULL;
    m->name = name_of(a, X509_get_subject_name(x));
    m->organ = text_of(a, X509_get_subject_name(x), NID_organizationName);
    m->issuer = name_of(a, X509_get_issuer_name(x));
    m->serial = hex ? str_copy(a, str_of(hex)) : S("");
    m->certificate = n > 0 ? str_copy(a, (struct str){(const char *)der, (size_t)n}) : S("");
    m->valid_from = instant_of(X509_get0_notBefore(x));
    m->valid_to = instant_of(X509_get0_notAfter(x));
    OPENSSL_free(der);
    OPENSSL_free(hex);
    BN_free(serial);
}

static X509 *certificate_of(struct str der) {
    const unsigned char *at = (const unsigned char *)der.at;
    return d2i_X509(NULL, &at, (long)der.len);
}

/* A root counts on the days it was trusted. */
static X509_STORE *store_of(const struct sign_roots *roots, struct date on) {
    X509_STORE *store = X509_STORE_new();
    for (size_t i = 0; store && i < roots->all.n; i++) {
        const struct sign_root *r = &roots->all.at[i];
        bool is_in = (!r->from.year || date_cmp(r->from, on) <= 0) && (!r->to.year || date_cmp(on, r->to) <= 0);
        X509 *x = is_in ? certificate_of(r->der) : NULL;
        if (x) {
            X509_STORE_add_cert(store, x);
        }
        X509_free(x);
    }
    return store;
}

static enum sign_chain chain_of(int error) {
    switch (error) {
    case X509_V_OK: return SIGN_CHAIN_TRUSTED;
    case X509_V_ERR_CERT_HAS_EXPIRED: return SIGN_CHAIN_EXPIRED;
    case X509_V_ERR_CERT_NOT_YET_VALID: return SIGN_CHAIN_NOT_YET;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED: return SIGN_CHAIN_UNKNOWN;
    default: return SIGN_CHAIN_UNFIT;
    }
}

static bool may_sign(X509 *x) {
    uint32_t usage = X509_get_key_usage(x);
    return usage == UINT32_MAX || (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION));
}

static void chain_check(struct arena *a, X509 *signer, STACK_OF(X509) * others, const struct sign_roots *roots,
                        struct sign_mark *m) {
    struct instant at = m->signed_at.ms ? m->signed_at : clock_now();
    X509_STORE *store = store_of(roots, date_of(at));
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    m->chain = SIGN_CHAIN_UNFIT;
    if (store && ctx && X509_STORE_CTX_init(ctx, store, signer, others)) {
        X509_STORE_CTX_set_time(ctx, 0, (time_t)(at.ms / 1000));
        X509_STORE_CTX_set_flags(ctx, X509_V_FLAG_PARTIAL_CHAIN);
        bool ok = X509_verify_cert(ctx) == 1;
        m->chain = chain_of(ok ? X509_V_OK : X509_STORE_CTX_get_error(ctx));
        STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(ctx);
        int n = ok && chain ? sk_X509_num(chain) : 0;
        m->root = n ? name_of(a, X509_get_subject_name(sk_X509_value(chain, n - 1))) : S("");
    }
    if (m->chain == SIGN_CHAIN_TRUSTED && !may_sign(signer)) {
        m->chain = SIGN_CHAIN_UNFIT;
    }
    /* Beside a root that is not known, the days of the certificate itself are what a person wants to hear. */
    if (m->chain == SIGN_CHAIN_UNKNOWN && m->valid_to.ms && at.ms > m->valid_to.ms) {
        m->chain = SIGN_CHAIN_EXPIRED;
    }
    X509_STORE_CTX_free(ctx);
    X509_STORE_free(store);
}

static bool digest_right(struct str bytes, const struct sign_place *p, CMS_SignerInfo *si, struct sign_mark *m) {
    X509_ALGOR *algorithm = NULL;
    const ASN1_OBJECT *kind = NULL;
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    CMS_SignerInfo_get0_algs(si, NULL, NULL, &algorithm, NULL);
    X509_ALGOR_get0(&kind, NULL, NULL, algorithm);
    const EVP_MD *md = EVP_get_digestbyobj(kind);
    const ASN1_OCTET_STRING *said =
        CMS_signed_get0_data_by_OBJ(si, OBJ_nid2obj(NID_pkcs9_messageDigest), -3, V_ASN1_OCTET_STRING);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok = md && said && ctx && EVP_DigestInit_ex(ctx, md, NULL) &&
              EVP_DigestUpdate(ctx, bytes.at, (size_t)p->from) &&
              EVP_DigestUpdate(ctx, bytes.at + p->to, (size_t)(p->end - p->to)) && EVP_DigestFinal_ex(ctx, sum, &n);
    const char *name = md ? OBJ_nid2ln(EVP_MD_get_type(md)) : "";
    m->digest = str_of(name);
    EVP_MD_CTX_free(ctx);
    return ok && ASN1_STRING_length(said) == (int)n && memcmp(ASN1_STRING_get0_data(said), sum, n) == 0;
}

static int digit2(struct str s, size_t at) {
    return at + 1 < s.len && s.at[at] >= '0' && s.at[at] <= '9' && s.at[at + 1] >= '0' && s.at[at + 1] <= '9'
               ? (s.at[at] - '0') * 10 + s.at[at + 1] - '0'
               : 0;
}

/* "(D:20261123091200+07'00')" */
static struct instant date_written(const struct pdf_value *v) {
    struct str s = v && v->kind == PDF_STRING ? str_slice(v->raw, 1, v->raw.len) : S("");
    s = str_starts(s, S("D:")) ? str_slice(s, 2, s.len) : s;
    struct date d = {(int16_t)(digit2(s, 0) * 100 + digit2(s, 2)), (int8_t)digit2(s, 4), (int8_t)digit2(s, 6)};
    if (!date_valid(d)) {
        return (struct instant){0};
    }
    int64_t ms = date_number(d) * 86400000 + digit2(s, 8) * 3600000 + digit2(s, 10) * 60000 + digit2(s, 12) * 1000;
    int64_t off = digit2(s, 15) * 3600000 + digit2(s, 18) * 60000;
    char sign = s.len > 14 ? s.at[14] : 'Z';
    return (struct instant){sign == '+' ? ms - off : sign == '-' ? ms + off : ms};
}

static struct instant time_said(CMS_SignerInfo *si) {
    int at = CMS_signed_get_attr_by_NID(si, NID_pkcs9_signingTime, -1);
    X509_ATTRIBUTE *attribute = at >= 0 ? CMS_signed_get_attr(si, at) : NULL;
    const ASN1_TYPE *t = attribute ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;
    bool is_time = t && (t->type == V_ASN1_UTCTIME || t->type == V_ASN1_GENERALIZEDTIME);
    return is_time ? instant_of(t->value.asn1_string) : (struct instant){0};
}

static CMS_ContentInfo *cms_open(struct str der, struct sign_mark *m) {
    const unsigned char *at = (const unsigned char *)der.at;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)der.len);
    const char *rest = (const char *)at;
    bool is_signed = cms && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed;
    for (; is_signed && rest < der.at + der.len; rest++) {
        is_signed = *rest == 0;
    }
    STACK_OF(CMS_SignerInfo) *signers = is_signed ? CMS_get0_SignerInfos(cms) : NULL;
    if (!signers || sk_CMS_SignerInfo_num(signers) != 1) {
        m->fault = S("Nội dung chữ ký hỏng, có byte thừa, hoặc không phải một chữ ký PKCS #7; không xác minh được.");
        CMS_ContentInfo_free(cms);
        return NULL;
    }
    return cms;
}

static void signer_check(struct arena *a, struct str bytes, const struct sign_place *p, CMS_ContentInfo *cms,
                         const struct sign_roots *roots, struct sign_mark *m) {
    X509 *x = NULL;
    CMS_SignerInfo *si = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
    STACK_OF(X509) *others = CMS_get1_certs(cms);
    CMS_set1_signers_certs(cms, NULL, 0);
    CMS_SignerInfo_get0_algs(si, NULL, &x, NULL, NULL);
    if (!x) {
        m->fault = S("Chữ ký không kèm chứng thư của người ký; không xác minh được.");
    } else {
        struct instant said = time_said(si);
        certificate_read(a, x, m);
        m->signed_at = said.ms ? said : date_written(pdf_member(&p->dict, "M"));
        m->is_digest_right = digest_right(bytes, p, si, m);
        m->is_signature_right = CMS_SignerInfo_verify(si) == 1;
        m->is_weak = !is_digest_good(m->digest, m->signed_at);
        chain_check(a, x, others, roots, m);
    }
    sk_X509_pop_free(others, X509_free);
    ERR_clear_error();
}

void sign_cms_check(struct arena *a, struct str bytes, const struct sign_place *p, const struct sign_roots *roots,
                    struct sign_mark *m) {
    const struct pdf_value *filter = pdf_member(&p->dict, "SubFilter");
    m->end = p->end;
    m->signed_bytes = p->from + (p->end - p->to);
    m->sub_filter = filter && filter->kind == PDF_NAME ? str_slice(str_copy(a, filter->text), 0, 60) : S("");
    m->is_stamp = str_eq(m->sub_filter, S("ETSI.RFC3161"));
    if (p->fault) {
        m->fault = str_of(p->fault);
        return;
    }
    if (m->is_stamp) {
        m->fault = S("Dấu thời gian của cả văn bản: phần mềm này chưa xác minh.");
        return;
    }
    if (!pdf_is_name(filter, "ETSI.CAdES.detached") && !pdf_is_name(filter, "adbe.pkcs7.detached")) {
        m->fault = S("Chữ ký theo kiểu cũ hoặc kiểu lạ, không phải PAdES hay PKCS #7 tách rời; không xác minh được.");
        return;
    }
    CMS_ContentInfo *cms = cms_open(p->cms, m);
    if (cms) {
        signer_check(a, bytes, p, cms, roots, m);
        CMS_ContentInfo_free(cms);
    }
    ERR_clear_error();
}

struct str sign_der(struct arena *a, struct str bytes) {
    BIO *in = BIO_new_mem_buf(bytes.at, (int)(bytes.len > 1 << 20 ? 0 : bytes.len));
    X509 *x = in ? PEM_read_bio_X509(in, NULL, NULL, NULL) : NULL;
    unsigned char *der = NULL;
    x = x ? x : certificate_of(bytes);
    int n = x ? i2d_X509(x, &der) : 0;
    struct str s = n > 0 ? str_copy(a, (struct str){(const char *)der, (size_t)n}) : S("");
    OPENSSL_free(der);
    X509_free(x);
    BIO_free(in);
    ERR_clear_error();
    return s;
}

struct str sign_der_name(struct arena *a, struct str der) {
    X509 *x = certificate_of(der);
    struct str s = x ? name_of(a, X509_get_subject_name(x)) : S("");
    X509_free(x);
    return s;
}

void sign_ready(void) {
    OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_ADD_ALL_DIGESTS | OPENSSL_INIT_ADD_ALL_CIPHERS |
                            OPENSSL_INIT_LOAD_CONFIG,
                        NULL);
    EVP_MD *md = EVP_MD_fetch(NULL, "SHA2-256", NULL);
    EVP_MD_free(md);
}
