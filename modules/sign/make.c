/* Signing: what is appended to a PDF so that it bears one signature more. The bytes that were there stay as they are,
   so that earlier signatures still hold. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/sign/inside.h"
#include "read/read.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>
#include <time.h>

#include "base/banned.h"

enum { UPDATE_MOST = 4 << 20, CMS_ROOM = 6000 };

/* ---- The key */

struct opened_key {
    EVP_PKEY *key;
    X509 *x;
    STACK_OF(X509) * others;
};

static const char *key_open(struct arena *a, const struct sign_key *k, struct instant at, struct opened_key *out) {
    const unsigned char *bytes = (const unsigned char *)k->p12.at;
    PKCS12 *p12 = d2i_PKCS12(NULL, &bytes, (long)k->p12.len);
    char *password = str_z(a, k->password);
    if (!p12) {
        return "Tệp khóa không phải tệp PKCS #12 (.p12, .pfx).";
    }
    bool ok = PKCS12_parse(p12, password, &out->key, &out->x, &out->others) == 1;
    OPENSSL_cleanse(password, k->password.len);
    PKCS12_free(p12);
    if (!ok) {
        return "Mật khẩu của tệp khóa không đúng, hoặc tệp dùng cách mã hóa đã bị bỏ.";
    }
    if (!out->key || !out->x) {
        return "Tệp khóa không có đủ khóa riêng và chứng thư.";
    }
    time_t t = (time_t)(at.ms / 1000);
    if (X509_cmp_time(X509_get0_notAfter(out->x), &t) < 0) {
        return "Chứng thư của khóa này đã hết hạn; không ký được.";
    }
    if (X509_cmp_time(X509_get0_notBefore(out->x), &t) > 0) {
        return "Chứng thư của khóa này chưa có hiệu lực; chưa ký được.";
    }
    uint32_t usage = X509_get_key_usage(out->x);
    bool may = usage == UINT32_MAX || (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION));
    return may ? NULL : "Chứng thư của khóa này không dùng để ký.";
}

static void key_close(struct opened_key *k) {
    EVP_PKEY_free(k->key);
    X509_free(k->x);
    sk_X509_pop_free(k->others, X509_free);
    ERR_clear_error();
}

static size_t cms_room(const struct opened_key *k) {
    size_t n = CMS_ROOM + (size_t)i2d_X509(k->x, NULL) + 2 * (size_t)EVP_PKEY_get_size(k->key);
    for (int i = 0; i < sk_X509_num(k->others); i++) {
        n += (size_t)i2d_X509(sk_X509_value(k->others, i), NULL);
    }
    return n;
}

/* The time that stands in the file too; left to itself, OpenSSL would ask the machine's clock. */
static bool time_put(CMS_SignerInfo *si, struct instant at) {
    ASN1_TIME *t = ASN1_TIME_set(NULL, (time_t)(at.ms / 1000));
    bool ok = si && t && CMS_signed_add1_attr_by_NID(si, NID_pkcs9_signingTime, t->type, t, -1) == 1;
    ASN1_TIME_free(t);
    return ok;
}

static struct str cms_make(struct arena *a, const struct opened_key *k, struct instant at, struct str before,
                           struct str after) {
    enum { FLAGS = CMS_BINARY | CMS_DETACHED | CMS_PARTIAL };
    struct str made = S("");
    unsigned char *der = NULL;
    BIO *in = BIO_new(BIO_s_mem());
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, FLAGS);
    bool ok = in && cms && BIO_write(in, before.at, (int)before.len) == (int)before.len &&
              BIO_write(in, after.at, (int)after.len) == (int)after.len;
    CMS_SignerInfo *si =
        ok ? CMS_add1_signer(cms, k->x, k->key, EVP_sha256(), FLAGS | CMS_CADES | CMS_NOSMIMECAP) : NULL;
    ok = time_put(si, at);
    for (int i = 0; ok && i < sk_X509_num(k->others); i++) {
        ok = CMS_add1_cert(cms, sk_X509_value(k->others, i)) == 1;
    }
    ok = ok && CMS_final(cms, in, NULL, CMS_BINARY | CMS_DETACHED) == 1;
    int n = ok ? i2d_CMS_ContentInfo(cms, &der) : 0;
    if (n > 0) {
        made = str_copy(a, (struct str){(const char *)der, (size_t)n});
    }
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    BIO_free(in);
    return made;
}

/* ---- The update */

