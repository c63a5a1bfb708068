/* The declared fields of the module's routes. Private to the module. */
#ifndef MODULES_DOCUMENT_DOCUMENT_FORMS_H
#define MODULES_DOCUMENT_DOCUMENT_FORMS_H
#include "kernel/page/form.h"

extern const struct choice document_type_choices[];
enum { DOCUMENT_BODY_MOST = 301 * 1024 * 1024 }; /* bytes of a request that brings files */
extern const struct field document_register_fields[], document_upload_fields[], document_attach_fields[],
    document_no_fields[], document_reason_fields[], document_secrecy_fields[], document_note_fields[],
    document_present_fields[], document_direct_fields[], document_report_fields[], document_say_fields[],
    document_extend_fields[], document_answer_fields[], document_assign_fields[], document_filter_fields[],
    document_show_query[], document_file_query[], document_deadline_query[];
#endif
