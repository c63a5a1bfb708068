/* Is the folder still where it was when this process began. */
#include "kernel/folder/folder.h"

#include <stdio.h>
#include <sys/stat.h>

#include "base/arena.h"

#include "base/banned.h"

struct place {
    char path[4096];
    dev_t device;
    ino_t number;
};
static struct {
    struct place places[2]; /* the folder, its files */
    size_t n;
} watched;

struct err folder_watch(struct str dir) {
    static const char *const below[] = {"", "/files"};
    watched.n = 0;
    for (size_t i = 0; i < 2; i++) {
        struct place *p = &watched.places[i];
        struct stat st;
        if (dir.len + 16 > sizeof p->path) {
            return FAIL(ERR_BROKEN, "the data folder's name is too long");
        }
        snprintf(p->path, sizeof p->path, "%.*s%s", STR_ARG(dir), below[i]);
        if (stat(p->path, &st) != 0) {
            return FAIL(ERR_BROKEN, "the data folder is not there");
        }
        p->device = st.st_dev;
        p->number = st.st_ino;
    }
    watched.n = 2;
    return OK;
}

struct err folder_stands(struct arena *a) {
    for (size_t i = 0; i < watched.n; i++) {
        const struct place *p = &watched.places[i];
        struct stat st;
        if (stat(p->path, &st) != 0 || st.st_dev != p->device || st.st_ino != p->number) {
            return err_refuse(a, ERR_BUSY, "",
                              "Thư mục dữ liệu không còn ở chỗ của nó nên chưa lưu được gì. Mời báo người quản trị "
                              "đưa thư mục về chỗ cũ rồi thực hiện lại.");
        }
    }
    return OK;
}
