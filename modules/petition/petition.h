/* Đơn thư: the office's side of letters: the book, clocks, acts, lists, the public way in (petition_office.h). What a
   letter is, its reader proposes (letter/letter.h). needs: db deadline erase file http index kernel org out page
   petition/letter place port queue read receipt record rights search/words shell task thread */
#ifndef MODULES_PETITION_PETITION_H
#define MODULES_PETITION_PETITION_H
#include "kernel/module.h"
#include "modules/petition/letter/letter.h"

extern const struct module petition_module;
#endif
