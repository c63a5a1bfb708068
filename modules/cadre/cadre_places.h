/* When the units of a place stood. Private to modules/cadre. */
#ifndef MODULES_CADRE_CADRE_PLACES_H
#define MODULES_CADRE_CADRE_PLACES_H
#include "base/str.h"
#include "base/time.h"

struct arena;
/* From when until when somebody says to have worked there; both surely within what is said. */
struct cadre_stay {
    struct date from, until;
};
/* Why a place named in the text was not there for all of the stay: "phường Lê Chân có từ 01/07/2025"; empty: it was, or
   nobody knows. Names are known with the word before them (xã, phường, huyện, quận, tỉnh …). */
struct str cadre_place_lacks(struct arena *a, struct str text, const struct cadre_stay *stay);
#endif
