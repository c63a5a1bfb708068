/* Which reader a type of file goes to. */
#include "read/inside.h"

#include "base/banned.h"

void read_task_do(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    switch (task->type) {
    case FILE_PDF: read_pdf(a, task, answer); return;
    case FILE_PNG:
    case FILE_JPEG:
    case FILE_TIFF: read_picture(a, task, answer); return;
    case FILE_DOCX: read_docx(a, task, answer); return;
    case FILE_DOC: read_doc(a, task, answer); return;
    case FILE_XLSX: read_xlsx(a, task, answer); return;
    case FILE_HTML: read_html(a, task, answer); return;
    case FILE_XML: read_akn(a, task, answer); return;
    case FILE_TEXT: read_plain(a, task, answer); return;
    case FILE_XLS:
    case FILE_PPTX:
    case FILE_REFUSED:
    case FILE_TYPES: break;
    }
    answer->fault = READ_NOT_THAT;
}
