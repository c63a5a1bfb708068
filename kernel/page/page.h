/* What people and programs are shown and send: HTML that cannot be mistaken, words in their language, JSON, forms.
   needs: db   shows: form html i18n json */
#ifndef KERNEL_PAGE_PAGE_H
#define KERNEL_PAGE_PAGE_H
#endif
