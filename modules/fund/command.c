/* doanket fund read, publish, verify. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "modules/fund/command.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/page/json.h"
#include "modules/fund/published.h"
#include "modules/fund/source.h"

#include "base/banned.h"

enum { NAME_WIDE = 20 };
enum { OPTION_JSON, OPTION_RECEIPTS, OPTION_ROOT };
static const struct command_option options[] = {{"json", false}, {"receipts", true}, {"root", true}, {NULL, false}};

static void say(struct err e) {
    struct str words = e.why->message.len ? e.why->message : err_sentence(e.why->kind);
    fprintf(stderr, "doanket: %.*s\n", STR_ARG(words));
}

/* --- Reading --- */
struct tally {
    int64_t n, sum;
};
struct reading {
    struct statement *statement;
    const struct statement_words *words;
    struct arena *arena;
    struct tally kinds[STATEMENT_KINDS];
    bool is_json;
    struct fund_publisher *publisher; /* NULL: only read */
    FILE *out, *receipts;
};

static const char *fault_words(enum statement_fault fault) {
    switch (fault) {
    case STATEMENT_TWO_AMOUNTS: return "có cả số tiền ghi nợ và ghi có; cần xem lại dòng này.";
    case STATEMENT_NO_DIRECTION: return "không rõ tiền vào hay tiền ra; cần xem lại cột loại giao dịch.";
    case STATEMENT_NO_AMOUNT:
    default: return "không đọc được số tiền; cần sửa ô số tiền.";
    }
}

static void text_or_null(struct buf *b, const char *name, struct str text) {
    buf_printf(b, ", \"%s\": ", name);
    if (text.len) {
        json_str(b, text);
    } else {
        json_z(b, NULL);
    }
}

static void line_print(struct arena *row, const struct statement_line *line, const struct statement_sense *sense,
                       FILE *out) {
    struct buf b = buf_in(row);
    bool is_payout = sense->kind == STATEMENT_PAYOUT;
    bool has_donor = sense->kind <= STATEMENT_DUPLICATE && !line->is_out;
    buf_printf(&b, "{\"line\": %lld", (long long)line->number);
    text_or_null(&b, "ref", line->ref);
    buf_printf(&b, ", \"direction\": \"%s\", \"amount\": %lld, \"kind\": \"%s\"", line->is_out ? "out" : "in",
               (long long)line->amount, statement_kind_name(sense->kind));
    text_or_null(&b, "campaign", is_payout ? S("") : sense->campaign);
    text_or_null(&b, "donor", sense->donor);
    text_or_null(&b, "donor_kind", has_donor ? str_of(statement_donor_name(sense->donor_kind)) : S(""));
    buf_printf(&b, ", \"anonymous\": %s", sense->is_anonymous ? "true" : "false");
    if (sense->dup_of) {
        buf_printf(&b, ", \"dup_of\": %lld", (long long)sense->dup_of);
    }
    if (is_payout) {
        text_or_null(&b, "purpose", sense->campaign);
    }
    BUF_LIT(&b, "}\n");
    fwrite(b.at, 1, b.len, out);
}

static void line_publish(struct reading *r, struct arena *row, const struct statement_line *line,
                         const struct statement_sense *sense) {
    if (sense->kind != STATEMENT_DONATION) {
        fund_publish_other(r->publisher, statement_kind_name(sense->kind), line->amount);
        return;
    }
    struct fund_gift gift = {.on = line->on,
                             .campaign = sense->campaign,
                             .amount = line->amount,
                             .donor = sense->donor,
                             .is_hidden = sense->is_anonymous};
    struct buf out = buf_in(row), receipt = buf_in(row);
    fund_publish(r->publisher, row, &gift, &out, &receipt);
    fwrite(out.at, 1, out.len, r->out);
    fwrite(receipt.at, 1, receipt.len, r->receipts);
}

