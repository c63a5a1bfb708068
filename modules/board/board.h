/* Bảng số liệu: cards drawn from the metrics the modules publish (kernel/port/metric.h), put together on boards; what
   each metric means and has meant; forecasts that are kept and scored; thresholds that are told once. Figures are the
   charts' own, so every mark opens exactly the records behind it under the reader's rights.
   needs: chart db http kernel org out page place port record rights shell stat queue */
#ifndef MODULES_BOARD_BOARD_H
#define MODULES_BOARD_BOARD_H
#include "kernel/module.h"

extern const struct module board_module;
#endif
