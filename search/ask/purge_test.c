#include "tests/db.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "search/search.h"
#include "search/doc.h"

static struct err put(struct search_writer *w, struct arena *a, int64_t record, const char *text) {
    static int64_t everybody[] = {7};
    struct search_doc doc = {.record = record, .kind = S("note"), .title = S("Ghi chú"), .principals = {everybody, 1}};
    search_doc_add(a, &doc, 1, str_of(text));
    return search_writer_put(w, &doc);
}

/* Whether a word stands in any file of the index; spellings are kept as they are, plain letters first. */
static bool is_on_disk(struct arena *a, struct str dir, const char *word) {
    char *folder = str_z(a, str_format(a, "%.*s/index", STR_ARG(dir)));
    DIR *d = opendir(folder);
    bool found = false;
    for (struct dirent *e; d && !found && (e = readdir(d));) {
        int fd = openat(dirfd(d), e->d_name, O_RDONLY | O_CLOEXEC);
        char piece[65536];
        ssize_t n = fd >= 0 ? read(fd, piece, sizeof piece) : 0;
        found = n > 0 && str_find((struct str){piece, (size_t)n}, str_of(word), 0) != SIZE_MAX;
        if (fd >= 0) {
            close(fd);
        }
    }
    if (d) {
        closedir(d);
    }
    return found;
}

TEST_DB("what is purged of a record stands in no file of the index, nor do words only it used; others stay found") {
    struct search_writer *w;
    struct str dir = db_dir(db);
    CHECK_OK(search_writer_open(dir, &w));
    CHECK_OK(put(w, arena, 1, "bachngocqx va hoa sen"));
    CHECK_OK(put(w, arena, 2, "hoa sen trong ho"));
    CHECK_OK(search_writer_commit(w, 5));
    CHECK(is_on_disk(arena, dir, "bachngocqx"));
    CHECK_OK(search_writer_remove(w, 1));
    CHECK_OK(search_writer_purge(w, 1));
    CHECK_OK(search_writer_commit(w, 6));
    CHECK(!is_on_disk(arena, dir, "bachngocqx"));
    CHECK(is_on_disk(arena, dir, "sen"));
    CHECK(search_writer_documents(w) == 1);
    search_writer_close(w);
}
