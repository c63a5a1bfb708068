/* What the pages of watches, notes and collections show. */
#ifndef MODULES_LAW_LAW_KEEP_VIEW_H
#define MODULES_LAW_LAW_KEEP_VIEW_H
#include "kernel/db/ids/law_collection.h"
#include "kernel/db/ids/law_collection_item.h"
#include "kernel/db/ids/law_note.h"
#include "kernel/db/ids/law_watch.h"
#include "kernel/db/ids/law_work.h"
#include "kernel/shell/page_view.h"
#include "modules/law/law_view.h"

struct law_watch_view {
    struct law_watch_id id;
    struct str name, title, status_name, status_tone;
    struct link link;
    struct instant made_at, changed_at;
    bool is_topic;
};
struct law_watches_view {
    LIST(struct law_watch_view) watches;
    struct pages pages;
};

struct law_notes_view {
    LIST(struct law_note_view) notes;
    struct pages pages;
    struct link excel;
    struct law_note_id removed;
    bool is_all;
};
struct law_note_edit_view {
    struct law_note_id id;
    struct str name; /* of its work */
    struct str place;
    struct link back;
    bool is_unit;
    struct form *form;
};

struct law_collection_view {
    struct law_collection_id id;
    struct str name, owner_name;
    struct link link;
    int64_t count;
    struct instant made_at;
};
struct law_collections_view {
    LIST(struct law_collection_view) collections;
    LIST(struct law_choice) sorts;
    struct form *form;
    struct law_collection_id removed;
    struct str removed_name;
    struct pages pages;
};
struct law_kept_view {
    struct law_collection_item_id id;
    struct link link;
    struct str name, title, place, status_name, status_tone;
    struct instant added_at;
};
struct law_share_view {
    int64_t principal;
    struct str name;
    bool is_writer;
};
struct law_collection_show_view {
    struct law_collection_id id;
    struct str name, owner_name;
    int64_t count;
    bool may_write, may_manage, is_all;
    LIST(struct law_kept_view) items;
    LIST(struct law_choice) sorts;
    LIST(struct law_share_view) shares;
    struct pick_options people; /* of the organ, to share with */
    struct form *form, *share;
    struct link excel, whole;
    /* What was taken out just now, to be put back. */
    struct law_work_id removed_work;
    struct str removed_eid, removed_name;
    bool has_removed;
    struct pages pages;
};
#endif
