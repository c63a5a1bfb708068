/* The command of places, and what it calls the kinds of answers. */
#ifndef MODULES_PLACE_COMMAND_H
#define MODULES_PLACE_COMMAND_H
#include "modules/place/place.h"

extern const struct command place_commands[];
struct str place_class_words(enum place_class c);
#endif