static struct err row_take(void *thing, struct arena *row, const struct statement_cells *cells) {
    struct reading *r = thing;
    struct statement_line line;
    enum statement_row kind = statement_take(r->statement, row, cells, &line);
    if (kind == STATEMENT_FAULT) {
        fprintf(stderr, "doanket: dòng %lld của tệp %s\n", (long long)cells->number,
                fault_words(statement_fault(r->statement)));
    }
    if (kind != STATEMENT_LINE) {
        return OK;
    }
    struct statement_sense sense = statement_judge(r->statement, r->words, row, &line);
    r->kinds[sense.kind].n++;
    r->kinds[sense.kind].sum += line.amount;
    if (r->publisher) {
        line_publish(r, row, &line, &sense);
    } else if (r->is_json) {
        line_print(row, &line, &sense, r->out);
    }
    return OK;
}

/* A name, how many (below 0: not said), and how much. */
static void money_print(const struct reading *r, struct str name, int64_t n, int64_t sum) {
    struct buf b = buf_in(r->arena), count = buf_in(r->arena);
    num_put_vi(&b, sum);
    if (n >= 0) {
        num_put_vi(&count, n);
    }
    int pad = (int)(NAME_WIDE - utf8_length(name));
    fprintf(r->out, "%.*s%*s %9.*s  %20.*s đồng\n", STR_ARG(name), pad > 0 ? pad : 0, "", STR_ARG(buf_str(&count)),
            STR_ARG(buf_str(&b)));
}

static void summary_print(const struct reading *r) {
    struct statement_check check = statement_check(r->statement);
    for (size_t i = 0; i < STATEMENT_KINDS; i++) {
        if (r->kinds[i].n) {
            money_print(r, statement_kind_words((enum statement_kind)i), r->kinds[i].n, r->kinds[i].sum);
        }
    }
    money_print(r, S("Tổng tiền vào"), -1, check.in);
    money_print(r, S("Tổng tiền ra"), -1, check.out);
}

/* What whoever keeps the books must look at; false when something does not close. */
static bool check_print(const struct reading *r) {
    struct statement_check check = statement_check(r->statement);
    bool is_total_wrong = check.has_total && (check.in != check.total_in || check.out != check.total_out);
    if (is_total_wrong) {
        fputs("doanket: tổng phát sinh ghi trên sao kê không bằng các dòng cộng lại; cần hỏi lại ngân hàng.\n", stderr);
    }
    if (check.breaks) {
        fprintf(stderr,
                "doanket: số dư không liền mạch ở %lld dòng, dòng đầu tiên là dòng %lld của tệp; có thể thiếu dòng.\n",
                (long long)check.breaks, (long long)check.break_row);
    }
    return !is_total_wrong && !check.breaks && !check.faults;
}

static struct err statement_read(struct reading *r, struct str path) {
    struct fund_rows rows = {row_take, r};
    r->statement = statement_open(r->arena);
    r->words = statement_words(r->arena);
    TRY(fund_source_each(r->arena, str_z(r->arena, path), &rows));
    if (!statement_has_columns(r->statement)) {
        return REFUSE(ERR_INVALID, "file",
                      "Không thấy dòng tiêu đề của sao kê: cần có cột nội dung và cột số tiền (hoặc ghi nợ, ghi có).");
    }
    return OK;
}

static int run_read(struct command_run *run) {
    struct reading r = {.arena = run->arena, .is_json = run->values[OPTION_JSON].len, .out = stdout};
    if (run->n != 1) {
        return 2;
    }
    struct err e = statement_read(&r, run->words[0]);
    if (e.why) {
        say(e);
        return 1;
    }
    if (!r.is_json) {
        summary_print(&r);
    }
    return check_print(&r) ? 0 : 1;
}

/* --- Publishing --- */
static FILE *receipts_make(struct command_run *run) {
    const char *path = str_z(run->arena, run->values[OPTION_RECEIPTS]);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        fprintf(stderr,
                errno == EEXIST ? "doanket: tệp biên nhận %s đã có; mời chọn tên khác.\n"
                                : "doanket: không tạo được tệp biên nhận %s.\n",
                path);
        return NULL;
    }
    return fdopen(fd, "wb");
}

