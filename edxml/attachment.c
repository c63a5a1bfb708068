/* What the bytes of an attachment are, whatever its label says. */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "edxml/inside.h"

#include "base/banned.h"

enum { NAME_MOST = 200, ENTRIES_MOST = 2000, INNER_MOST = 50 * 1024 * 1024, AT_ONCE = 65536 };

static const struct {
    struct str begins, type;
} signatures[] = {
    {S_INIT("%PDF-"), S_INIT("application/pdf")},
    {S_INIT("PK\x03\x04"), S_INIT("application/zip")},
    {S_INIT("PK\x05\x06"), S_INIT("application/zip")},
    {S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), S_INIT("application/x-ole-storage")},
    {S_INIT("\x89PNG\r\n\x1a\n"), S_INIT("image/png")},
    {S_INIT("\xff\xd8\xff"), S_INIT("image/jpeg")},
    {S_INIT("GIF8"), S_INIT("image/gif")},
    {S_INIT("II*"), S_INIT("image/tiff")},
    {S_INIT("MM\0*"), S_INIT("image/tiff")},
    {S_INIT("Rar!\x1a\x07"), S_INIT("application/vnd.rar")},
    {S_INIT("7z\xbc\xaf\x27\x1c"), S_INIT("application/x-7z-compressed")},
    {S_INIT("\x1f\x8b"), S_INIT("application/gzip")},
    {S_INIT("{\\rtf"), S_INIT("text/rtf")},
    {S_INIT("<?xml"), S_INIT("text/xml")},
    {S_INIT("MZ"), S_INIT("application/x-msdownload")},
    {S_INIT("\x7f"
            "ELF"),
     S_INIT("application/x-executable")},
};

static bool is_text(struct str bytes) {
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        if (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') {
            return false;
        }
    }
    return bytes.len > 0;
}

static struct str sniff(struct str bytes) {
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        if (str_starts(bytes, signatures[i].begins)) {
            return signatures[i].type;
        }
    }
    return is_text(bytes) ? S("text/plain") : S("application/octet-stream");
}

static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/* 5f0c7a52-9a31-4a60-8f10-2f6b1a9b0c01, also with an ending, as peers name what they zip. */
static bool is_uuid_name(struct str name) {
    enum { UUID = 36 };
    if (name.len < UUID || (name.len > UUID && name.at[UUID] != '.')) {
        return false;
    }
    for (size_t i = 0; i < UUID; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash ? name.at[i] != '-' : !is_hex(name.at[i])) {
            return false;
        }
    }
    return true;
}

static struct str office_of(struct str entry) {
    static const struct {
        struct str begins, office;
    } kinds[] = {{S_INIT("word/"), S_INIT("docx")}, {S_INIT("xl/"), S_INIT("xlsx")}, {S_INIT("ppt/"), S_INIT("pptx")}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_starts(entry, kinds[i].begins)) {
            return kinds[i].office;
        }
    }
    return S("");
}

static struct str open_document(struct str mime) {
    return str_starts(mime, S("application/vnd.oasis.opendocument.text"))          ? S("odt")
           : str_starts(mime, S("application/vnd.oasis.opendocument.spreadsheet")) ? S("ods")
                                                                                   : S("");
}

/* Empty, and false, when it is damaged or unfolds to too much. */
static bool entry_read(struct arena *a, struct archive *zip, struct str *out) {
    struct buf b = buf_in(a);
    la_ssize_t n;
    do {
        buf_reserve(&b, AT_ONCE);
        n = archive_read_data(zip, b.at + b.len, AT_ONCE);
        b.len += n > 0 ? (size_t)n : 0;
    } while (n > 0 && b.len <= INNER_MOST);
    *out = buf_str(&b);
    return n == 0;
}

static void entry_look(struct arena *a, struct archive *zip, struct str name, struct edxml_attachment *f) {
    struct str bytes;
    if (str_eq(name, S("mimetype")) && entry_read(a, zip, &bytes)) {
        f->office = open_document(bytes);
    } else if (!f->office.len) {
        f->office = office_of(name);
    }
    if (is_uuid_name(name) && !f->inner_name.len && entry_read(a, zip, &f->inner)) {
        f->inner_name = str_copy(a, name);
    }
}

static void zip_look(struct arena *a, struct edxml_attachment *f) {
    struct archive *zip = archive_read_new();
    struct archive_entry *entry;
    size_t n = 0;
    if (!zip) {
        return;
    }
    archive_read_support_format_zip(zip);
    if (archive_read_open_memory(zip, f->content.at, f->content.len) == ARCHIVE_OK) {
        while (n < ENTRIES_MOST && archive_read_next_header(zip, &entry) == ARCHIVE_OK) {
            entry_look(a, zip, str_of(archive_entry_pathname(entry)), f);
            n++;
        }
    }
    archive_read_free(zip);
    f->is_transport_zip = n == 1 && f->inner_name.len && !f->office.len;
    f->inner_sha256 = f->is_transport_zip ? edxml_sha256(a, f->inner) : S("");
}

/* The last part of a path of either system, without what no system likes in a name. */
static struct str name_clean(struct arena *a, struct str name) {
    struct buf b = buf_in(a);
    for (size_t i = name.len; i > 0; i--) {
        if (name.at[i - 1] == '/' || name.at[i - 1] == '\\') {
            name = str_slice(name, i, name.len);
            break;
        }
    }
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.at[i];
        buf_put_char(&b, c < ' ' || c == 0x7f || strchr(":*?\"<>|", c) ? '_' : name.at[i]);
    }
    struct str clean = str_trim(utf8_cut(buf_str(&b), NAME_MOST));
    while (str_starts(clean, S("."))) {
        clean = str_slice(clean, 1, clean.len);
    }
    return clean.len ? clean : S("tep");
}

void edxml_attachment_look(struct arena *a, struct edxml_attachment *f) {
    f->name = name_clean(a, f->declared_name);
    f->sha256 = edxml_sha256(a, f->content);
    f->sniffed = sniff(f->content);
    if (str_eq(f->sniffed, S("application/zip"))) {
        zip_look(a, f);
    }
}
