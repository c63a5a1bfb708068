/* The module. */
#include "modules/forecast/forecast.h"
#include "modules/forecast/forecast_command.h"

#include "base/banned.h"

const struct module forecast_module = {.name = "forecast", .title = "Dự báo", .bare_commands = forecast_commands};
