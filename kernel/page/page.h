/* What people and programs are shown and send: HTML that cannot be mistaken, words in their language, JSON, forms.
   needs: db rights   shows: html i18n json form page_view auth_view */
#ifndef KERNEL_PAGE_PAGE_H
#define KERNEL_PAGE_PAGE_H
#endif
