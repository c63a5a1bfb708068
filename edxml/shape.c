/* What each element of QCVN 102:2016/BTTTT means, in the order of the official sample. */
#include "edxml/inside.h"

#include <stddef.h>

#include "base/banned.h"

#define TEXT(element, type, member)                                                                                    \
    { FIELD_TEXT, WHEN_ALWAYS, element, NULL, offsetof(struct type, member), NULL }
#define KIND(kind, element, type, member)                                                                              \
    { kind, WHEN_ALWAYS, element, NULL, offsetof(struct type, member), NULL }
#define MANY(element, type, member, shape)                                                                             \
    { FIELD_LIST, WHEN_ALWAYS, element, NULL, offsetof(struct type, member), shape }
#define GROUP(when, element, also, shape)                                                                              \
    { FIELD_GROUP, when, element, also, 0, shape }
#define END                                                                                                            \
    { FIELD_END, WHEN_NEVER, NULL, NULL, 0, NULL }

static const struct field organ_fields[] = {
    TEXT("OrganId", edxml_organ, id),
    {FIELD_TEXT, WHEN_ALWAYS, "OrganizationInCharge", "OrganInCharge", offsetof(struct edxml_organ, in_charge), NULL},
    TEXT("OrganName", edxml_organ, name),
    TEXT("OrganAdd", edxml_organ, address),
    TEXT("Email", edxml_organ, email),
    TEXT("Telephone", edxml_organ, telephone),
    TEXT("Fax", edxml_organ, fax),
    TEXT("Website", edxml_organ, website),
    END,
};
static const struct shape organ = {organ_fields, sizeof(struct edxml_organ)};

static const struct field code_fields[] = {TEXT("CodeNumber", edxml_packet, number),
                                           TEXT("CodeNotation", edxml_packet, notation), END};
static const struct shape code = {code_fields, 0};

static const struct field issued_fields[] = {TEXT("Place", edxml_packet, place),
                                             KIND(FIELD_DAY, "PromulgationDate", edxml_packet, date), END};
static const struct shape issued = {issued_fields, 0};

static const struct field type_fields[] = {KIND(FIELD_NUMBER, "Type", edxml_packet, type),
                                           KIND(FIELD_NUMBER, "TypeDetail", edxml_packet, type_detail),
                                           TEXT("TypeName", edxml_packet, type_name), END};
static const struct shape type = {type_fields, 0};

static const struct field signer_fields[] = {TEXT("Competence", edxml_packet, competence),
                                             TEXT("Position", edxml_packet, position),
                                             TEXT("FullName", edxml_packet, signer), END};
static const struct shape signer = {signer_fields, 0};

static const struct field appendix_fields[] = {KIND(FIELD_TEXTS, "Appendix", edxml_packet, appendixes), END};
static const struct shape appendixes = {appendix_fields, 0};

static const struct field other_fields[] = {
    KIND(FIELD_NUMBER, "Priority", edxml_packet, priority),
    TEXT("SphereOfPromulgation", edxml_packet, sphere),
    TEXT("TyperNotation", edxml_packet, typer_notation),
    KIND(FIELD_NUMBER, "PromulgationAmount", edxml_packet, copies),
    KIND(FIELD_NUMBER, "PageAmount", edxml_packet, pages),
    TEXT("ReplyFors", edxml_packet, reply_fors),
    TEXT("Direction", edxml_packet, direction),
    TEXT("ReferenceCodes", edxml_packet, reference_codes),
    GROUP(WHEN_ALWAYS, "Appendixes", NULL, &appendixes),
    END,
};
static const struct shape other = {other_fields, 0};

static const struct field answered_fields[] = {
    TEXT("OrganId", edxml_answered, organ), TEXT("Code", edxml_answered, code),
    KIND(FIELD_DAY, "PromulgationDate", edxml_answered, date), TEXT("DocumentId", edxml_answered, document_id), END};
static const struct shape answered = {answered_fields, sizeof(struct edxml_answered)};

static const struct field task_fields[] = {KIND(FIELD_TEXTS, "TaskCode", edxml_packet, task_codes), END};
static const struct shape tasks = {task_fields, 0};

