/* Facts kept as tab-separated files beside the code (dated, with their source), embedded in the program and read where
   they lie. A row that begins with # is a remark. */
#ifndef BASE_FACTS_H
#define BASE_FACTS_H
#include "base/str.h"

/* At file scope: FACTS(law_facts_types, "modules/law/types.tsv"); names are the whole program's. */
#define FACTS(name, file)                                                                                              \
    __asm__(".pushsection .rodata\n" #name "_begin:\n.incbin \"" file "\"\n" #name "_end:\n.byte 0\n.balign 8\n" #name \
            "_size:\n.quad " #name "_end - " #name "_begin\n.popsection\n");                                           \
    extern const char name##_begin[];                                                                                  \
    extern const size_t name##_size
#define FACTS_STR(name) ((struct str){name##_begin, name##_size})

/* The next row of *rest in n cells; those it lacks are empty. False at the end. */
bool facts_next(struct str *rest, struct str *cells, size_t n);
#endif
