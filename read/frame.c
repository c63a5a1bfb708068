/* The child's answer: "DKR1", then frames of kind (1 byte), length (4 bytes, little end first) and bytes, the last of
   kind END. Each kind at most once. The parent checks sizes, UTF-8, places and pictures before it believes a thing. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

enum frame {
    FRAME_END = 1,
    FRAME_FAULT,
    FRAME_OUTLINE,
    FRAME_PAGE,
    FRAME_TEXT,
    FRAME_WORDS,
    FRAME_VIEW,
    FRAME_THUMBNAIL,
    FRAME_CROP,
    FRAME_WHOLE, /* encoding, certainty, text */
    FRAMES
};

enum { TITLE_MOST = 4000, TEXT_MOST = 4 << 20, WHOLE_MOST = 32 << 20, PICTURE_MOST = 16 << 20 };

static void put_number(struct buf *b, uint64_t v, int bytes) {
    for (int i = 0; i < bytes; i++) {
        buf_put_char(b, (char)(v >> (8 * i) & 0xff));
    }
}

static uint64_t get_number(struct str s, size_t at, int bytes) {
    uint64_t v = 0;
    for (int i = 0; i < bytes; i++) {
        v |= (uint64_t)(unsigned char)s.at[at + (size_t)i] << (8 * i);
    }
    return v;
}

static void put_frame(struct buf *b, enum frame kind, struct str bytes) {
    put_number(b, kind, 1);
    put_number(b, bytes.len, 4);
    buf_put(b, bytes);
}

/* Points in hundredths: whole numbers have no traps in them. */
static uint64_t hundredths(double points) { return points > 0 && points < 1e6 ? (uint64_t)(points * 100 + 0.5) : 0; }

struct str read_frame_write(struct arena *a, const struct read_task *task, const struct read_answer *answer) {
    struct buf b = buf_in(a), one = buf_in(a);
    BUF_LIT(&b, "DKR1");
    if (answer->fault) {
        put_number(&one, answer->fault, 1);
        put_number(&one, (uint64_t)answer->amount, 8);
        put_frame(&b, FRAME_FAULT, buf_str(&one));
    } else if (task->what == READ_WHAT_OUTLINE) {
        put_number(&one, (uint64_t)answer->outline.pages, 4);
        put_number(&one, answer->outline.has_pictures, 1);
        struct str title = answer->outline.title;
        buf_put(&one, utf8_cut(utf8_clean(a, str_slice(title, 0, TITLE_MOST)), 500));
        put_frame(&b, FRAME_OUTLINE, buf_str(&one));
    } else if (task->what == READ_WHAT_CROP) {
        put_frame(&b, FRAME_CROP, answer->crop);
    } else if (task->what == READ_WHAT_WHOLE) {
        put_number(&one, answer->whole.encoding, 1);
        put_number(&one, (uint64_t)answer->whole.certainty, 1);
        buf_put(&one, answer->whole.text);
        put_frame(&b, FRAME_WHOLE, buf_str(&one));
    } else {
        put_number(&one, hundredths(answer->page.width), 4);
        put_number(&one, hundredths(answer->page.height), 4);
        put_number(&one, answer->page.how, 1);
        put_frame(&b, FRAME_PAGE, buf_str(&one));
        put_frame(&b, FRAME_TEXT, answer->page.text);
        put_frame(&b, FRAME_WORDS, read_words_pack(a, &answer->page));
        put_frame(&b, FRAME_VIEW, answer->page.view);
        put_frame(&b, FRAME_THUMBNAIL, answer->page.thumbnail);
    }
    put_frame(&b, FRAME_END, S(""));
    return buf_str(&b);
}

static bool is_webp(struct str s) {
    return s.len == 0 || (s.len > 20 && s.len <= PICTURE_MOST && str_starts(s, S("RIFF")) &&
                          str_eq(str_slice(s, 8, 12), S("WEBP")) && get_number(s, 4, 4) + 8 <= s.len);
}

static bool is_png(struct str s) {
    return s.len > 45 && s.len <= PICTURE_MOST && str_starts(s, S("\x89PNG\r\n\x1a\n")) &&
           str_eq(str_slice(s, 12, 16), S("IHDR"));
}

/* Text fit to be kept and shown: UTF-8 without control characters but line ends and tabs. */
static bool is_clean(struct str s, size_t most) {
    if (s.len > most || !utf8_valid(s)) {
        return false;
    }
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if ((c < 32 && c != '\n' && c != '\t') || c == 127) {
            return false;
        }
    }
    return true;
}

