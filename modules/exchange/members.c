/* Which member of the JSON is which part of a packet: one table for writing and for reading. */
#include <stddef.h>

#include "modules/exchange/inside.h"

#include "base/banned.h"

#define MEMBER(kind, type, name, member)                                                                               \
    { name, kind, offsetof(struct type, member) }
#define TEXT(name, member) MEMBER(MEMBER_TEXT, edxml_packet, name, member)
#define NUMBER(name, member) MEMBER(MEMBER_NUMBER, edxml_packet, name, member)
#define YES(name, member) MEMBER(MEMBER_YES, edxml_packet, name, member)
#define TEXTS(name, member) MEMBER(MEMBER_TEXTS, edxml_packet, name, member)

static const struct member packet_members[] = {
    TEXT("number", number),
    TEXT("notation", notation),
    TEXT("promulgation_date", date),
    TEXT("promulgation_place", place),
    TEXT("subject", subject),
    TEXT("content", content),
    NUMBER("type", type),
    NUMBER("type_detail", type_detail),
    TEXT("type_name", type_name),
    TEXT("signer_competence", competence),
    TEXT("signer_position", position),
    TEXT("signer", signer),
    TEXT("due", due),
    NUMBER("priority", priority),
    TEXT("sphere", sphere),
    TEXT("typer_notation", typer_notation),
    NUMBER("copies", copies),
    NUMBER("pages", pages),
    TEXT("reply_fors", reply_fors),
    YES("direction", direction),
    TEXT("reference_codes", reference_codes),
    NUMBER("steering", steering),
    TEXT("application_type", application_type),
    YES("paper", paper),
    TEXT("reason", reason),
    TEXT("business_document_id", business_id),
    TEXT("department", department),
    TEXT("department_id", department_id),
    TEXT("staff", staff),
    TEXT("staff_id", staff_id),
    TEXT("staff_email", staff_email),
    TEXT("staff_mobile", staff_mobile),
    TEXT("status", status),
    TEXT("description", description),
    TEXT("timestamp", timestamp),
    TEXT("signature", signature),
    TEXTS("appendixes", appendixes),
    TEXTS("task_codes", task_codes),
    TEXTS("to_places", to_places),
};
const struct members exchange_packet_members = {packet_members, sizeof packet_members / sizeof *packet_members};

static const struct member organ_members[] = {
    MEMBER(MEMBER_TEXT, edxml_organ, "organ", id),    MEMBER(MEMBER_TEXT, edxml_organ, "in_charge", in_charge),
    MEMBER(MEMBER_TEXT, edxml_organ, "name", name),   MEMBER(MEMBER_TEXT, edxml_organ, "address", address),
    MEMBER(MEMBER_TEXT, edxml_organ, "email", email), MEMBER(MEMBER_TEXT, edxml_organ, "telephone", telephone),
    MEMBER(MEMBER_TEXT, edxml_organ, "fax", fax),     MEMBER(MEMBER_TEXT, edxml_organ, "website", website),
};
const struct members exchange_organ_members = {organ_members, sizeof organ_members / sizeof *organ_members};
