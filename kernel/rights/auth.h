/* Who is asking: accounts, passwords, sessions, and the post ("chức danh") a person wears.
   People, posts and units belong to modules/org, which gives the kernel an auth_org to ask. */
#ifndef KERNEL_RIGHTS_AUTH_H
#define KERNEL_RIGHTS_AUTH_H
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"

struct arena;
struct db_read;
struct db_write;

/* What a post may do, beyond the records it is given: opens routes, never records. */
enum role {
    ROLE_CLERK = 1 << 0,   /* văn thư: registers */
    ROLE_LEADER = 1 << 1,  /* lãnh đạo: directs */
    ROLE_OFFICER = 1 << 2, /* chuyên viên: works */
    ROLE_HEAD = 1 << 3,    /* trưởng ban, chánh văn phòng: passes on within the unit */
    ROLE_ADMIN = 1 << 4,   /* quản trị hệ thống */
    ROLE_AUDITOR = 1 << 5, /* kiểm tra, giám sát: reads the audit trail */
};

struct person_id {
    int64_t v;
};
struct post_id {
    int64_t v;
};
struct unit_id {
    int64_t v;
};

/* A person wearing one post, for one request. */
struct who {
    struct person_id person; /* 0: not signed in */
    struct post_id post;     /* 0: signed in, but no post in force */
    struct unit_id unit;     /* the ban, văn phòng … of the post */
    struct unit_id organ;    /* the committee or organisation the unit belongs to */
    uint64_t roles;
    struct str name;       /* Hoàng Thị Vân */
    struct str given_name; /* Vân */
    struct str address;    /* anh, chị, đồng chí */
    struct str post_name;  /* Văn thư */
    struct str unit_name;  /* Văn phòng */
    struct str organ_name;
    struct str language; /* vi, en */
    struct str session;  /* hash of the session, for binding forms to it */
    bool must_change_password;
    bool is_old; /* the session's last use should be written down again: kernel/http does */
};

struct hat { /* one choice of the hat switch */
    struct post_id post;
    struct str post_name;
    struct str unit_name;
    struct str organ_name;
    struct date until_on;
};
struct hats {
    struct hat *at;
    size_t n;
};

struct auth_org { /* what modules/org tells the kernel */
    /* The posts of a person in force on a day, the main one first. */
    struct err (*hats)(struct db_read *db, struct person_id person, struct date on, struct hats *hats);
    /* Fills everything about the person and the post; ERR_DENIED when the post is not in force on that day or not the
     * person's. */
    struct err (*wear)(struct db_read *db, struct person_id person, struct post_id post, struct date on,
                       struct who *who);
};

/* Whom to ask; once at start, before the first request. */
void auth_org_set(const struct auth_org *org);
/* How long a session lasts unused and at most (8 and 24 hours unless said). */
void auth_limits_set(int64_t idle_minutes, int64_t most_minutes);

/* Accounts. Passwords are argon2id (libsodium, interactive limits); at least 8 characters, at most 256.
   The demonstration's password "doanket" is shorter on purpose: it is only taken from this very machine.
   CONFLICT when the login or the person has an account already. */
struct err auth_account_make(struct db_write *db, struct person_id person, struct str login, struct str password,
                             bool must_change);
struct err auth_account_make_sealed(struct db_write *db, struct person_id person, struct str login, struct str sealed,
                                    bool must_change);

/* Signing in, in three steps: auth_check looks whether a try is allowed now and against what; the password is hashed
   beside the workers (kernel/rights/password.h); auth_sign_in opens the session. A login that does not exist is treated
   as one that does. Wrong tries are counted by login and network (or browser its person used before), so that others
   elsewhere lock nobody out: 5 are free, then ERR_BUSY with the wait of 1, 2, 4 … 60 minutes. */
struct auth_try {
    struct str login, password, address;
    struct str device; /* the browser's token of an earlier sign-in, or empty */
};
struct auth_check {
    struct person_id account; /* whose password is tried; 0: there is none */
    bool may_pass;            /* the account is open, and the password not the demonstration's from elsewhere */
    bool is_known_device;
    int64_t login;      /* a hash of the name as typed */
    struct str counted; /* the network or browser the tries are counted by */
    struct str address;
    struct str sealed; /* never empty */
    int64_t wait_s;    /* with ERR_BUSY */
};
struct err auth_check(struct db_read *db, const struct auth_try *t, struct auth_check *check);
struct auth_signed_in {
    struct str token, device;   /* device: for the browser to keep; empty when it has one */
    int64_t failures, networks; /* wrong tries since the last time it went well, and from how many places */
};
/* Opens a session, wearing the first post in force, or counts the failure: then ERR_INVALID with one sentence for all
   causes, and the caller commits all the same. ERR_BUSY when the last free try was used meanwhile. */
struct err auth_sign_in(struct db_write *db, struct auth_check *check, bool is_right, struct auth_signed_in *in);
struct err auth_sign_out(struct db_write *db, struct str token);
/* DENIED when the post is not the person's, or not in force today. */
struct err auth_wear(struct db_write *db, struct str token, struct post_id post);
/* INVALID at "fresh" when it is too short or too long for a password. */
struct err auth_password_check(struct str fresh);
struct err auth_password_sealed(struct db_read *db, struct person_id person, struct str *sealed);
struct err auth_change_password(struct db_write *db, const struct who *who, struct str sealed);
/* Ends every other session; the administrator's ends all, and asks for a new one at the next sign-in. */
struct err auth_reset_password(struct db_write *db, struct person_id person, struct str sealed);
struct err auth_language(struct db_write *db, struct person_id person, struct str language);
/* Opens or closes an account; closing ends all sessions. MISSING when there is none. */
struct err auth_account_close(struct db_write *db, struct person_id person, bool is_closed);
struct auth_account {
    struct str login; /* empty when the person has none */
    bool is_closed, must_change_password;
    struct instant signed_in_at;
    int64_t failures, networks; /* wrong tries of the last day, and from how many places */
};
struct err auth_account(struct db_read *db, struct person_id person, struct auth_account *account);

/* The session's person and hat; who->person.v is 0 when there is none, or it has ended. When the hat's term is over
   the person wears the next one in force, or none (post 0). */
struct err auth_who(struct db_read *db, struct arena *a, struct str token, struct who *who);
/* Whether a session (by its hash) still lives and still wears the post: for open event streams. */
struct err auth_is_alive(struct db_read *db, struct str session, struct post_id post, bool *is_alive);
/* For commands that look as somebody does (--as vanthu): the post that person wears first; MISSING, with a sentence,
   when there is no such login or it has no post in force. */
struct err auth_post_of_login(struct db_read *db, struct str login, struct post_id *post);
/* The posts the person may wear today, the main one first. */
struct err auth_hats(struct db_read *db, struct person_id person, struct hats *hats);
/* The person of a session that may have ended already; 0 when it was never one, or long ago. */
struct err auth_who_was(struct db_read *db, struct str token, struct person_id *person);
/* Writes down that a session (who->session) is in use, when who->is_old says so. */
struct err auth_touch(struct db_write *db, struct str session);
struct str auth_hash(struct arena *a, struct str token);
/* Wrong tries of a login are forgotten, from wherever they came. */
struct err auth_tries_clear(struct db_write *db, struct str login);
struct err auth_prune(struct db_write *db); /* removes what has ended */
#endif
