/* The command of forecasts. */
#ifndef MODULES_FORECAST_FORECAST_COMMAND_H
#define MODULES_FORECAST_FORECAST_COMMAND_H
#include "modules/forecast/forecast.h"

extern const struct command forecast_commands[];
#endif