struct updating {
    struct arena *arena;
    struct pdf pdf;
    struct buf b;             /* appended so far */
    size_t base;              /* length of the file */
    int64_t root, page, form; /* form 0: within the catalog, or none yet */
    const struct pdf_value *catalog, *page_dict, *form_dict;
    int64_t next; /* number of the signature; the field's is the next one */
    LIST(int64_t) numbers, offsets;
    size_t gap_at, gap_n, range_at; /* in b */
};

static void object_begin(struct updating *u, int64_t number) {
    LIST_ADD(u->arena, &u->numbers, number);
    LIST_ADD(u->arena, &u->offsets, (int64_t)(u->base + u->b.len));
    buf_printf(&u->b, "%lld 0 obj\n", (long long)number);
}

/* A dictionary's members but one, as they are written. */
static void members_but(struct buf *b, const struct pdf_value *dict, const char *const *but) {
    for (size_t i = 0; dict && i + 1 < dict->items.n; i += 2) {
        bool is_out = false;
        for (const char *const *k = but; *k; k++) {
            is_out = is_out || str_eq(dict->items.at[i].text, str_of(*k));
        }
        if (!is_out) {
            buf_put(b, dict->items.at[i].raw);
            BUF_LIT(b, " ");
            buf_put(b, dict->items.at[i + 1].raw);
            BUF_LIT(b, "\n");
        }
    }
}

static void list_with(struct updating *u, const struct pdf_value *dict, const char *key) {
    const struct pdf_value *list = pdf_get(&u->pdf, dict, key);
    buf_printf(&u->b, "/%s [", key);
    for (size_t i = 0; list && list->kind == PDF_ARRAY && i < list->items.n; i++) {
        buf_put(&u->b, list->items.at[i].raw);
        BUF_LIT(&u->b, " ");
    }
    buf_printf(&u->b, "%lld 0 R]\n", (long long)(u->next + 1));
}

static const char *first_page(struct updating *u) {
    const struct pdf_value *ref = pdf_member(u->catalog, "Pages");
    for (int i = 0; i < 40 && ref && ref->kind == PDF_REF; i++) {
        const struct pdf_value *v = pdf_of(&u->pdf, ref), *kids = pdf_get(&u->pdf, v, "Kids");
        if (pdf_is_name(pdf_member(v, "Type"), "Page")) {
            u->page = ref->number;
            u->page_dict = v;
            return NULL;
        }
        ref = kids && kids->kind == PDF_ARRAY && kids->items.n ? &kids->items.at[0] : NULL;
    }
    return "Không tìm thấy trang đầu của tệp PDF; tệp hỏng hoặc lạ.";
}

static bool is_closed_to_changes(struct updating *u) {
    const struct pdf_value *perms = pdf_get(&u->pdf, u->catalog, "Perms"), *mark = pdf_get(&u->pdf, perms, "DocMDP"),
                           *refs = pdf_get(&u->pdf, mark, "Reference");
    const struct pdf_value *first = refs && refs->kind == PDF_ARRAY && refs->items.n ? &refs->items.at[0] : NULL;
    const struct pdf_value *how = pdf_get(&u->pdf, pdf_of(&u->pdf, first), "TransformParams");
    return mark && pdf_int(pdf_get(&u->pdf, how, "P"), 2) == 1;
}

static const char *update_begin(struct updating *u, struct str bytes) {
    if (!str_starts(bytes, S("%PDF-")) || !pdf_open(u->arena, bytes, &u->pdf)) {
        return "Không đọc được tệp này như một tệp PDF lành lặn; mời xuất lại PDF rồi ký.";
    }
    const struct pdf_value *root = pdf_member(&u->pdf.trailer, "Root");
    if (pdf_member(&u->pdf.trailer, "Encrypt")) {
        return "Tệp PDF đặt mật khẩu; mời bỏ mật khẩu rồi ký.";
    }
    u->catalog = pdf_of(&u->pdf, root);
    if (!root || root->kind != PDF_REF || !pdf_is_name(pdf_member(u->catalog, "Type"), "Catalog")) {
        return "Tệp PDF không có mục lục trang; tệp hỏng hoặc lạ.";
    }
    if (is_closed_to_changes(u)) {
        return "Người ký trước đã khóa tệp này, không cho ký thêm.";
    }
    const struct pdf_value *form = pdf_member(u->catalog, "AcroForm");
    u->root = root->number;
    u->form_dict = pdf_of(&u->pdf, form);
    u->form = form && form->kind == PDF_REF && u->form_dict ? form->number : 0;
    u->next = u->pdf.size;
    return first_page(u);
}

