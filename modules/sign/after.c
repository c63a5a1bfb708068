/* What a change appended to a signed PDF does. Further signatures are let pass: new objects that what was signed does
   not show, the form with fields of signatures more, a page with their places on it. Everything else, and whatever
   cannot be followed, counts as a change of the document. */
#include "base/arena.h"
#include "modules/sign/inside.h"

#include "base/banned.h"

struct looking {
    struct pdf *old, *now;
    int64_t end; /* of the old file */
};

static bool is_signature_field(struct looking *l, const struct pdf_value *ref) {
    const struct pdf_value *v = pdf_of(l->now, ref);
    const struct pdf_value *sub = pdf_member(v, "Subtype");
    return ref->kind == PDF_REF && pdf_is_name(pdf_member(v, "FT"), "Sig") && (!sub || pdf_is_name(sub, "Widget")) &&
           !pdf_member(v, "Kids") && !pdf_member(v, "A") && !pdf_member(v, "AA");
}

/* All of the old list in its order, then only fields of signatures that are new. */
static bool list_grew(struct looking *l, const struct pdf_value *was, const struct pdf_value *is) {
    const struct pdf_value none = {.kind = PDF_ARRAY};
    was = was ? pdf_of(l->old, was) : &none;
    is = is ? pdf_of(l->now, is) : &none;
    if (!was || !is || was->kind != PDF_ARRAY || is->kind != PDF_ARRAY || is->items.n < was->items.n) {
        return false;
    }
    for (size_t i = 0; i < is->items.n; i++) {
        const struct pdf_value *v = &is->items.at[i];
        bool is_old = i < was->items.n;
        bool is_new_field = !is_old && v->kind == PDF_REF && v->number >= l->old->size && is_signature_field(l, v);
        if (is_old ? !pdf_same(v, &was->items.at[i]) : !is_new_field) {
            return false;
        }
    }
    return true;
}

static bool is_among(struct str key, const char *const *keys) {
    for (; *keys; keys++) {
        if (str_eq(key, str_of(*keys))) {
            return true;
        }
    }
    return false;
}

/* The members of one dictionary, except some, are those of another. */
static bool holds(const struct pdf_value *a, const struct pdf_value *b, const char *const *except) {
    for (size_t i = 0; i + 1 < a->items.n; i += 2) {
        const struct pdf_value *other = NULL;
        struct str key = a->items.at[i].text;
        if (is_among(key, except)) {
            continue;
        }
        for (size_t k = 0; k + 1 < b->items.n && !other; k += 2) {
            other = str_eq(b->items.at[k].text, key) ? &b->items.at[k + 1] : NULL;
        }
        if (!other || !pdf_same(&a->items.at[i + 1], other) || pdf_has_twice(a, "Annots")) {
            return false;
        }
    }
    return true;
}

static bool differs_only(const struct pdf_value *was, const struct pdf_value *is, const char *const *except) {
    return is->kind == PDF_DICT && was->kind == PDF_DICT && holds(was, is, except) && holds(is, was, except);
}

static bool form_grew(struct looking *l, const struct pdf_value *was, const struct pdf_value *is) {
    static const char *const may[] = {"Fields", "SigFlags", "DR", "DA", NULL};
    const struct pdf_value none = {.kind = PDF_DICT};
    was = was ? pdf_of(l->old, was) : &none;
    is = is ? pdf_of(l->now, is) : &none;
    return was && is && differs_only(was, is, may) && list_grew(l, pdf_member(was, "Fields"), pdf_member(is, "Fields"));
}

static bool catalog_fits(struct looking *l, const struct pdf_value *was, const struct pdf_value *is) {
    static const char *const may[] = {"AcroForm", "DSS", "Extensions", "Version", NULL};
    return differs_only(was, is, may) && form_grew(l, pdf_member(was, "AcroForm"), pdf_member(is, "AcroForm"));
}

/* A field that waited for its signature has it now. */
static bool field_fits(const struct pdf_value *was, const struct pdf_value *is) {
    static const char *const may[] = {"V", "AP", "M", "MK", "F", NULL};
    return pdf_is_name(pdf_member(was, "FT"), "Sig") && !pdf_member(was, "V") && differs_only(was, is, may);
}

