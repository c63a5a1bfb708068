#include "kernel/seal/seal.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "base/arena.h"
#include "kernel/file/disk.h"

#include "base/banned.h"

enum { KEY = crypto_secretbox_KEYBYTES, NONCE = crypto_secretbox_NONCEBYTES, HEAD = NONCE + crypto_secretbox_MACBYTES };

static struct str key_path(struct arena *a) {
    struct str dir = file_store_dir();
    return str_format(a, "%.*s/" SEAL_FILE, STR_ARG(dir));
}

static struct err key_read(struct arena *a, unsigned char key[static KEY]) {
    int fd = open(str_z(a, key_path(a)), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t n = fd < 0 ? 0 : read(fd, key, KEY);
    if (fd >= 0) {
        close(fd);
    }
    return n == KEY ? OK
                    : REFUSE(ERR_INVALID, "secret",
                             "Khóa mở mật khẩu đã cất không còn trong thư mục dữ liệu. Mời nhập lại mật khẩu.");
}

/* Only one write transaction runs at a time, on however many nodes: nobody else makes the key meanwhile. */
static struct err key_get(struct arena *a, unsigned char key[static KEY]) {
    struct str path = key_path(a);
    if (access(str_z(a, path), F_OK) == 0) {
        return key_read(a, key);
    }
    crypto_secretbox_keygen(key);
    return file_disk_write(a, path, (struct str){(const char *)key, KEY});
}

struct err seal_secret(struct db_write *db, struct str secret, struct str *sealed) {
    struct arena *a = db_write_arena(db);
    unsigned char key[KEY];
    size_t n = HEAD + secret.len, room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    unsigned char *box = arena_take(a, unsigned char, n);
    char *text = arena_take(a, char, room);
    *sealed = S("");
    if (!secret.len) {
        return OK;
    }
    TRY(key_get(a, key));
    randombytes_buf(box, NONCE);
    crypto_secretbox_easy(box + NONCE, (const unsigned char *)secret.at, secret.len, box, key);
    sodium_memzero(key, sizeof key);
    *sealed = str_of(sodium_bin2base64(text, room, box, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING));
    return OK;
}

struct err seal_open(struct arena *a, struct str sealed, struct str *secret) {
    unsigned char key[KEY], *box = arena_take(a, unsigned char, sealed.len + 1),
                            *plain = arena_take(a, unsigned char, sealed.len + 1);
    size_t n = 0;
    *secret = S("");
    if (!sealed.len) {
        return OK;
    }
    TRY(key_read(a, key));
    bool is_open = sodium_base642bin(box, sealed.len, sealed.at, sealed.len, NULL, &n, NULL,
                                     sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                   n >= HEAD && crypto_secretbox_open_easy(plain, box + NONCE, n - NONCE, box, key) == 0;
    sodium_memzero(key, sizeof key);
    if (!is_open) {
        return REFUSE(ERR_INVALID, "secret", "Mật khẩu đã cất không mở được nữa. Mời nhập lại mật khẩu.");
    }
    *secret = (struct str){(const char *)plain, n - HEAD};
    return OK;
}
