/* The day a question itself speaks of: "vào năm 2018", "trước ngày 01/7/2025", "tháng 3/2020". Pure. */
#ifndef MODULES_ASSISTANT_ASSISTANT_DAY_H
#define MODULES_ASSISTANT_ASSISTANT_DAY_H
#include "base/time.h"

struct arena;

/* False when it says none. A day or a year that belongs to a document's name ("Luật Đất đai năm 2013", "Nghị định
   30/2020/NĐ-CP ngày 05/3/2020") is not the question's. Of a year or a month, its last day; "trước …": the day before.
 */
bool assistant_day_said(struct arena *a, struct str question, struct date *day);
/* Small letters without marks, digits and '/', one space between words and around. */
struct str assistant_plain(struct arena *a, struct str question);
#endif
