/* Who is asking: accounts, passwords, sessions, and the post ("chức danh") a person wears.
   People, posts and units belong to modules/org, which gives the kernel an auth_org to ask. */
#ifndef KERNEL_AUTH_H
#define KERNEL_AUTH_H
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"

struct arena;
struct db_read;
struct db_write;

/* What a post may do, beyond the records it is given: opens routes, never records. */
enum role {
    ROLE_CLERK   = 1 << 0, /* văn thư: registers */
    ROLE_LEADER  = 1 << 1, /* lãnh đạo: directs */
    ROLE_OFFICER = 1 << 2, /* chuyên viên: works */
    ROLE_HEAD    = 1 << 3, /* trưởng ban, chánh văn phòng: passes on within the unit */
    ROLE_ADMIN   = 1 << 4, /* quản trị hệ thống */
    ROLE_AUDITOR = 1 << 5, /* kiểm tra, giám sát: reads the audit trail */
};

struct person_id { int64_t v; };
struct post_id { int64_t v; };
struct unit_id { int64_t v; };

/* A person wearing one post, for one request. */
struct who {
    struct person_id person;   /* 0: not signed in */
    struct post_id post;       /* 0: signed in, but no post in force */
    struct unit_id unit;       /* the ban, văn phòng … of the post */
    struct unit_id organ;      /* the committee or organisation the unit belongs to */
    uint64_t roles;
    struct str name;           /* Hoàng Thị Vân */
    struct str given_name;     /* Vân */
    struct str address;        /* anh, chị, đồng chí */
    struct str post_name;      /* Văn thư */
    struct str unit_name;      /* Văn phòng */
    struct str organ_name;
    struct str language;       /* vi, en */
    struct str session;        /* hash of the session, for binding forms to it */
    bool must_change_password;
};

/* One choice of the hat switch. */
struct hat {
    struct post_id post;
    struct str post_name;
    struct str unit_name;
    struct str organ_name;
    struct date until_on;
};
struct hats { struct hat *at; size_t n; };

/* What modules/org tells the kernel. */
struct auth_org {
    /* The posts of a person in force on a day, the main one first. */
    struct err (*hats)(struct db_read *db, struct person_id person, struct date on, struct hats *hats);
    /* Fills everything about the person and the post; ERR_DENIED when the post is not in force on that day or not the person's. */
    struct err (*wear)(struct db_read *db, struct person_id person, struct post_id post, struct date on, struct who *who);
};

/* Accounts. Passwords are argon2id (libsodium, interactive limits); at least 8 characters, at most 256. */
struct err auth_account_make(struct db_write *db, struct person_id person, struct str login, struct str password, bool must_change);
/* Checks and opens a session; wrong ones lengthen the wait: 5 free tries, then 1, 2, 4 … 60 minutes, per account and per address.
   Takes the same time for an unknown login. ERR_INVALID with one sentence for all causes; ERR_BUSY with the wait while locked. */
struct err auth_sign_in(struct db_write *db, struct arena *a, struct str login, struct str password, struct str address, struct str *token);
struct err auth_sign_out(struct db_write *db, struct str token);
struct err auth_wear(struct db_write *db, struct str token, struct post_id post);
struct err auth_change_password(struct db_write *db, const struct who *who, struct str old, struct str fresh);
struct err auth_reset_password(struct db_write *db, struct person_id person, struct str fresh);
/* The session's person and hat; who->person.v is 0 when there is none, or it has ended. */
struct err auth_who(struct db_read *db, struct arena *a, struct str token, struct who *who);
#endif
