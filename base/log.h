/* One line a happening, on standard error: time, level, process, words. Never a person's text or a secret. */
#ifndef BASE_LOG_H
#define BASE_LOG_H
#include "base/err.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_name(const char *process); /* "master", "web 1"; kept, not copied */
void log_level_set(enum log_level least);
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_fault(enum log_level level, const char *doing, struct err e); /* with file, line and detail */
#endif