static const struct field place_fields[] = {KIND(FIELD_TEXTS, "Place", edxml_packet, to_places), END};
static const struct shape places = {place_fields, 0};

static const struct field staff_fields[] = {TEXT("Department", edxml_packet, department),
                                            TEXT("DepartmentId", edxml_packet, department_id),
                                            TEXT("Staff", edxml_packet, staff),
                                            TEXT("StaffId", edxml_packet, staff_id),
                                            TEXT("Email", edxml_packet, staff_email),
                                            TEXT("Mobile", edxml_packet, staff_mobile),
                                            END};
static const struct shape staff = {staff_fields, 0};

static const struct field message_fields[] = {
    {FIELD_RECORD, WHEN_ALWAYS, "From", NULL, offsetof(struct edxml_packet, from), &organ},
    {FIELD_LIST, WHEN_ALWAYS, "To", NULL, offsetof(struct edxml_packet, to), &organ},
    {FIELD_TEXT, WHEN_ALWAYS, "DocumentId", NULL, offsetof(struct edxml_packet, document_id), NULL},
    GROUP(WHEN_ALWAYS, "Code", NULL, &code),
    GROUP(WHEN_ALWAYS, "PromulgationInfo", NULL, &issued),
    GROUP(WHEN_ALWAYS, "DocumentType", NULL, &type),
    TEXT("Subject", edxml_packet, subject),
    TEXT("Content", edxml_packet, content),
    GROUP(WHEN_ALWAYS, "SignerInfo", NULL, &signer),
    KIND(FIELD_DAY, "DueDate", edxml_packet, due),
    GROUP(WHEN_ALWAYS, "OtherInfo", NULL, &other),
    MANY("ResponseFor", edxml_packet, answers, &answered),
    KIND(FIELD_NUMBER, "SteeringType", edxml_packet, steering),
    GROUP(WHEN_ALWAYS, "ResponseForTask", NULL, &tasks),
    TEXT("ApplicationType", edxml_packet, application_type),
    GROUP(WHEN_ALWAYS, "ToPlaces", NULL, &places),
    GROUP(WHEN_STATUS, "StaffInfo", NULL, &staff),
    TEXT("StatusCode", edxml_packet, status),
    TEXT("Description", edxml_packet, description),
    KIND(FIELD_INSTANT, "Timestamp", edxml_packet, timestamp),
    END,
};
static const struct shape message = {message_fields, 0};

static const struct field receiver_fields[] = {TEXT("OrganId", edxml_receiver, organ),
                                               KIND(FIELD_NUMBER, "ReceiverType", edxml_receiver, type), END};
static const struct shape receiver = {receiver_fields, sizeof(struct edxml_receiver)};
static const struct field receivers_fields[] = {MANY("Receiver", edxml_packet, receivers, &receiver), END};
static const struct shape receivers = {receivers_fields, 0};

static const struct field changes_fields[] = {KIND(FIELD_NUMBER, "DocumentInfo", edxml_packet, changes_info),
                                              KIND(FIELD_NUMBER, "DocumentReceiver", edxml_packet, changes_receivers),
                                              GROUP(WHEN_ALWAYS, "ReceiverList", NULL, &receivers), END};
static const struct shape changes = {changes_fields, 0};

static const struct field organ_id_fields[] = {KIND(FIELD_TEXTS, "OrganId", edxml_replaced, organs), END};
static const struct shape organ_ids = {organ_id_fields, 0};
static const struct field replaced_fields[] = {TEXT("DocumentId", edxml_replaced, document_id),
                                               GROUP(WHEN_ALWAYS, "OrganIdList", NULL, &organ_ids), END};
static const struct shape replaced = {replaced_fields, sizeof(struct edxml_replaced)};
static const struct field replaces_fields[] = {MANY("ReplacementInfo", edxml_packet, replaces, &replaced), END};
static const struct shape replaces = {replaces_fields, 0};

