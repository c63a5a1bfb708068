/* winmail.dat (MS-OXTNEF): the files in it with their long names. Bounded by the bytes; what is malformed ends it. */
#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

enum {
    SIGNATURE = 0x223e9f78,
    LEVEL_ATTACHMENT = 2,
    ATT_TITLE = 0x8010,
    ATT_DATA = 0x800f,
    ATT_REND = 0x9002,
    ATT_PROPS = 0x9005,
    PROP_LONG_NAME = 0x3707,
    PROP_DATA = 0x3701,
    TYPE_MANY = 0x1000,
    TYPE_TEXT = 0x1e,
    TYPE_WIDE = 0x1f,
    TYPE_OBJECT = 0x0d,
    TYPE_BINARY = 0x102,
    NAMED = 0x8000,
    FILES_MOST = 1000,
};

struct cursor {
    struct str s;
    size_t at;
    bool is_bad;
};

static uint32_t number(struct cursor *c, size_t n) {
    uint32_t value = 0;
    if (c->is_bad || n > c->s.len - c->at) {
        c->is_bad = true;
        return 0;
    }
    for (size_t i = n; i > 0; i--) {
        value = value << 8 | (unsigned char)c->s.at[c->at + i - 1];
    }
    c->at += n;
    return value;
}

static struct str take(struct cursor *c, size_t n) {
    if (c->is_bad || n > c->s.len - c->at) {
        c->is_bad = true;
        return (struct str){0};
    }
    c->at += n;
    return (struct str){c->s.at + c->at - n, n};
}

static struct str padded(struct cursor *c, size_t n) {
    struct str s = take(c, n);
    take(c, (4 - n % 4) % 4);
    return s;
}

static struct str wide(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    uint32_t high = 0;
    for (size_t at = 0; at + 1 < s.len; at += 2) {
        uint32_t c = (unsigned char)s.at[at] | (uint32_t)(unsigned char)s.at[at + 1] << 8;
        char utf8[4];
        if (!c) {
            break;
        }
        if (c >= 0xd800 && c < 0xdc00) {
            high = c;
            continue;
        }
        if (c >= 0xdc00 && c < 0xe000) {
            c = high ? 0x10000 + ((high - 0xd800) << 10) + (c - 0xdc00) : 0xfffd;
        }
        high = 0;
        size_t n = utf8_put(utf8, c);
        buf_put(&b, (struct str){utf8, n});
    }
    return buf_str(&b);
}

static size_t size_of(uint32_t type) {
    switch (type) {
    case 0x02:
    case 0x04:
    case 0x0a:
    case 0x0b:
    case 0x03: return 4;
    case 0x05:
    case 0x06:
    case 0x07:
    case 0x14:
    case 0x40: return 8;
    case 0x48: return 16;
    default: return 0;
    }
}

static void skip_name(struct cursor *c, uint32_t tag) {
    if (tag >> 16 < NAMED) {
        return;
    }
    take(c, 16);
    if (number(c, 4) == 0) {
        take(c, 4);
    } else {
        padded(c, number(c, 4));
    }
}

static void value_use(struct arena *a, uint32_t tag, struct str value, struct mail_tnef_file *file) {
    uint32_t type = tag & 0xffff, id = tag >> 16;
    if (id == PROP_LONG_NAME && type == TYPE_WIDE) {
        file->name = wide(a, value);
    } else if (id == PROP_LONG_NAME && type == TYPE_TEXT) {
        str_cut(value, (struct str){"\0", 1}, &file->name, &(struct str){0});
    } else if (id == PROP_DATA && type == TYPE_BINARY && !file->bytes.len) {
        file->bytes = value;
    }
}

static bool is_long_type(uint32_t type) {
    return type == TYPE_TEXT || type == TYPE_WIDE || type == TYPE_OBJECT || type == TYPE_BINARY;
}

static void props(struct arena *a, struct str s, struct mail_tnef_file *file) {
    struct cursor c = {.s = s};
    for (uint32_t left = number(&c, 4); left && !c.is_bad; left--) {
        uint32_t tag = number(&c, 4), type = tag & 0xfff;
        bool is_long = is_long_type(type);
        skip_name(&c, tag);
        uint32_t n = is_long || (tag & TYPE_MANY) ? number(&c, 4) : 1;
        if (!is_long && !size_of(type)) {
            return;
        }
        for (; n && !c.is_bad; n--) {
            struct str value = padded(&c, is_long ? number(&c, 4) : size_of(type));
            value_use(a, tag, value, file);
        }
    }
}

static void attribute(struct arena *a, uint32_t id, struct str value, struct mail_tnef *out) {
    if (id == ATT_REND && out->files.n < FILES_MOST) {
        *LIST_PUSH(a, &out->files) = (struct mail_tnef_file){0};
        return;
    }
    if (!out->files.n) {
        return;
    }
    struct mail_tnef_file *file = &out->files.at[out->files.n - 1];
    if (id == ATT_TITLE && !file->name.len) {
        str_cut(value, (struct str){"\0", 1}, &file->name, &(struct str){0});
    } else if (id == ATT_DATA) {
        file->bytes = value;
    } else if (id == ATT_PROPS) {
        props(a, value, file);
    }
}

bool mail_tnef(struct arena *a, struct str bytes, struct mail_tnef *out) {
    struct cursor c = {.s = bytes};
    *out = (struct mail_tnef){0};
    if (number(&c, 4) != SIGNATURE) {
        return false;
    }
    number(&c, 2);
    while (!c.is_bad && c.at < c.s.len) {
        uint32_t level = number(&c, 1), id = number(&c, 4) & 0xffff;
        struct str value = take(&c, number(&c, 4));
        if (level == LEVEL_ATTACHMENT && !c.is_bad) {
            attribute(a, id, value, out);
        }
        number(&c, 2);
    }
    return true;
}
