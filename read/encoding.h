/* Texts in the old Vietnamese encodings, brought to Unicode. Pure; for bytes that need no sandbox: plain text. */
#ifndef READ_ENCODING_H
#define READ_ENCODING_H
#include "read/read.h"

/* Bytes, or text whose letters may stand for others, as Unicode (NFC). */
struct read_encoded {
    struct str text;
    enum read_encoding encoding;
    int certainty; /* percent; under 60 somebody must look */
};
void read_encoding_find(struct arena *a, struct str bytes, struct read_encoded *out);
void read_encoding_of_text(struct arena *a, struct str text, struct read_encoded *out);
#endif