/* One letter of UTF-8, and how many bytes it has. */
static unsigned letter(struct str s, size_t *n) {
    unsigned char first = (unsigned char)s.at[0];
    *n = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    unsigned code = *n == 1 ? first : first & (0x7FU >> *n);
    for (size_t i = 1; i < *n && i < s.len; i++) {
        code = code << 6 | ((unsigned char)s.at[i] & 0x3FU);
    }
    return code;
}

static void text_put(struct buf *b, struct str s) {
    size_t n;
    BUF_LIT(b, "<FEFF");
    for (; s.len; s = str_slice(s, n, s.len)) {
        unsigned code = letter(s, &n);
        buf_printf(b, "%04X", code < 0x10000 ? code : 0xFFFD);
    }
    BUF_LIT(b, ">");
}

static void signature_put(struct updating *u, const struct opened_key *k, const struct sign_making *making) {
    struct date d = date_of(making->at);
    int hour, minute, second;
    instant_clock(making->at, &hour, &minute, &second);
    object_begin(u, u->next);
    BUF_LIT(&u->b, "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n/ByteRange [0 ");
    u->range_at = u->b.len;
    BUF_LIT(&u->b, "0000000000 0000000000 0000000000]\n");
    buf_printf(&u->b, "/M (D:%04d%02d%02d%02d%02d%02d+07'00')\n/Name ", d.year, d.month, d.day, hour, minute, second);
    unsigned char *der = NULL;
    int n = i2d_X509(k->x, &der);
    text_put(&u->b, n > 0 ? sign_der_name(u->arena, (struct str){(const char *)der, (size_t)n}) : S(""));
    OPENSSL_free(der);
    BUF_LIT(&u->b, "\n/Contents ");
    u->gap_at = u->b.len;
    u->gap_n = 2 * cms_room(k) + 2;
    buf_put_char(&u->b, '<');
    for (size_t i = 2; i < u->gap_n; i++) {
        buf_put_char(&u->b, '0');
    }
    BUF_LIT(&u->b, "> >>\nendobj\n");
    object_begin(u, u->next + 1);
    buf_printf(
        &u->b,
        "<< /Type /Annot /Subtype /Widget /FT /Sig /T (ChuKy%lld) /V %lld 0 R /F 132 /Rect [0 0 0 0] /P %lld 0 R "
        ">>\nendobj\n",
        (long long)u->next, (long long)u->next, (long long)u->page);
}

static void form_put(struct updating *u) {
    static const char *const but[] = {"Fields", "SigFlags", NULL};
    BUF_LIT(&u->b, "<< ");
    members_but(&u->b, u->form_dict, but);
    list_with(u, u->form_dict, "Fields");
    BUF_LIT(&u->b, "/SigFlags 3 >>\n");
}

static void places_put(struct updating *u) {
    static const char *const annots[] = {"Annots", NULL}, *const form[] = {"AcroForm", NULL};
    object_begin(u, u->page);
    BUF_LIT(&u->b, "<< ");
    members_but(&u->b, u->page_dict, annots);
    list_with(u, u->page_dict, "Annots");
    BUF_LIT(&u->b, ">>\nendobj\n");
    object_begin(u, u->form ? u->form : u->root);
    if (!u->form) {
        BUF_LIT(&u->b, "<< ");
        members_but(&u->b, u->catalog, form);
        BUF_LIT(&u->b, "/AcroForm ");
    }
    form_put(u);
    buf_put(&u->b, u->form ? S("endobj\n") : S(">>\nendobj\n"));
}

static void trailer_members(struct updating *u, int64_t size) {
    const struct pdf_value *info = pdf_member(&u->pdf.trailer, "Info"), *id = pdf_member(&u->pdf.trailer, "ID");
    buf_printf(&u->b, "/Size %lld /Root %lld 0 R /Prev %lld", (long long)size, (long long)u->root,
               (long long)u->pdf.startxref);
    if (info) {
        BUF_LIT(&u->b, " /Info ");
        buf_put(&u->b, info->raw);
    }
    if (id) {
        BUF_LIT(&u->b, " /ID ");
        buf_put(&u->b, id->raw);
    }
}

