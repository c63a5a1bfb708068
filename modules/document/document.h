/* Văn phòng điện tử, văn bản đến: registers documents that come in, presents them, directs them to those who lead,
   cooperate or are informed, follows their deadlines, and closes them. Every change writes an audit entry, a step of
   the thread, an event and the tabs it moves between, in one transaction.
   needs: db erase file http index kernel org out page port read rights search/words shell queue */
#ifndef MODULES_DOCUMENT_DOCUMENT_H
#define MODULES_DOCUMENT_DOCUMENT_H
#include "kernel/rights/access.h"
#include "kernel/rights/auth.h"
#include "kernel/file/file.h"
#include "kernel/db/id.h"
#include "kernel/db/ids/document_doc.h"
#include "kernel/module.h"

extern const struct module document_module;

/* ---- Tabs: where a document stands for whom. Lists and counters come from the same rows. */
enum document_box {
    DOCUMENT_BOX_ALL = 0,
    DOCUMENT_BOX_DRAFT,     /* chờ vào sổ: uploaded, no number yet */
    DOCUMENT_BOX_RECEIVED,  /* chờ trình */
    DOCUMENT_BOX_PRESENTED, /* chờ chỉ đạo */
    DOCUMENT_BOX_WAITING,   /* chờ tiếp nhận: a line to lead or cooperate, not taken yet */
    DOCUMENT_BOX_WORKING,   /* đang xử lý */
    DOCUMENT_BOX_SOON,      /* sắp đến hạn: open, due today or in the next DOCUMENT_SOON_DAYS days */
    DOCUMENT_BOX_LATE,      /* quá hạn: open, due before today */
    DOCUMENT_BOX_REPORTED,  /* chờ kết thúc: the lead reported done */
    DOCUMENT_BOX_RETURNED,  /* trả lại */
    DOCUMENT_BOX_GIVEN,     /* đã giao: directed by this post, still open */
    DOCUMENT_BOX_INFORM,    /* nhận để biết, not opened yet */
    DOCUMENT_BOX_DONE,      /* đã xử lý */
    DOCUMENT_BOX_CLOSED,    /* đã kết thúc */
    DOCUMENT_BOX_VOID,      /* đã hủy đăng ký */
    DOCUMENT_BOXES
};
enum { DOCUMENT_SOON_DAYS = 3 };
struct str document_box_code(enum document_box box);  /* "late": in addresses, /document?tab=late */
struct str document_box_title(enum document_box box); /* Vietnamese */
/* The code's box; false when there is none. */
bool document_box_of_code(struct str code, enum document_box *box);

struct document_counts {
    int64_t n[DOCUMENT_BOXES];
};
/* All tabs of a post at once, from kept counters: one indexed read whatever the size of the register. */
struct err document_counts(struct db_read *db, struct post_id post, struct date today, struct document_counts *counts);

/* One row of any list. */
struct document_row {
    struct document_doc_id id;
    int64_t line; /* the receiver's line this row stands for; 0: the document itself */
    struct str subject;
    struct str code; /* 1187/SNNMT-GN */
    struct str type; /* KH, BC, CV …: document_types of document_facts.h */
    struct str issuer;
    struct str field;     /* code of document_fields */
    struct str state;     /* as in document.sql */
    struct str role;      /* of the line: lead, cooperate, inform; empty without a line */
    struct str lead_name; /* who has it */
    int64_t priority;     /* 0 to 3 */
    int64_t arrival_no;   /* 0: not registered */
    struct date arrival_on;
    struct date issued_on;
    struct date due_on; /* of the line where there is one, else of the document */
    struct date done_on;
    int64_t days;          /* from today to due_on; negative: late by so many */
    bool is_late, is_soon; /* only while open */
    bool is_new;           /* the receiver has not opened it */
    struct str signer, note;
    int64_t arrival; /* for paging */
};
struct document_rows {
    struct document_row *at;
    size_t n;
};
/* The first rows of a tab: late, soon by deadline, all others newest first. limit at most 100. */
struct err document_box_list(struct db_read *db, const struct who *who, enum document_box box, struct date today,
                             size_t limit, struct document_rows *rows);
/* "quá hạn 3 ngày", "hạn hôm nay", "còn 2 ngày", "" without a deadline. */
struct str document_due_words(struct arena *a, const struct document_row *row);

/* ---- One document, as far as this post may see it. */
struct document_by_id_row;
/* ERR_MISSING when there is none, or the post may not read it; *bits (may be NULL): what the post may do (enum can). */
struct err document_find(struct db_read *db, struct document_doc_id id, const struct who *who,
                         struct document_by_id_row **doc, unsigned *bits);

/* ---- From another office of the system (modules/outgoing). */
struct document_delivery {
    struct unit_id organ; /* whose document it becomes: a draft its clerks register */
    struct unit_id issuer;
    struct str issuer_name, type, code, subject, field, signer;
    int64_t priority;
    struct date issued_on, due_on;
    struct file_blob_id file; /* the issued bytes; 0: none */
    struct str file_name, sha256;
    int64_t file_size;
    struct str provenance; /* the first step of its thread: from where it came */
};
/* Asks no right: the act of the sender did. */
struct err document_receive(struct db_write *db, const struct document_delivery *delivery, struct document_doc_id *id);
/* A step in its thread, told to who keeps and who works on it: "Cơ quan gửi đã thu hồi …". */
struct err document_sender_says(struct db_write *db, struct document_doc_id id, struct str words);

/* ---- Words of codes. */
struct document_word {
    struct str code;
    struct str name;
};
extern const struct document_word document_fields[]; /* lĩnh vực; ended by an empty code */
extern const struct document_word document_states[];
extern const struct document_word document_priorities[];
extern const struct document_word document_roles[];                           /* lead: chủ trì … */
struct str document_word(const struct document_word *words, struct str code); /* the code itself when unknown */
struct str document_priority_name(int64_t priority);

/* ---- For other businesses: kept files become a draft of the clerk's organ, the first its paper, the others annexes;
   words say where it came from. DENIED for who is no clerk. */
struct document_taken_file {
    struct file_blob_id file;
    struct str name;
    int64_t size;
};
struct document_taken {
    const struct document_taken_file *files;
    size_t n;
    struct str words;
};
struct err document_take(struct db_write *db, const struct who *who, const struct document_taken *taken,
                         struct document_doc_id *id);

/* Believable documents of about the last fourteen months; needs org's demonstration. */
struct err document_demo(struct db_write *db, struct arena *arena);
/* The one gate of every way in: whether a page, or a text without pages, bears a secrecy stamp (decision 0067). *seen:
   as read. Whatever comes in to be read asks it before it keeps a word; seen, nobody reads on until who brought it
   says. */
struct read_page;
bool document_bears_stamp(struct arena *a, const struct read_page *page, struct str *seen);
bool document_text_bears_stamp(struct arena *a, struct str text, struct str *seen);
struct str document_secret_words(void); /* why a paper was destroyed, as a person reads it */
/* Why it is held back, and until when who brought it may answer. */
struct str document_sealed_words(struct arena *a, int64_t page, struct date until);
#endif
