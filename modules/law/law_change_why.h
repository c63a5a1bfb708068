/* Why a change waits for a person. */
#ifndef MODULES_LAW_LAW_CHANGE_WHY_H
#define MODULES_LAW_LAW_CHANGE_WHY_H
#include "base/str.h"

enum law_why {
    LAW_WHY_SURE = 0,
    LAW_WHY_NO_TARGET,     /* the text does not say which document */
    LAW_WHY_NO_PLACE,      /* nor which place */
    LAW_WHY_NO_WORDS,      /* no new words between quotation marks */
    LAW_WHY_LABEL,         /* the new words do not begin with the place's label */
    LAW_WHY_PHRASES,       /* several phrases for several places */
    LAW_WHY_EXCEPT,        /* "trừ …" */
    LAW_WHY_KIND,          /* a kind no rule applies by itself: đính chính, ngưng hiệu lực */
    LAW_WHY_WORK_MISSING,  /* the document is not in the library */
    LAW_WHY_PLACE_MISSING, /* the place is not in the document */
    LAW_WHY_PLACE_THERE,   /* the place to be added is there already */
    LAW_WHY_NO_DATE,       /* the act has no day of coming into force */
    LAW_WHY_PHRASE_ABSENT, /* the phrase to be replaced is not in the words */
    LAW_WHY_BY_NAME,       /* several documents bear the name */
};
struct str law_why_words(enum law_why why); /* Vietnamese; '' for SURE */
#endif