static int publish(struct command_run *run, FILE *receipts) {
    struct buf head = buf_in(run->arena), foot = buf_in(run->arena);
    struct reading r = {.arena = run->arena, .out = stdout, .receipts = receipts};
    r.publisher = fund_publisher_open(run->arena, &head);
    fwrite(head.at, 1, head.len, stdout);
    struct err e = statement_read(&r, run->words[0]);
    if (e.why) {
        say(e);
        return 1;
    }
    fund_publish_end(r.publisher, run->arena, &foot);
    fwrite(foot.at, 1, foot.len, stdout);
    return check_print(&r) ? 0 : 1;
}

static int run_publish(struct command_run *run) {
    if (run->n != 1) {
        return 2;
    }
    if (!run->values[OPTION_RECEIPTS].len) {
        fputs("doanket: cần --receipts TỆP: nơi giữ biên nhận của từng người, không công khai.\n", stderr);
        return 2;
    }
    FILE *receipts = receipts_make(run);
    if (!receipts) {
        return 1;
    }
    int status = publish(run, receipts);
    bool is_written = fclose(receipts) == 0 && fflush(stdout) == 0 && !ferror(stdout);
    if (!is_written) {
        fputs("doanket: không ghi được hết; đĩa có thể đã đầy.\n", stderr);
    }
    return is_written ? status : 1;
}

/* --- Checking --- */
static struct err receipts_read(struct command_run *run, struct fund_receipts *receipts) {
    struct str bytes, line;
    TRY(fund_file_map(run->arena, str_z(run->arena, run->values[OPTION_RECEIPTS]), &bytes));
    while (str_next(&bytes, '\n', &line)) {
        if (str_trim(line).len) {
            TRY(fund_receipt_read(run->arena, line, receipts));
        }
    }
    return OK;
}

static struct err verify(struct command_run *run, struct fund_receipts *receipts, struct fund_verified *found) {
    struct str text;
    if (run->values[OPTION_RECEIPTS].len) {
        TRY(receipts_read(run, receipts));
    }
    TRY(fund_file_map(run->arena, str_z(run->arena, run->words[0]), &text));
    TRY(fund_verify(run->arena, text, receipts, found));
    struct str root = run->values[OPTION_ROOT];
    return !root.len || str_eq_ascii_nocase(root, found->root)
               ? OK
               : REFUSE(ERR_INVALID, "root", "Gốc của tệp không phải gốc đã được công bố.");
}

static int run_verify(struct command_run *run) {
    struct fund_receipts receipts = {0};
    struct fund_verified found;
    if (run->n != 1) {
        return 2;
    }
    struct err e = verify(run, &receipts, &found);
    if (e.why) {
        say(e);
        return 1;
    }
    if (run->values[OPTION_JSON].len) {
        printf("{\"gifts\": %lld, \"sum\": %lld, \"hidden\": %lld, \"receipts\": %zu, \"root\": \"%.*s\"}\n",
               (long long)found.gifts, (long long)found.sum, (long long)found.hidden, receipts.list.n,
               STR_ARG(found.root));
        return 0;
    }
    struct reading shown = {.arena = run->arena, .out = stdout};
    money_print(&shown, S("Khớp. Tổng ủng hộ"), found.gifts, found.sum);
    printf("Giấu tên: %lld khoản. Biên nhận khớp: %zu.\nGốc: %.*s\n", (long long)found.hidden, receipts.list.n,
           STR_ARG(found.root));
    if (!run->values[OPTION_ROOT].len) {
        puts("Mời so gốc này với gốc đã được công bố (hoặc chạy lại với --root).");
    }
    return 0;
}

const struct command fund_commands[] = {
    {"fund read",
     "  doanket fund read TỆP [--json]\n"
     "                      sao kê ngân hàng (.csv, .xlsx): từng dòng là tiền gì, cho đợt nào, của ai, có giấu tên "
     "không\n",
     options, run_read},
    {"fund publish",
     "  doanket fund publish TỆP --receipts TỆP_BIÊN_NHẬN\n"
     "                      bản công khai của sao kê: người giấu tên được giấu, có tổng và gốc để ai cũng kiểm được\n",
     options, run_publish},
    {"fund verify",
     "  doanket fund verify TỆP [--receipts TỆP_BIÊN_NHẬN] [--root GỐC] [--json]\n"
     "                      bản công khai có bị sửa không; khoản trên biên nhận có trong đó không\n",
     options, run_verify},
    {0},
};