static bool is_info(struct looking *l, int64_t number) {
    const struct pdf_value *was = pdf_member(&l->old->trailer, "Info"), *is = pdf_member(&l->now->trailer, "Info");
    return was && is && was->kind == PDF_REF && is->kind == PDF_REF && was->number == number && is->number == number;
}

/* The list of a page's or the form's, where it is an object of its own. */
static bool is_list_of_fields(struct looking *l, const struct pdf_value *was, const struct pdf_value *is) {
    return was->kind == PDF_ARRAY && is->kind == PDF_ARRAY && list_grew(l, was, is);
}

static bool object_fits(struct looking *l, int64_t number) {
    static const char *const page[] = {"Annots", NULL};
    const struct pdf_value *was = pdf_object(l->old, number), *is = pdf_object(l->now, number);
    if (!was || !is) {
        return false;
    }
    if (pdf_is_name(pdf_member(was, "Type"), "Catalog")) {
        return catalog_fits(l, was, is);
    }
    if (pdf_is_name(pdf_member(was, "Type"), "Page")) {
        return differs_only(was, is, page) && list_grew(l, pdf_member(was, "Annots"), pdf_member(is, "Annots"));
    }
    if (pdf_member(was, "Length") || pdf_member(is, "Length")) {
        return false;
    }
    bool is_form = pdf_member(was, "Fields") && !pdf_member(was, "FT") && form_grew(l, was, is);
    return is_form || field_fits(was, is) || is_info(l, number) || is_list_of_fields(l, was, is) || pdf_same(was, is);
}

/* The tables of the old file say the same of every number, or the object was written anew and fits. */
static bool tables_fit(struct looking *l) {
    for (size_t i = 1; i < l->now->entries.n; i++) {
        const struct pdf_entry none = {0}, *is = &l->now->entries.at[i],
                               *was = i < l->old->entries.n ? &l->old->entries.at[i] : &none;
        bool is_new = (int64_t)i >= l->old->size;
        if (is->kind == was->kind && is->at == was->at && is->index == was->index) {
            continue;
        }
        /* A number that the old file left free may be one it shows already. */
        bool was_used = was->kind == 1 || was->kind == 2;
        bool is_here = is->kind == 2 || (is->kind == 1 && is->at >= l->end);
        if (!is_here || (!is_new && !was_used) || (was_used && !object_fits(l, (int64_t)i))) {
            return false;
        }
    }
    return true;
}

/* A reference to a number that did not exist when it was signed would show what comes later under it. */
static bool points_ahead(struct pdf *old, const struct pdf_value *v) {
    if (v->kind == PDF_REF && v->number >= old->size) {
        return true;
    }
    for (size_t i = 0; i < v->items.n; i++) {
        if (points_ahead(old, &v->items.at[i])) {
            return true;
        }
    }
    return false;
}

static bool is_closed(struct pdf *old) {
    for (size_t i = 1; i < old->entries.n; i++) {
        const struct pdf_value *v = old->entries.at[i].kind == 1 ? pdf_object(old, (int64_t)i) : NULL;
        bool is_packed = old->entries.at[i].kind == 2;
        v = is_packed ? pdf_object(old, (int64_t)i) : v;
        if ((is_packed && !v) || (v && points_ahead(old, v))) {
            return false;
        }
    }
    return true;
}

enum sign_after sign_after_look(struct arena *a, struct str bytes, int64_t end) {
    struct pdf old, now;
    if ((size_t)end >= bytes.len) {
        return SIGN_AFTER_NOTHING;
    }
    if (!pdf_open(a, str_slice(bytes, 0, (size_t)end), &old) || !pdf_open(a, bytes, &now)) {
        return SIGN_AFTER_OTHER;
    }
    struct looking l = {&old, &now, end};
    const struct pdf_value *was = pdf_member(&old.trailer, "Root"), *is = pdf_member(&now.trailer, "Root");
    bool fits = was && is && was->kind == PDF_REF && pdf_same(was, is) && now.startxref >= end && is_closed(&old) &&
                tables_fit(&l);
    return fits ? SIGN_AFTER_SIGNATURES : SIGN_AFTER_OTHER;
}
