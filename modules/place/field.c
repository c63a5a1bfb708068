/* A form's field for a commune: typed as a name or a whole address. */
#include "modules/place/place.h"
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/page/form.h"

#include "base/banned.h"

enum { NAMED_MOST = 6 };

static struct str names_of(struct arena *a, const struct place_found *found) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < found->communes.n && i < NAMED_MOST; i++) {
        buf_printf(&b, "%s%.*s", i ? ", " : "", STR_ARG(found->communes.at[i]->full));
    }
    if (found->communes.n > NAMED_MOST) {
        BUF_LIT(&b, ", …");
    }
    return buf_str(&b);
}

struct str place_field(const struct place_index *index, struct form *f, const char *name) {
    struct str text = form_text(f, name);
    if (!text.len) {
        return S("");
    }
    const struct place_commune *coded = place_commune(index, text);
    if (coded) {
        return coded->code;
    }
    struct place_found found = place_find(index, f->arena, text, (struct date){0});
    switch (found.class) {
    case PLACE_SURE: return found.communes.at[0]->code;
    case PLACE_AMBIGUOUS: {
        struct str names = names_of(f->arena, &found);
        form_fault(f, name, "Có thể là: %.*s. Mời ghi rõ một xã, phường, đặc khu.", STR_ARG(names));
        break;
    }
    case PLACE_OUTSIDE:
        form_fault(f, name, "Địa chỉ này thuộc %.*s. Mời chọn một xã, phường, đặc khu của Hải Phòng.",
                   STR_ARG(found.province));
        break;
    case PLACE_UNKNOWN:
        form_fault(f, name, "Không nhận ra xã, phường nào. Mời chọn trong danh sách, hoặc ghi cả tên xã và huyện cũ.");
        break;
    }
    return S("");
}
