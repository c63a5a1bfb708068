/* A fast checksum against accidents: damage within any one eight-byte word is always seen, wider damage all but once
   in 2^64. It is no defence against who would forge; for that there is SHA-256. */
#ifndef BASE_SUM_H
#define BASE_SUM_H
#include <stddef.h>
#include <stdint.h>

/* h is the sum so far (0 at first). Pieces but the last must be multiples of 8 bytes long. */
uint64_t sum64(uint64_t h, const void *bytes, size_t n);
#endif
