/* What a scanned document says about itself: number, date, issuer, type, subject, signer … suggested from its words and
   their places by the layout of NĐ 30/2020/NĐ-CP (Appendix I), the Front's and the Party's. Only suggestions:
   each says how sure it is and where it was read, and a person confirms. Pure: no database, no clock but `today`. */
#ifndef MODULES_DOCUMENT_DOCUMENT_FACTS_H
#define MODULES_DOCUMENT_DOCUMENT_FACTS_H
#include "base/list.h"
#include "base/str.h"
#include "base/time.h"
#include "read/read.h"

struct arena;

struct document_fact {
    struct str value; /* empty: not found. For dates: yyyy-mm-dd */
    struct str seen;  /* the words as read, before mending */
    int confidence;   /* 0 to 100; under 60 the form asks to look twice */
    int64_t page;     /* where; 0 when not from a place */
    struct read_box box;
};

enum document_urgency {
    URGENCY_NONE,
    URGENCY_URGENT /* khẩn */,
    URGENCY_VERY /* thượng khẩn */,
    URGENCY_FLASH /* hỏa tốc */
};

struct document_facts {
    struct document_fact number;   /* số: "249"; empty when written by hand and not readable */
    struct document_fact notation; /* ký hiệu: "MTTQ-BTT", "QĐ-TTg" */
    struct document_fact code;     /* both: "23/2023/QĐ-TTg", "249/MTTQ-BTT" */
    struct document_fact issued_on;
    struct document_fact place; /* địa danh: "Hải Phòng" */
    struct document_fact
        issuer; /* cơ quan ban hành, as printed, in upper case mended to the known spelling when known */
    struct document_fact issuer_parent;
    struct document_fact type;       /* code of document_types below: "QĐ", "CV" … */
    struct document_fact subject;    /* trích yếu */
    struct document_fact competence; /* TM. KT. TL. TUQ. Q. with its line: "TM. BAN THƯỜNG TRỰC" */
    struct document_fact position;   /* chức vụ: "CHỦ TỊCH" */
    struct document_fact signer;     /* họ tên */
    struct document_fact urgency;    /* "1".."3" of enum document_urgency */
    struct document_fact due_on;     /* "trước ngày …" asked by the text */
    struct document_fact secret;     /* a stamp Mật, Tối mật or Tuyệt mật, "1".."3": must not be kept (R34) */
};

/* One kind of document, by law or by use. */
struct document_type {
    struct str code;        /* "QĐ"; "CV" for công văn, which prints none */
    struct str name;        /* "Quyết định" */
    struct str since;       /* yyyy-mm-dd in force */
    struct str source;      /* the law it comes from */
    bool is_administrative; /* one of the 29 of NĐ 30/2020/NĐ-CP, Appendix III */
};
extern const struct document_type document_types[];
extern const size_t document_types_n;
const struct document_type *document_type_by_code(struct str code); /* NULL when unknown */
const struct document_type *
document_type_by_name(struct str name); /* any case, with or without diacritics; NULL when unknown */

/* Whether the recipients stand on this page ("Nơi nhận:"), and so the signature: of a long paper with annexes, the page
 * to give. */
bool document_facts_is_signed(const struct read_page *page);

/* pages: those read so far, at least the first; one that is signed, or the last, is looked at for the signer.
   today: later dates are not believed. */
void document_facts_find(struct arena *a, const struct read_page *pages, size_t n, struct date today,
                         struct document_facts *out);
#endif
