/* A packet of the document exchange (edXML, QCVN 102:2016/BTTTT): XML of any dialect ↔ plain structs, its attachments
   taken out and looked at, and which receipt may follow which. Pure: no database, no network, no files; no DTD and no
   entities. What comes from outside is for a process of its own; docs/edxml.md shows the smallest use.
   needs: nothing */
#ifndef EDXML_EDXML_H
#define EDXML_EDXML_H
#include "base/err.h"
#include "base/list.h"

struct arena;

enum edxml_business { EDXML_NEW, EDXML_RECALL, EDXML_UPDATE, EDXML_REPLACE, EDXML_BUSINESS_UNKNOWN };

/* Every text is NFC without white space at its ends; empty: not there. Days are yyyy-mm-dd, instants
   yyyy-mm-ddThh:mm:ss of the sender's clock; what could not be read as one stays as it was written. */
struct edxml_organ {
    struct str id, in_charge, name, address, email, telephone, fax, website;
};
struct edxml_answered { /* ResponseFor: the document this one answers */
    struct str organ, code, document_id, date;
};
struct edxml_trace {
    struct str organ, at;
};
struct edxml_receiver {     /* of an update */
    struct str organ, type; /* "1" added, "0" taken out */
};
struct edxml_replaced {
    struct str document_id;
    LIST(struct str) organs;
};
/* An element the standard does not have. It goes out again where it came from. */
struct edxml_unknown {
    struct str parent; /* edXMLHeader/MessageHeader */
    struct str name;   /* with its namespace in braces, when that is not the packet's */
    struct str xml;
};
struct edxml_reference { /* a line of the manifest */
    struct str content_id, type, description, name;
};
struct edxml_attachment {
    struct str content_id, declared_name, description, declared_type;
    struct str content; /* the bytes, decoded */
    /* What edxml_read found out: */
    struct str name;          /* without folders and what no system likes */
    struct str manifest_type; /* when the manifest says another type */
    struct str sha256;        /* 64 digits */
    struct str sniffed;       /* the type by its bytes */
    struct str office;        /* docx, xlsx, pptx, odt, ods: a container that is the document itself */
    bool is_transport_zip;    /* zipped by a peer on its way: one entry named by a UUID */
    struct str inner_name, inner, inner_sha256;
};

struct edxml_packet {
    bool is_status;
    struct edxml_organ from;
    LIST(struct edxml_organ) to;
    struct str document_id, number, notation, place, date, type, type_detail, type_name, subject, content;
    struct str competence, position, signer, due, priority, sphere, typer_notation, copies, pages, reply_fors,
        direction;
    struct str reference_codes, steering, application_type;
    LIST(struct str) appendixes;
    LIST(struct str) task_codes;
    LIST(struct str) to_places;
    LIST(struct edxml_answered) answers;
    LIST(struct edxml_trace) traces;
    struct str business_id, business_type, reason, paper, changes_info, changes_receivers;
    LIST(struct edxml_receiver) receivers;
    LIST(struct edxml_replaced) replaces;
    struct str department, department_id, staff, staff_id, staff_email, staff_mobile;
    struct str status, description, timestamp;
    struct str signature; /* the element as XML; empty when it holds nothing */
    LIST(struct edxml_reference) manifest;
    LIST(struct edxml_attachment) attachments;
    LIST(struct edxml_unknown) unknown;
    LIST(struct str) warnings; /* words of warnings.tsv, each once */
};

enum { EDXML_BYTES_MOST = 50 * 1024 * 1024 };

/* Reads a packet. ERR_INVALID with a Vietnamese sentence; its field is the reason: too_large empty dtd_forbidden
   truncated not_well_formed not_edxml. Texts live in the arena. */
struct err edxml_read(struct arena *a, struct str xml, struct edxml_packet *out);

/* The packet as XML, elements in the order of the official sample, prefix edXML. ERR_INVALID at the field that lacks.
   Bodies come from attachments[].content; the manifest is made from them. */
struct err edxml_write(struct arena *a, const struct edxml_packet *p, struct str *xml);

/* The sum a transport sent with the bytes: SHA-256 in hexadecimal, or the form in which each byte lost its nought. */
enum edxml_sum { EDXML_SUM_WRONG, EDXML_SUM_RIGHT, EDXML_SUM_DROPPED_NOUGHTS };
enum edxml_sum edxml_sum_check(struct str bytes, struct str sum);
struct str edxml_sha256(struct arena *a, struct str bytes);

enum edxml_business edxml_business_of(const struct edxml_packet *p);
struct str edxml_business_name(enum edxml_business b); /* new recall update replace; empty when unknown */
/* The document a packet is about, by which everything is matched: of a status the one it answers. */
struct str edxml_document_id(const struct edxml_packet *p);
/* The document a recall or an update acts on; empty for others. */
struct str edxml_target_id(const struct edxml_packet *p);
/* "118/MTTQ-BTT" */
struct str edxml_code(struct arena *a, const struct edxml_packet *p);
/* A sum over what the document says, not over how it travelled: two packets with the same document id and business but
   another sum contradict each other. */
struct str edxml_content_sum(struct arena *a, const struct edxml_packet *p);
void edxml_warn(struct arena *a, struct edxml_packet *p, struct str word);
/* Looks at the bytes of an attachment: name, sum, type, zip. */
void edxml_attachment_look(struct arena *a, struct edxml_attachment *f);

/* --- Receipts: states.tsv ------------------------------------------------------------------------------------- */
struct edxml_state {
    struct str code, name, by, after, asks, answers, reason, from_on, source; /* by: sender or receiver */
};
/* The row of a code of two digits; false when there is none. */
bool edxml_state_find(struct str code, struct edxml_state *out);
/* The rows in order: *rest begins as edxml_states(). */
struct str edxml_states(void);
bool edxml_state_next(struct str *rest, struct edxml_state *out);

enum edxml_asked { EDXML_ASKED_NOTHING, EDXML_ASKED_RECALL, EDXML_ASKED_UPDATE };
/* Where a delivery to one receiver stands. */
struct edxml_delivery {
    struct str state;       /* the last of 01 to 06; empty: sent, nothing heard */
    enum edxml_asked asked; /* what waits for 15 or 16; an update is asked by its packet, not by a receipt */
    struct str answered;    /* 15 or 16, the last answer */
    bool is_over;           /* refused, or given back */
};
struct edxml_receipt {
    struct str code, reason;
    bool is_from_sender;
};
/* Takes a receipt: *d is then where the delivery stands. CONFLICT: it was there already, nothing is to be done.
   INVALID, with a sentence and *d as it was: unknown, from the wrong side, out of order, or without its reason. */
struct err edxml_receipt_take(struct arena *a, struct edxml_delivery *d, const struct edxml_receipt *r);
#endif
