/* What the browser gets with the program: css, scripts, icons, fonts; built, compressed and embedded by tools/mkasset
   (build/gen/assets_gen.c). A path with a hash of its content in it ("/assets/app.3f2a91c0.css") is kept by browsers
   for a year; others are asked for each time. */
#ifndef KERNEL_HTTP_ASSET_H
#define KERNEL_HTTP_ASSET_H
#include "base/str.h"

struct asset {
    struct str path; /* as asked for: "/assets/…", "/sw.js", "/manifest.webmanifest" */
    struct str type; /* "text/css; charset=utf-8" */
    struct str bytes;
    struct str gzip; /* empty: not worth it */
    struct str brotli;
    struct str tag; /* of the content, for ETag: hex, without quotes */
    bool is_hashed; /* the path names the content */
};
extern const struct asset assets[]; /* sorted by path */
extern const size_t assets_n;
#endif