static const struct field business_fields[] = {
    TEXT("DocumentId", edxml_packet, business_id),
    {FIELD_NUMBER, WHEN_ALWAYS, "BussinessDocType", "BusinessDocType", offsetof(struct edxml_packet, business_type),
     NULL},
    {FIELD_TEXT, WHEN_ALWAYS, "BussinessDocReason", "BusinessDocReason", offsetof(struct edxml_packet, reason), NULL},
    GROUP(WHEN_ALWAYS, "BussinessDocumentInfo", "BusinessDocumentInfo", &changes),
    GROUP(WHEN_ALWAYS, "ReplacementInfoList", NULL, &replaces),
    KIND(FIELD_NUMBER, "Paper", edxml_packet, paper),
    GROUP(WHEN_DOCUMENT, "StaffInfo", NULL, &staff),
    END,
};
static const struct shape business = {business_fields, 0};

static const struct field trace_fields[] = {TEXT("OrganId", edxml_trace, organ),
                                            KIND(FIELD_INSTANT, "Timestamp", edxml_trace, at), END};
static const struct shape trace = {trace_fields, sizeof(struct edxml_trace)};
static const struct field traces_fields[] = {MANY("TraceHeader", edxml_packet, traces, &trace),
                                             GROUP(WHEN_ALWAYS, "Bussiness", "Business", &business), END};
static const struct shape traces = {traces_fields, 0};

static const struct field header_fields[] = {
    GROUP(WHEN_ALWAYS, "MessageHeader", "Status", &message),
    GROUP(WHEN_ALWAYS, "TraceHeaderList", NULL, &traces),
    GROUP(WHEN_NEVER, "Bussiness", "Business", &business),
    END,
};
static const struct shape header = {header_fields, 0};

static const struct field reference_fields[] = {
    TEXT("ContentId", edxml_reference, content_id), TEXT("ContentType", edxml_reference, type),
    TEXT("Description", edxml_reference, description), TEXT("AttachmentName", edxml_reference, name), END};
static const struct shape reference = {reference_fields, sizeof(struct edxml_reference)};
static const struct field manifest_fields[] = {MANY("Reference", edxml_packet, manifest, &reference), END};
static const struct shape manifest = {manifest_fields, 0};

static const struct field attachment_fields[] = {
    TEXT("ContentId", edxml_attachment, content_id),
    TEXT("AttachmentName", edxml_attachment, declared_name),
    TEXT("Description", edxml_attachment, description),
    TEXT("ContentType", edxml_attachment, declared_type),
    KIND(FIELD_BODY, "ContentTransferEncoded", edxml_attachment, content),
    END,
};
static const struct shape attachment = {attachment_fields, sizeof(struct edxml_attachment)};
static const struct field encoded_fields[] = {MANY("Attachment", edxml_packet, attachments, &attachment), END};
const struct shape edxml_attachments_shape = {encoded_fields, 0};

static const struct field body_fields[] = {GROUP(WHEN_ALWAYS, "edXMLManifest", "Manifest", &manifest),
                                           GROUP(WHEN_NEVER, "AttachmentEncoded", NULL, &edxml_attachments_shape), END};
static const struct shape body = {body_fields, 0};

static const struct field envelope_fields[] = {
    GROUP(WHEN_ALWAYS, "edXMLHeader", "Header", &header),
    GROUP(WHEN_ALWAYS, "edXMLBody", "Body", &body),
    GROUP(WHEN_NEVER, "AttachmentEncoded", NULL, &edxml_attachments_shape),
    END,
};
const struct shape edxml_envelope_shape = {envelope_fields, 0};

static const struct field root_fields[] = {GROUP(WHEN_ALWAYS, "edXMLEnvelope", NULL, &edxml_envelope_shape),
                                           GROUP(WHEN_ALWAYS, "AttachmentEncoded", NULL, &edxml_attachments_shape),
                                           END};
const struct shape edxml_root_shape = {root_fields, 0};

struct any_list edxml_list_of(const void *record, size_t offset) {
    struct any_list list;
    memcpy(&list, (const char *)record + offset, sizeof list);
    return list;
}

struct str edxml_str_of(const void *record, size_t offset) {
    struct str s;
    memcpy(&s, (const char *)record + offset, sizeof s);
    return s;
}
