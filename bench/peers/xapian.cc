// Xapian, which speaks only C++: words and pairs as terms without places, principals as terms that filter.
#include "bench/peers/peers.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>
#include <xapian.h>

namespace {

// Written in pieces that are put together at the end: quicker than adding to one ever larger database.
const uint32_t piece_most = 100000;

struct made {
    std::string dir;
    std::vector<std::string> pieces;
    Xapian::WritableDatabase db; // the last piece
};

struct opened {
    Xapian::Database db;
    std::vector<Xapian::Query> may;
};

const peers_form forms[] = {
    {"words and pairs", -1, -1, 0, 0, ""},
    {"words", -1, 0, 0, 0, ""},
    {"24 rarest of both", 0, 0, 24, 0, ""},
    {"20 rarest of both", 0, 0, 20, 0, ""},
    {"16 rarest of both", 0, 0, 16, 0, ""},
    {"8 rarest of both", 0, 0, 8, 0, ""},
    {nullptr, 0, 0, 0, 0, nullptr},
};

void about(char *out, size_t most) {
    snprintf(out, most,
             "Xapian %s, glass, compacted; BM25 k1 1.2 b .75 (pairs .7), no places; principals as terms, OP_FILTER; "
             "made in pieces of 100,000 passages, without lists of a passage's terms",
             Xapian::version_string());
}

void *make(const char *dir) {
    setenv("XAPIAN_FLUSH_THRESHOLD", "1000000", 1);
    return new made{dir, {}, {}};
}

void begin_piece(made *m) {
    m->db.close();
    m->pieces.push_back(m->dir + "/piece" + std::to_string(m->pieces.size()));
    m->db = Xapian::WritableDatabase(m->pieces.back(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC |
                                                           Xapian::DB_NO_TERMLIST);
}

void add_all(Xapian::Document &d, peers_text t, Xapian::termcount times) {
    for (size_t at = 0; at < t.len;) {
        const char *end = static_cast<const char *>(memchr(t.at + at, ' ', t.len - at));
        size_t to = end ? static_cast<size_t>(end - t.at) : t.len;
        if (to > at) {
            d.add_term(std::string(t.at + at, to - at), times);
        }
        at = to + 1;
    }
}

std::string principal(int64_t id) { return "P" + std::to_string(id); }

void put(void *handle, const peers_passage *p) {
    auto *m = static_cast<made *>(handle);
    Xapian::Document d;
    if ((p->id - 1) % piece_most == 0) {
        begin_piece(m);
    }
    add_all(d, p->title, 2);
    add_all(d, p->title_pairs, 2);
    add_all(d, p->text, 1);
    add_all(d, p->pairs, 1);
    d.add_boolean_term(principal(PEERS_EVERYBODY));
    d.add_boolean_term(principal(PEERS_UNIT + p->right));
    d.add_boolean_term(principal(PEERS_GROUP + p->right % 16));
    if (m->db.add_document(d) != (p->id - 1) % piece_most + 1) {
        peers_fail("Xapian", "numbers documents otherwise");
    }
}

void finish(void *handle) {
    auto *m = static_cast<made *>(handle);
    m->db.close();
    Xapian::Database all;
    for (const std::string &piece : m->pieces) {
        all.add_database(Xapian::Database(piece));
    }
    all.compact(m->dir + "/index");
    for (const std::string &piece : m->pieces) {
        std::filesystem::remove_all(piece);
    }
}

void *open(const char *dir, const peers_asker *askers, size_t n) {
    auto *o = new opened{Xapian::Database(std::string(dir) + "/index"), {}};
    for (size_t i = 0; i < n; i++) {
        std::vector<Xapian::Query> any;
        for (size_t k = 0; k < askers[i].principals_n; k++) {
            any.emplace_back(principal(askers[i].principals[k]));
        }
        o->may.emplace_back(Xapian::Query::OP_OR, any.begin(), any.end());
    }
    return o;
}

void ask(void *handle, const peers_asked *asked, const char *, size_t asker, peers_found *found) {
    auto *o = static_cast<opened *>(handle);
    std::vector<Xapian::Query> terms;
    for (size_t i = 0; i < asked->n; i++) {
        Xapian::Query term(std::string(asked->terms[i].text.at, asked->terms[i].text.len));
        terms.push_back(asked->terms[i].is_pair ? Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, term, 0.7) : term);
    }
    Xapian::Query any(asked->is_all ? Xapian::Query::OP_AND : Xapian::Query::OP_OR, terms.begin(), terms.end());
    Xapian::Enquire enquire(o->db);
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0.5));
    enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, any, o->may[asker]));
    Xapian::MSet best = enquire.get_mset(0, PEERS_TAKEN);
    for (Xapian::MSetIterator i = best.begin(); i != best.end(); ++i) {
        found->at[found->n++] = *i;
    }
}

} // namespace

const peers_engine peers_xapian = {"Xapian", forms, about, make, put, nullptr, finish, open, ask, nullptr, nullptr};
