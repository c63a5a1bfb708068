/* build/tests-make-scan OUT.pdf [name=value]…   writes an image-only PDF of an official letter, as a scanner makes it.
   Names: layout=state|front|party parent= issuer= number= notation= place= date=dd/mm/yyyy type= (empty: công văn)
   subject= urgency= competence= position= signer= sentence= pages= dpi= skew= (degrees) noise= shade= bilevel=1 seed=
   What is left out has a usual value. "\n" (backslash n) in a value breaks the line. OUT.png gives page 1 only. */
#include "base/num.h"
#include "base/str.h"
#include "base/time.h"
#include "tests/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void unescape(char *z) {
    char *to = z;
    for (; *z; z++) {
        if (z[0] == '\\' && z[1] == 'n') {
            *to++ = '\n';
            z++;
        } else {
            *to++ = *z;
        }
    }
    *to = 0;
}

static bool set_text(struct scan *s, const char *name, const char *value) {
    const struct {
        const char *name;
        const char **to;
    } texts[] = {
        {"parent", &s->parent},     {"issuer", &s->issuer}, {"number", &s->number},         {"notation", &s->notation},
        {"place", &s->place},       {"type", &s->type},     {"subject", &s->subject},       {"urgency", &s->urgency},
        {"position", &s->position}, {"signer", &s->signer}, {"competence", &s->competence}, {"sentence", &s->sentence},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(texts[i].name, name) == 0) {
            *texts[i].to = value;
            return true;
        }
    }
    return false;
}

static bool set_number(struct scan *s, const char *name, const char *value) {
    const struct {
        const char *name;
        int *to;
    } numbers[] = {{"pages", &s->pages}, {"dpi", &s->dpi}, {"noise", &s->noise}, {"shade", &s->shade}};
    int64_t n = 0;
    if (strcmp(name, "skew") == 0) {
        s->skew = strtod(value, NULL);
        return true;
    }
    if (!num_read_between(str_of(value), 0, 100000, &n)) {
        return false;
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(numbers[i].name, name) == 0) {
            *numbers[i].to = (int)n;
            return true;
        }
    }
    if (strcmp(name, "seed") == 0) {
        s->seed = (unsigned)n;
        return true;
    }
    if (strcmp(name, "bilevel") == 0) {
        s->is_bilevel = n != 0;
        return true;
    }
    return false;
}

static bool set(struct scan *s, const char *name, const char *value) {
    if (strcmp(name, "layout") == 0) {
        s->layout = strcmp(value, "party") == 0 ? SCAN_PARTY : strcmp(value, "front") == 0 ? SCAN_FRONT : SCAN_STATE;
        return true;
    }
    if (strcmp(name, "date") == 0) {
        struct date d;
        if (!date_read_vi(str_of(value), &d)) {
            return false;
        }
        s->day = d.day;
        s->month = d.month;
        s->year = d.year;
        return true;
    }
    return set_text(s, name, value) || set_number(s, name, value);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("tests-make-scan OUT.pdf [name=value]…\n", stderr);
        return 2;
    }
    struct scan s = {0};
    for (int i = 2; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (!value) {
            fprintf(stderr, "not name=value: %s\n", argv[i]);
            return 2;
        }
        *value++ = 0;
        unescape(value);
        if (!set(&s, argv[i], value)) {
            fprintf(stderr, "no such name or value: %s=%s\n", argv[i], value);
            return 2;
        }
    }
    bool is_png = str_ends(str_of(argv[1]), S(".png"));
    if (!(is_png ? scan_write_png(&s, argv[1]) : scan_write_pdf(&s, argv[1]))) {
        fprintf(stderr, "cannot write %s\n", argv[1]);
        return 1;
    }
    return 0;
}