static bool take_fault(struct str s, struct read_answer *answer) {
    if (s.len != 9) {
        return false;
    }
    uint64_t code = get_number(s, 0, 1), amount = get_number(s, 1, 8);
    if (code == READ_FINE || code >= READ_CRASHED || amount > INT64_MAX) {
        return false;
    }
    answer->fault = (enum read_fault)code;
    answer->amount = (int64_t)amount;
    return true;
}

static bool take_outline(struct str s, const struct read_task *task, struct read_answer *answer) {
    if (s.len < 5 || !is_clean(str_slice(s, 5, s.len), TITLE_MOST)) {
        return false;
    }
    answer->outline.pages = (int64_t)get_number(s, 0, 4);
    answer->outline.has_pictures = s.at[4] != 0;
    answer->outline.title = str_slice(s, 5, s.len);
    return answer->outline.pages >= 1 && answer->outline.pages <= task->limits.pages;
}

static bool take_whole(struct str s, struct read_answer *answer) {
    if (s.len < 2 || !is_clean(str_slice(s, 2, s.len), WHOLE_MOST)) {
        return false;
    }
    answer->whole = (struct read_whole){.text = str_slice(s, 2, s.len),
                                        .encoding = (enum read_encoding)(unsigned char)s.at[0],
                                        .certainty = (unsigned char)s.at[1]};
    return answer->whole.encoding >= READ_UTF8 && answer->whole.encoding <= READ_VNI && answer->whole.certainty <= 100;
}

static bool take_page(struct arena *a, const struct str *frames, const struct read_task *task,
                      struct read_answer *answer) {
    struct str head = frames[FRAME_PAGE], text = frames[FRAME_TEXT];
    struct read_page *page = &answer->page;
    if (head.len != 9 || !is_clean(text, TEXT_MOST) || !is_webp(frames[FRAME_VIEW]) ||
        !is_webp(frames[FRAME_THUMBNAIL])) {
        return false;
    }
    page->number = task->n;
    page->width = (double)get_number(head, 0, 4) / 100;
    page->height = (double)get_number(head, 4, 4) / 100;
    page->how = (enum read_how)(unsigned char)head.at[8];
    page->text = text;
    page->view = frames[FRAME_VIEW];
    page->thumbnail = frames[FRAME_THUMBNAIL];
    if (page->width < 1 || page->width > 1e6 || page->height < 1 || page->height > 1e6 || page->how > READ_OCR ||
        read_words_unpack(a, frames[FRAME_WORDS], text, page).why) {
        return false;
    }
    double sum = 0;
    for (size_t i = 0; i < page->words.n; i++) {
        sum += page->words.at[i].confidence;
    }
    page->confidence = page->words.n ? sum / (double)page->words.n : 0;
    return true;
}

bool read_frame_read(struct arena *a, const struct read_task *task, struct str bytes, struct read_answer *answer) {
    *answer = (struct read_answer){0};
    struct str frames[FRAMES] = {0};
    bool has[FRAMES] = {false};
    if (!str_starts(bytes, S("DKR1"))) {
        return false;
    }
    size_t at = 4;
    while (!has[FRAME_END]) {
        if (bytes.len - at < 5) {
            return false;
        }
        uint64_t kind = get_number(bytes, at, 1), len = get_number(bytes, at + 1, 4);
        at += 5;
        if (kind < FRAME_END || kind >= FRAMES || has[kind] || len > bytes.len - at) {
            return false;
        }
        has[kind] = true;
        frames[kind] = str_slice(bytes, at, at + len);
        at += len;
    }
    if (at != bytes.len || frames[FRAME_END].len != 0) {
        return false;
    }
    if (has[FRAME_FAULT]) {
        return take_fault(frames[FRAME_FAULT], answer);
    }
    switch (task->what) {
    case READ_WHAT_OUTLINE: return has[FRAME_OUTLINE] && take_outline(frames[FRAME_OUTLINE], task, answer);
    case READ_WHAT_PAGE:
        return has[FRAME_PAGE] && has[FRAME_TEXT] && has[FRAME_WORDS] && take_page(a, frames, task, answer);
    case READ_WHAT_WHOLE: return has[FRAME_WHOLE] && take_whole(frames[FRAME_WHOLE], answer);
    case READ_WHAT_CROP: answer->crop = frames[FRAME_CROP]; return is_png(answer->crop);
    }
    return false;
}