/* A table of the kind the file has already. */
static void table_put(struct updating *u) {
    int64_t at = (int64_t)(u->base + u->b.len);
    if (!u->pdf.is_stream) {
        BUF_LIT(&u->b, "xref\n0 1\n0000000000 65535 f \n");
        for (size_t i = 0; i < u->numbers.n; i++) {
            buf_printf(&u->b, "%lld 1\n%010lld 00000 n \n", (long long)u->numbers.at[i], (long long)u->offsets.at[i]);
        }
        BUF_LIT(&u->b, "trailer\n<< ");
        trailer_members(u, u->next + 2);
        BUF_LIT(&u->b, " >>\n");
    } else {
        object_begin(u, u->next + 2);
        BUF_LIT(&u->b, "<< /Type /XRef /W [1 5 2] /Index [");
        for (size_t i = 0; i < u->numbers.n; i++) {
            buf_printf(&u->b, "%lld 1 ", (long long)u->numbers.at[i]);
        }
        buf_printf(&u->b, "] /Length %zu ", 8 * u->numbers.n);
        trailer_members(u, u->next + 3);
        BUF_LIT(&u->b, " >>\nstream\n");
        for (size_t i = 0; i < u->numbers.n; i++) {
            buf_put_char(&u->b, 1);
            for (int k = 32; k >= 0; k -= 8) {
                buf_put_char(&u->b, (char)(u->offsets.at[i] >> k & 255));
            }
            buf_put(&u->b, S("\0\0"));
        }
        BUF_LIT(&u->b, "\nendstream\nendobj\n");
    }
    buf_printf(&u->b, "startxref\n%lld\n%%%%EOF\n", (long long)at);
}

static const char *gap_fill(struct updating *u, struct str bytes, const struct opened_key *k, struct instant at) {
    static const char digits[] = "0123456789ABCDEF";
    size_t from = u->base + u->gap_at, to = from + u->gap_n, end = u->base + u->b.len;
    struct str range = str_format(u->arena, "%010zu %010zu %010zu", from, to, end - to);
    memcpy(u->b.at + u->range_at, range.at, range.len);
    struct buf all = buf_in(u->arena);
    buf_put(&all, bytes);
    buf_put(&all, str_slice(buf_str(&u->b), 0, u->gap_at));
    struct str before = buf_str(&all);
    struct str cms = cms_make(u->arena, k, at, before, str_slice(buf_str(&u->b), u->gap_at + u->gap_n, u->b.len));
    if (!cms.len || cms.len * 2 + 2 > u->gap_n) {
        return "Khóa này không ký được.";
    }
    for (size_t i = 0; i < cms.len; i++) {
        unsigned char c = (unsigned char)cms.at[i];
        u->b.at[u->gap_at + 1 + 2 * i] = digits[c >> 4];
        u->b.at[u->gap_at + 2 + 2 * i] = digits[c & 15];
    }
    return NULL;
}

void sign_update_make(struct arena *a, struct str bytes, const struct sign_key *key, const struct sign_making *making,
                      struct sign_update *out) {
    struct updating u = {.arena = a, .b = buf_in(a), .base = bytes.len};
    struct opened_key k = {0};
    *out = (struct sign_update){.fault = update_begin(&u, bytes)};
    out->field = out->fault ? "file" : "key";
    out->fault = out->fault ? out->fault : key_open(a, key, making->at, &k);
    if (!out->fault) {
        buf_put(&u.b, str_ends(bytes, S("\n")) ? S("") : S("\n"));
        signature_put(&u, &k, making);
        places_put(&u);
        table_put(&u);
        out->fault = gap_fill(&u, bytes, &k, making->at);
        out->bytes = buf_str(&u.b);
    }
    key_close(&k);
}

/* ---- In a child */

struct making_in_child {
    const struct sign_key *key;
    const struct sign_making *making;
};

static void child_say(struct buf *out, struct str bytes, void *thing) {
    struct making_in_child *m = thing;
    struct sign_update u;
    sign_update_make(out->arena, bytes, m->key, m->making, &u);
    buf_put_char(out, u.fault ? '-' : '+');
    if (u.fault) {
        buf_printf(out, "%s\t%s", u.field, u.fault);
    } else {
        buf_put(out, u.bytes);
    }
}

struct err sign_make(struct arena *a, const char *path, const struct sign_key *key, const struct sign_making *making,
                     struct str *out) {
    struct str field, words;
    struct making_in_child m = {key, making};
    struct read_run run = {.say = child_say, .thing = &m, .most = UPDATE_MOST};
    struct read_part part = {.path = path, .n = read_limits_usual.unpacked};
    sign_ready();
    TRY(read_run(a, &part, &read_limits_usual, &run, out));
    bool is_made = str_starts(*out, S("+"));
    *out = str_slice(*out, 1, out->len);
    if (is_made) {
        return OK;
    }
    /* What a child says of a fault is words of ours, or the child is broken. */
    bool is_told = utf8_valid(*out) && str_cut(*out, S("\t"), &field, &words);
    return is_told ? err_refuse(a, ERR_INVALID, str_z(a, field), "%.*s", STR_ARG(words))
                   : FAIL(ERR_BROKEN, "the signing child said nothing");
}
