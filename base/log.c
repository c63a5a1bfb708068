#include "base/log.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/banned.h"

static const char *process_name = "doanket";
static enum log_level least_level = LOG_INFO;

void log_name(const char *process) { process_name = process; }

void log_level_set(enum log_level least) { least_level = least; }

void log_line(enum log_level level, const char *format, ...) {
    static const char *const names[] = {"debug", "info", "warn", "error"};
    if (level < least_level) {
        return;
    }
    char line[2048];
    struct instant now = clock_now();
    int hour, minute, second;
    instant_clock(now, &hour, &minute, &second);
    struct date d = date_of(now);
    int n = snprintf(line, sizeof line, "%04d-%02d-%02d %02d:%02d:%02d.%03d %s [%s %d] ", d.year, d.month, d.day, hour,
                     minute, second, (int)(now.ms % 1000), names[level], process_name, (int)getpid());
    size_t used = n < 0 ? 0 : (size_t)n;
    va_list args;
    va_start(args, format);
    int more = vsnprintf(line + used, sizeof line - used - 1, format, args);
    va_end(args);
    used += more < 0 ? 0 : (size_t)more;
    if (used > sizeof line - 2) {
        used = sizeof line - 2;
    }
    /* One write, one line: nobody can put a second line into the log with a line break in a name. */
    for (size_t i = 0; i < used; i++) {
        if ((unsigned char)line[i] < ' ') {
            line[i] = ' ';
        }
    }
    line[used++] = '\n';
    ssize_t written = write(STDERR_FILENO, line, used);
    (void)written;
}

void log_fault(enum log_level level, const char *doing, struct err e) {
    for (const struct fault *f = e.why; f; f = f->next) {
        log_line(level, "%s: kind %d at %s:%d: %.*s%s%.*s", doing, (int)f->kind, f->file ? f->file : "", f->line,
                 STR_ARG(f->detail), f->detail.len && f->message.len ? " / " : "", STR_ARG(f->message));
    }
}
