/* Chữ ký số: verifies every signature of a PDF (who, when, over which bytes, whether they are still those, whether the
   certificate leads to a root that is trusted), and signs PDF files with a key of a
   person's or the organ's. Files are read in the reader's sandboxed child. docs/sign.md shows the smallest use.
   needs: kernel page read */
#ifndef MODULES_SIGN_SIGN_H
#define MODULES_SIGN_SIGN_H
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"
#include "kernel/module.h"

extern const struct module sign_module;

/* A certificate whose word is taken, and from when to when. */
struct sign_root {
    struct str name;      /* as the certificate calls itself */
    struct str der;       /* the certificate */
    struct date from, to; /* days on which what it signed is trusted; none: always */
    struct str source;    /* where it was had from */
};
struct sign_roots {
    LIST(struct sign_root) all;
};

/* What stands in the file behind the bytes that were signed. */
enum sign_after {
    SIGN_AFTER_NOTHING = 0, /* the whole file is signed */
    SIGN_AFTER_SIGNATURES,  /* only further signatures, each of them right */
    SIGN_AFTER_OTHER,       /* something else, or nobody can tell */
};
enum sign_chain {
    SIGN_CHAIN_TRUSTED = 0,
    SIGN_CHAIN_UNKNOWN, /* leads to no root that is trusted */
    SIGN_CHAIN_EXPIRED, /* not any more, when it was signed */
    SIGN_CHAIN_NOT_YET, /* not yet, when it was signed */
    SIGN_CHAIN_UNFIT,   /* not for signing, or something else is wrong with it */
};

struct sign_mark {
    struct str name, organ; /* of the signer, as the certificate says */
    struct str issuer, serial, root;
    struct str sub_filter, digest;       /* "sha256" */
    struct str certificate;              /* DER */
    struct str fault;                    /* Vietnamese: why nothing can be said of it; empty: what follows holds */
    struct instant signed_at;            /* as the signer's machine says; {0}: it does not say */
    struct instant valid_from, valid_to; /* of the certificate */
    int64_t signed_bytes, end;           /* how many bytes are signed; where they end in the file */
    enum sign_after after;
    enum sign_chain chain;
    bool is_digest_right, is_signature_right, is_weak; /* weak: of a digest that is no longer accepted */
    bool is_stamp;                                     /* a time-stamp of the whole document: nobody's consent */
};
struct sign_report {
    LIST(struct sign_mark) marks; /* in the order of what they cover */
    int64_t size;
};

/* Every signature of a PDF. No marks: it bears none. INVALID at field "file" when it cannot be read, BUSY as in
   read/read.h. */
struct err sign_look(struct arena *a, const char *path, const struct sign_roots *roots, struct sign_report *out);
/* Whether all is well: intact, by a certificate that leads to a root, over everything but later signatures. */
bool sign_is_good(const struct sign_mark *m);
/* One plain line: "Nguyễn Văn A ký 09:12 23/11/2026: còn nguyên, chứng thư hợp lệ lúc ký". */
struct str sign_words(struct arena *a, const struct sign_mark *m);

/* Roots in a folder: *.pem, *.crt, *.cer, *.der; roots.tsv there may date them (file, from, to, source). */
struct err sign_roots_read(struct arena *a, const char *folder, struct sign_roots *out);

/* ---- Signing */

struct sign_key {
    struct str p12, password; /* the bytes of a PKCS#12 file */
};
struct sign_making {
    struct instant at; /* written as the time of signing */
};
/* What is to be appended to a PDF so that it bears one signature more. INVALID with a Vietnamese sentence at field
   "key" or "password" (wrong password, expired, no key in it), or at "file" (no PDF, encrypted, closed to changes). */
struct err sign_make(struct arena *a, const char *path, const struct sign_key *key, const struct sign_making *making,
                     struct str *out);
#endif
