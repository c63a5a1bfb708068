#include "base/sum.h"

#include <string.h>

#include "base/banned.h"

uint64_t sum64(uint64_t h, const void *bytes, size_t n) {
    const uint8_t *at = bytes;
    uint64_t word;
    for (; n >= 8; n -= 8, at += 8) {
        memcpy(&word, at, 8);
        h = (h ^ word) * 0x9FB21C651E98DF25ULL;
        h ^= h >> 29;
    }
    if (n > 0) {
        word = 0;
        memcpy(&word, at, n);
        h = (h ^ word ^ ((uint64_t)n << 56)) * 0x9FB21C651E98DF25ULL;
        h ^= h >> 29;
    }
    return h;
}
