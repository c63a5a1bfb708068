/* Dự báo: figures of the past in a file, one series a line → the next ones with bands, for programs and for people.
   How it forecasts is stat's; docs/forecast.md shows the smallest use.
   needs: kernel page stat */
#ifndef MODULES_FORECAST_FORECAST_H
#define MODULES_FORECAST_FORECAST_H
#include "kernel/module.h"

extern const struct module forecast_module;
#endif
