/* Names of files: from where they are said, without what could hurt; and what a file is by its bytes. */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "read/type.h"

#include "base/banned.h"

static bool is_hidden(uint32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

static struct str without_hidden(struct arena *a, struct str name, bool *is_hostile) {
    struct buf b = buf_in(a);
    for (size_t at = 0; at < name.len;) {
        size_t from = at;
        uint32_t c = utf8_next(name, &at);
        bool is_fold = c == '\t' || c == '\r' || c == '\n';
        if (!is_hidden(c)) {
            buf_put(&b, str_slice(name, from, at));
        } else if (!is_fold) {
            *is_hostile = true;
        }
    }
    return buf_str(&b);
}

/* What follows the last folder; a name of dots alone is none. */
static struct str without_folders(struct str name, bool *is_hostile) {
    size_t cut = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '/' || name.at[i] == '\\' || (i == 1 && name.at[i] == ':')) {
            cut = i + 1;
        }
    }
    *is_hostile = *is_hostile || cut > 0;
    return str_slice(name, cut, name.len);
}

static struct str without_tail(struct str name, bool *is_hostile) {
    size_t end = name.len;
    bool has_dot = false;
    while (end && (name.at[end - 1] == '.' || name.at[end - 1] == ' ')) {
        end--;
        has_dot = has_dot || name.at[end] == '.';
    }
    *is_hostile = *is_hostile || has_dot;
    return str_slice(name, 0, end);
}

struct str mail_name_safe(struct arena *a, struct str name, bool *is_hostile) {
    struct str s = without_hidden(a, name, is_hostile), stem, ending;
    s = without_tail(str_trim(without_folders(s, is_hostile)), is_hostile);
    str_cut(s, S("."), &stem, &ending);
    *is_hostile = *is_hostile || mail_word_is(S("device"), str_lower_ascii(a, stem));
    return file_name_clean(a, s);
}

struct str mail_file_name(struct mail_reader *r, const struct mail_part *part, struct str fallback, bool *is_hostile) {
    struct str name = mail_param_text(r, mail_header_of(&part->head, "Content-Disposition"), "filename");
    if (!name.len) {
        name = mail_param_text(r, mail_header_of(&part->head, "Content-Type"), "name");
    }
    return mail_name_safe(r->arena, name.len ? name : fallback, is_hostile);
}

static bool holds(struct str bytes, const char *word) {
    return str_find(str_slice(bytes, 0, 4096), str_of(word), 0) != SIZE_MAX;
}

static struct str packed(struct str bytes) {
    if (holds(bytes, "word/")) {
        return S("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    }
    if (holds(bytes, "xl/")) {
        return S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    }
    return holds(bytes, "ppt/") ? S("application/vnd.openxmlformats-officedocument.presentationml.presentation")
                                : S("application/zip");
}

struct str mail_type_of(struct str bytes) {
    static const struct {
        struct str begins, type;
    } kinds[] = {
        {S_INIT("%PDF"), S_INIT("application/pdf")},
        {S_INIT("\x89PNG"), S_INIT("image/png")},
        {S_INIT("\xff\xd8\xff"), S_INIT("image/jpeg")},
        {S_INIT("GIF8"), S_INIT("image/gif")},
        {S_INIT("II*"), S_INIT("image/tiff")},
        {S_INIT("MM\0*"), S_INIT("image/tiff")},
        {S_INIT("\xd0\xcf\x11\xe0"), S_INIT("application/x-ole-storage")},
        {S_INIT("{\\rtf"), S_INIT("application/rtf")},
        {S_INIT("MZ"), S_INIT("application/x-msdownload")},
        {S_INIT("\x7f"
                "ELF"),
         S_INIT("application/x-executable")},
        {S_INIT("#!"), S_INIT("text/x-shellscript")},
        {S_INIT("Rar!"), S_INIT("application/vnd.rar")},
        {S_INIT("7z\xbc\xaf"), S_INIT("application/x-7z-compressed")},
        {S_INIT("<?xml"), S_INIT("application/xml")},
    };
    if (str_starts(bytes, S("PK\x03\x04"))) {
        return packed(bytes);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_starts(bytes, kinds[i].begins)) {
            return kinds[i].type;
        }
    }
    return (struct str){0};
}

static struct str ending_of(struct str name) {
    for (size_t i = name.len; i > 0; i--) {
        if (name.at[i - 1] == '.') {
            return str_slice(name, i, name.len);
        }
    }
    return (struct str){0};
}

enum mail_warning mail_danger(struct arena *a, struct str name, struct str bytes) {
    struct str word = mail_word_value(S("danger"), str_lower_ascii(a, ending_of(name))), type = mail_type_of(bytes);
    if (str_eq(word, S("executable")) || str_eq(type, S("application/x-msdownload")) ||
        str_eq(type, S("application/x-executable")) || str_eq(type, S("text/x-shellscript"))) {
        return MAIL_WARN_EXECUTABLE;
    }
    bool has_macro = str_eq(word, S("macro")) ||
                     (str_starts(bytes, S("PK")) && str_find(bytes, S("vbaProject.bin"), 0) != SIZE_MAX) ||
                     (str_starts(bytes, S("\xd0\xcf\x11\xe0")) &&
                      str_find(bytes, S("_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T"), 0) != SIZE_MAX);
    return has_macro ? MAIL_WARN_MACRO : 0;
}
