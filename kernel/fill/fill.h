/* Filling in a form whose questions are data: its pages without a script, what was typed kept, a page to check all
   answers, and the answers as text and JSON. Who fills and where it is saved is the module's.
   needs: fields page   shows: fill_view */
#ifndef KERNEL_FILL_FILL_H
#define KERNEL_FILL_FILL_H
#include "fields/answers.h"

struct fill_page;
struct fill_review;
struct form_value;

/* Draws page `page` (0…) of a form. is_told: faults are shown, because the person pressed "Tiếp tục". */
struct fill_page fill_page(struct fields_state *s, size_t page, bool is_told);
/* Draws all answers; may: the class the reader may see. change: the address that page n of the form hangs below. */
struct fill_review fill_review(struct fields_state *s, enum fields_class may, const char *change);

/* What came from one page, put over what was saved before: everything the page asks is replaced, also by nothing, so
   that a box unticked stays unticked; other pages stay. `sent` is a value of kind FIELD_PAIRS (kernel/page/form.h). */
struct fields_said_list fill_merge(struct arena *a, const struct fields_form *form, size_t page,
                                   struct fields_said_list saved, const struct form_value *sent);
/* Without what is hidden or not asked: what a sent form keeps. */
struct fields_said_list fill_kept(const struct fields_state *s);

/* "Họ và tên: Nguyễn Thị Hoà", a line an answer, under the titles of the pages. */
struct str fill_text(struct arena *a, const struct fields_state *s, enum fields_class may);
/* {"ho_ten": "…", "so_nguoi": 3, "nguoi": [{…}]}, cleaned values; reads back with fields_said_read. Whole: for storing,
   not for showing. */
struct str fill_json(struct arena *a, const struct fields_state *s);
#endif
