/* The bytes of a document's files, the pictures of their pages, and pieces of them: each only for who may read the
 * document. */
#include "kernel/file/file.h"
#include "kernel/queue/job.h"
#include "kernel/page/json.h"
#include "modules/document/document_again.h"
#include "modules/document/document_pages.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* The {file} of the path, when the document holds it and the asker may read the document. */
static struct err file_of_path(struct get *g, struct document_file_by_id_row **row, struct file *file) {
    struct document_doc_id id;
    struct document_by_id_row *doc;
    struct document_file_id file_id;
    TRY(document_of_path(g->request, &id));
    TRY(document_find(g->db, id, g->who, &doc, NULL));
    TRY(path_id(g->request, S("file"), &file_id.v));
    TRY(document_file_by_id(g->db, (struct document_file_by_id_in){file_id}, row));
    if (!*row || (*row)->doc.v != id.v) {
        return FAIL(ERR_MISSING, "the document has no such file");
    }
    return file_find(g->db, g->arena, (*row)->file, file);
}

struct err document_file_get(struct get *g) {
    struct document_file_by_id_row *row;
    struct file file;
    TRY(file_of_path(g, &row, &file));
    bool download = is(query_param(g->request, S("download")), "1");
    return answer_file(g, &file, row->name, download);
}

struct err document_picture_get(struct get *g) {
    struct document_file_by_id_row *row;
    struct file file;
    struct str picture;
    int64_t n;
    TRY(file_of_path(g, &row, &file));
    TRY(path_id(g->request, S("page"), &n));
    TRY(file_picture(g->arena, &file, FILE_PICTURE_VIEW, n, &picture));
    answer_tagged(g->request);
    return answer_bytes(g, S("image/webp"), picture);
}

static void line_put(struct buf *b, const struct read_word *words, size_t n, const char *comma) {
    struct read_box box = read_box_around(words, n);
    struct buf text = buf_in(b->arena);
    for (size_t i = 0; i < n; i++) {
        buf_put(&text, i ? S(" ") : S(""));
        buf_put(&text, words[i].text);
    }
    buf_printf(b, "%s[%.4f,%.4f,%.4f,%.4f,", comma, box.x, box.y, box.w, box.h);
    json_str(b, buf_str(&text));
    buf_put_char(b, ']');
}

/* The recognised words of a page, line by line with their places, for the text layer over a scan. */
struct err document_words_get(struct get *g) {
    struct document_file_by_id_row *row;
    struct file file;
    struct read_page page = {0};
    int64_t n;
    TRY(file_of_path(g, &row, &file));
    TRY(path_id(g->request, S("page"), &n));
    struct err e = file_page(g->db, g->arena, row->file, n, &page);
    /* A page not read yet has no lines so far. */
    if (e.why && !err_is(e, ERR_MISSING)) {
        return e;
    }
    struct buf b = buf_in(g->arena);
    BUF_LIT(&b, "{\"lines\":[");
    const char *comma = "";
    for (size_t from = 0, i = 1; page.how == READ_OCR && i <= page.words.n; i++) {
        if (i == page.words.n || page.words.at[i].starts_line) {
            line_put(&b, &page.words.at[from], i - from, comma);
            comma = ",";
            from = i;
        }
    }
    BUF_LIT(&b, "]}");
    return answer_bytes(g, S("application/json; charset=utf-8"), buf_str(&b));
}

struct err document_crop_get(struct get *g) {
    struct document_doc_id id;
    struct document_by_id_row *doc;
    struct document_fact_list_rows facts;
    struct document_main_file_row *main_file;
    int64_t fact;
    TRY(document_of_path(g->request, &id));
    TRY(document_find(g->db, id, g->who, &doc, NULL));
    TRY(path_id(g->request, S("fact"), &fact));
    TRY(document_fact_list(g->db, (struct document_fact_list_in){id}, &facts));
    TRY(document_main_file(g->db, (struct document_main_file_in){id}, &main_file));
    for (size_t i = 0; main_file && i < facts.n; i++) {
        const struct document_fact_list_row *x = &facts.at[i];
        if (x->id.v == fact && x->page) {
            struct file file;
            struct str png;
            TRY(file_find(g->db, g->arena, main_file->file, &file));
            TRY(file_crop_kept(g->arena, &file, x->page, (struct read_box){x->x, x->y, x->w, x->h}, &png));
            answer_tagged(g->request);
            return answer_bytes(g, S("image/png"), png);
        }
    }
    return FAIL(ERR_MISSING, "no such piece");
}

static void pictures_fill(struct get *g, struct document_doc_id id, struct document_file_id row,
                          const struct file *file, struct document_paper_view *v) {
    for (int64_t n = 1; file->has_pictures && n <= file->pages_done && n <= file->pages; n++) {
        LIST_ADD(g->arena, &v->pictures,
                 (struct document_picture){link_local(g->arena, "/document/%lld/file/%lld/page/%lld", (long long)id.v,
                                                      (long long)row.v, (long long)n),
                                           n});
    }
}

static struct err progress_fill(struct get *g, const struct document_by_id_row *doc,
                                const struct document_file_by_id_row *row, const struct file *file,
                                struct document_paper_view *v) {
    struct document_reading_state s;
    struct str damage = file_damage_words(file);
    TRY(document_reading_state(g->db, doc->id, file, &s));
    v->is_damaged = damage.len > 0;
    v->is_failed = damage.len || file->state == FILE_UNREADABLE || s.is_stopped;
    v->is_partial = s.is_partial;
    v->fault = damage.len ? damage : s.fault;
    v->faulty = s.faulty;
    v->is_reading = !damage.len && s.is_reading;
    v->done = file->pages_done;
    v->total = file->pages;
    v->reading_words = file->pages ? str_format(g->arena, "Đang đọc trang %lld / %lld", (long long)file->pages_done + 1,
                                                (long long)file->pages)
                                   : S("Đang chờ đọc");
    if (s.may_again && (g->who->roles & (ROLE_CLERK | ROLE_LEADER))) {
        v->again = link_local(g->arena, "/document/%lld/file/%lld/again", (long long)doc->id.v, (long long)row->id.v);
    }
    return OK;
}

struct err document_paper_fill(struct get *g, const struct document_by_id_row *doc, int64_t file,
                               struct document_paper_view *v) {
    struct document_file_id row = {file};
    struct document_file_by_id_row *found;
    struct file kept;
    if (!file) {
        struct document_main_file_row *main_file;
        TRY(document_main_file(g->db, (struct document_main_file_in){doc->id}, &main_file));
        if (!main_file) {
            return OK;
        }
        row = main_file->id;
    }
    TRY(document_file_by_id(g->db, (struct document_file_by_id_in){row}, &found));
    if (!found || found->doc.v != doc->id.v) {
        return FAIL(ERR_MISSING, "the document has no such file");
    }
    TRY(file_find(g->db, g->arena, found->file, &kept));
    v->name = found->name;
    v->size = found->size;
    v->type_name = file_type_name(kept.type);
    v->is_pdf = kept.type == FILE_PDF;
    v->file = link_local(g->arena, "/document/%lld/file/%lld", (long long)doc->id.v, (long long)row.v);
    v->download = link_local(g->arena, "/document/%lld/file/%lld?download=1", (long long)doc->id.v, (long long)row.v);
    int64_t first = 0;
    v->first = id_read(query_param(g->request, S("page")), &first) && first <= kept.pages ? first : 1;
    TRY(progress_fill(g, doc, found, &kept, v));
    pictures_fill(g, doc->id, row, &kept, v);
    return OK;
}
