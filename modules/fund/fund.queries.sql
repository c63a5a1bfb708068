-- ---- funds

-- name: fund_insert :exec
INSERT INTO fund_fund (id, organ, code, name, about, phone, opening, lines, acts, published_acts, made_at)
VALUES (:id!int, :organ, :code, :name, :about, :phone, 0, 0, 0, 0, :made_at);

-- name: fund_find :one
-- Nothing when the post may not read it.
SELECT f.id, f.organ, f.code, f.name, f.about, f.phone, f.opening, f.lines, f.acts, f.published_acts FROM fund_fund f
WHERE f.id = :id!int AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal
                                 WHERE g.record = f.id AND w.post = :post);

-- name: fund_mine :many
SELECT DISTINCT f.id, f.name, f.about, f.lines
FROM access_wearer w JOIN access_grant g ON g.principal = w.principal AND g.kind = 'fund' JOIN fund_fund f ON f.id = g.record
WHERE w.post = :post ORDER BY f.id LIMIT 100;

-- name: fund_any :one
SELECT id, organ, code, name, about, phone, opening, lines, acts, published_acts FROM fund_fund WHERE id = :id!int;

-- name: fund_all :many
-- What the public may choose from.
SELECT id, name, about, lines FROM fund_fund ORDER BY id LIMIT 300;

-- name: fund_grants :many
-- Whom a fund is open to, for giving the same on what hangs from it.
SELECT principal, can FROM access_grant WHERE record = :record ORDER BY principal;

-- name: fund_act_count :exec
UPDATE fund_fund SET acts = acts + 1 WHERE id = :id!int;

-- name: fund_opening_set :exec
UPDATE fund_fund SET opening = opening + :by!int, acts = acts + 1 WHERE id = :id!int;

-- name: fund_published_set :exec
UPDATE fund_fund SET published_acts = :acts WHERE id = :id!int;

-- name: fund_place_of :one
-- Which fund a record hangs from, and what it is.
-- result: what text
SELECT c.fund, 'campaign' AS what FROM fund_campaign c WHERE c.id = :id!int
UNION ALL SELECT s.fund, 'statement' AS what FROM fund_statement s WHERE s.id = :id!int
UNION ALL SELECT g.fund, 'gift' AS what FROM fund_gift g WHERE g.id = :id!int
UNION ALL SELECT d.fund, 'decision' AS what FROM fund_decision d WHERE d.id = :id!int
UNION ALL SELECT p.fund, 'payment' AS what FROM fund_payment p WHERE p.id = :id!int
UNION ALL SELECT h.fund, 'household' AS what FROM fund_household h WHERE h.id = :id!int LIMIT 1;

-- ---- campaigns and accounts

-- name: fund_campaign_insert :exec
INSERT INTO fund_campaign (id, fund, code, title, purpose, from_on, until_on, goal, version, made_by, made_at, changed_at)
VALUES (:id!int, :fund!int, :code, :title, :purpose, :from_on, :until_on, :goal, 1, :made_by, :made_at, :made_at);

-- name: fund_campaign_update :exec
UPDATE fund_campaign SET title = :title, purpose = :purpose, from_on = :from_on, until_on = :until_on, goal = :goal,
       changed_at = :changed_at, version = version + 1
WHERE id = :id!int AND version = :version;

-- name: fund_campaign_find :one
SELECT id, fund, code, title, purpose, from_on, until_on, goal, version, made_at FROM fund_campaign WHERE id = :id!int AND fund = :fund!int;

-- name: fund_campaign_any :one
SELECT id, fund, code, title, purpose, from_on, until_on FROM fund_campaign WHERE id = :id!int;

-- name: fund_campaigns :many
SELECT id, code, title, from_on, until_on, goal FROM fund_campaign WHERE fund = :fund!int ORDER BY from_on DESC, id DESC LIMIT 200;

-- name: fund_campaign_ids :many
SELECT id FROM fund_campaign WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: fund_account_insert :exec
INSERT INTO fund_account (id, fund, bank, number, balance, balance_on, made_by, made_at)
VALUES (:id!int, :fund!int, :bank, :number, 0, NULL, :made_by, :made_at);

-- name: fund_accounts :many
SELECT a.id, a.bank, a.number, a.balance, a.balance_on, coalesce(sum(s.debit - s.credit), 0) AS held
FROM fund_account a LEFT JOIN fund_sum s ON s.fund = a.fund AND s.account = 'bank' AND s.bank = a.id
WHERE a.fund = :fund!int GROUP BY a.id, a.bank, a.number, a.balance, a.balance_on ORDER BY a.id LIMIT 50;

-- name: fund_account_find :one
SELECT id, bank, number, balance, balance_on FROM fund_account WHERE id = :id!int AND fund = :fund!int;

-- name: fund_account_balance_set :exec
-- The bank's latest word: an earlier day does not change it.
UPDATE fund_account SET balance = :balance, balance_on = :balance_on WHERE id = :id!int AND (balance_on IS NULL OR balance_on <= :balance_on);

-- name: fund_account_balance_back :exec
UPDATE fund_account SET balance = :balance, balance_on = :balance_on WHERE id = :id!int;

-- name: fund_account_last :one
-- The latest posted line of an account that states a balance.
SELECT day_on, balance FROM fund_transfer WHERE account = :account!int AND state = 'posted' AND has_balance = 1 ORDER BY day_on DESC NULLS LAST, id DESC LIMIT 1;

-- ---- the ledger

-- name: fund_journal_insert :exec
INSERT INTO fund_journal (id, fund, day_on, kind, about, words, is_late, made_by, made_at)
VALUES (:id!int, :fund!int, :day_on, :kind, :about, :words, :is_late, :made_by, :made_at);

-- name: fund_leg_insert :exec
INSERT INTO fund_ledger (journal, leg, account, bank, campaign, amount) VALUES (:journal!int, :leg, :account, :bank, :campaign, :amount);

-- name: fund_sum_add_row :exec
INSERT INTO fund_sum (fund, account, bank, campaign, month, debit, credit)
VALUES (:fund!int, :account, :bank, :campaign, :month, :debit, :credit)
ON CONFLICT (fund, account, bank, campaign, month) DO UPDATE SET debit = fund_sum.debit + excluded.debit, credit = fund_sum.credit + excluded.credit;

-- name: fund_legs :many
SELECT leg, account, bank, campaign, amount FROM fund_ledger WHERE journal = :journal!int ORDER BY leg;

-- name: fund_journals_about :many
SELECT id, day_on, kind, words, is_late, made_at FROM fund_journal WHERE about = :about ORDER BY id LIMIT 100;

-- name: fund_journals :many
-- The latest first; below a day and an id.
SELECT j.id, j.day_on, j.kind, j.words, j.is_late, j.about, (SELECT sum(l.amount) FROM fund_ledger l WHERE l.journal = j.id AND l.amount > 0) AS amount
FROM fund_journal j
WHERE j.fund = :fund!int AND (j.day_on < :day!on OR (j.day_on = :day!on AND j.id < :before!int)) ORDER BY j.day_on DESC, j.id DESC LIMIT :most!int;

-- name: fund_legs_of :many
SELECT journal, leg, account, bank, campaign, amount FROM fund_ledger WHERE journal IN (:some!ids) ORDER BY journal, leg;

-- name: fund_balances :many
-- Every account of the ledger, added up.
SELECT account, sum(debit) AS debit, sum(credit) AS credit FROM fund_sum WHERE fund = :fund!int GROUP BY account ORDER BY account LIMIT 50;

-- name: fund_balance_of :one
SELECT coalesce(sum(debit - credit), 0) AS held FROM fund_sum WHERE fund = :fund!int AND account = :account;

-- name: fund_sums_by_campaign :many
-- What came in and what was spent, by campaign.
SELECT campaign, account, sum(debit) AS debit, sum(credit) AS credit FROM fund_sum
WHERE fund = :fund!int AND account IN ('gifts', 'spent') GROUP BY campaign, account ORDER BY campaign, account LIMIT 500;

-- name: fund_months :many
SELECT s.month, sum(CASE WHEN s.account IN ('bank', 'cash', 'goods') THEN s.debit ELSE 0 END) AS debit,
       sum(CASE WHEN s.account IN ('bank', 'cash', 'goods') THEN s.credit ELSE 0 END) AS credit, max(coalesce(m.closed_at, 0)) AS closed_at
FROM fund_sum s LEFT JOIN fund_month m ON m.fund = s.fund AND m.month = s.month
WHERE s.fund = :fund!int GROUP BY s.month ORDER BY s.month DESC LIMIT 60;

-- name: fund_month_is_closed :one
SELECT month FROM fund_month WHERE fund = :fund!int AND month = :month;

-- name: fund_month_close :exec
INSERT INTO fund_month (fund, month, closed_by, closed_at) VALUES (:fund!int, :month, :closed_by, :closed_at) ON CONFLICT (fund, month) DO NOTHING;

-- name: fund_month_open_before :one
-- An earlier month with entries that is still open.
SELECT s.month FROM fund_sum s WHERE s.fund = :fund!int AND s.month < :month
  AND NOT EXISTS (SELECT 1 FROM fund_month m WHERE m.fund = s.fund AND m.month = s.month) ORDER BY s.month LIMIT 1;

-- ---- statements

-- name: fund_statement_insert :exec
INSERT INTO fund_statement (id, fund, account, file, file_name, state, fault, warning, n_lines, n_doubtful, n_known, sum_in, sum_out, opening, made_by, made_at)
VALUES (:id!int, :fund!int, :account!int, :file!int, :file_name, 'waiting', '', '', 0, 0, 0, 0, 0, 0, :made_by, :made_at);

-- name: fund_statement_same :one
-- The same file for the same account, not taken back.
SELECT id FROM fund_statement WHERE file = :file!int AND account = :account!int AND state <> 'undone' AND state <> 'unreadable' ORDER BY id LIMIT 1;

-- name: fund_statement_find :one
SELECT s.id, s.fund, s.account, s.file, s.file_name, s.state, s.fault, s.warning, s.n_lines, s.n_doubtful, s.n_known, s.sum_in, s.sum_out, s.opening,
       s.first_on, s.last_on, s.made_by, s.made_at, s.taken_at, a.bank, a.number
FROM fund_statement s JOIN fund_account a ON a.id = s.account WHERE s.id = :id!int AND s.fund = :fund!int;

-- name: fund_statement_any :one
SELECT id, fund, account, file, state, opening, made_by FROM fund_statement WHERE id = :id!int;

-- name: fund_statements :many
SELECT s.id, s.file_name, s.state, s.n_lines, s.n_doubtful, s.sum_in, s.sum_out, s.first_on, s.last_on, s.made_at, a.bank, a.number
FROM fund_statement s JOIN fund_account a ON a.id = s.account
WHERE s.fund = :fund!int AND s.id < :before!int ORDER BY s.id DESC LIMIT :most!int;

-- name: fund_statement_read_set :exec
UPDATE fund_statement SET state = :state, fault = :fault, warning = :warning, n_lines = :n_lines, n_doubtful = :n_doubtful, n_known = :n_known,
       sum_in = :sum_in, sum_out = :sum_out, opening = :opening, first_on = :first_on, last_on = :last_on
WHERE id = :id!int AND state = 'waiting';

-- name: fund_statement_move :exec
UPDATE fund_statement SET state = :state, taken_at = :taken_at WHERE id = :id!int AND state = :was!text;

-- name: fund_statement_doubt_less :exec
UPDATE fund_statement SET n_doubtful = n_doubtful - 1 WHERE id = :id!int AND n_doubtful > 0;

-- name: fund_statement_holding :many
SELECT id, fund FROM fund_statement WHERE file = :file!int ORDER BY id LIMIT 20;

-- name: fund_transfer_insert :exec
INSERT INTO fund_transfer (id, statement, fund, account, line_no, day_on, ref, memo, partner, is_out, amount, has_balance, balance, mark, kind, campaign,
                           donor, donor_kind, is_hidden, doubt, state, used)
VALUES (:id!int, :statement!int, :fund!int, :account!int, :line_no, :day_on, :ref, :memo, :partner, :is_out, :amount, :has_balance, :balance, :mark, :kind,
        :campaign, :donor, :donor_kind, :is_hidden, :doubt, :state, 0);

-- name: fund_transfers_next :many
-- The lines of a statement in a state, in their order.
SELECT id, fund, account, line_no, day_on, ref, memo, partner, is_out, amount, has_balance, balance, mark, kind, campaign, donor, donor_kind, is_hidden
FROM fund_transfer WHERE statement = :statement!int AND state = :state AND line_no > :after!int ORDER BY line_no LIMIT :most!int;

-- name: fund_transfers_shown :many
-- Lines of a statement for its page; only the doubtful ones, or all.
SELECT id, line_no, day_on, ref, memo, partner, is_out, amount, kind, campaign, donor, is_hidden, doubt, state
FROM fund_transfer WHERE statement = :statement!int AND line_no > :after!int AND (:all!int = 1 OR doubt <> '') ORDER BY line_no LIMIT :most!int;

-- name: fund_transfer_find :one
SELECT id, statement, fund, account, line_no, day_on, ref, memo, partner, is_out, amount, mark, kind, campaign, donor, donor_kind, is_hidden, doubt, state, used
FROM fund_transfer WHERE id = :id!int AND fund = :fund!int;

-- name: fund_transfer_sense_set :exec
UPDATE fund_transfer SET kind = :kind, campaign = :campaign, donor = :donor, is_hidden = :is_hidden, doubt = '' WHERE id = :id!int;

-- name: fund_transfer_state_set :exec
UPDATE fund_transfer SET state = :state WHERE id = :id!int;

-- name: fund_transfer_use :exec
UPDATE fund_transfer SET used = used + :by!int WHERE id = :id!int AND kind = 'payout' AND state = 'posted' AND used + :by!int <= amount;

-- name: fund_transfers_payout :many
-- Money paid out by the bank that is not yet tied to households.
SELECT id, day_on, memo, amount, used FROM fund_transfer
WHERE fund = :fund!int AND kind = 'payout' AND state = 'posted' AND used < amount ORDER BY id DESC LIMIT 200;

-- name: fund_transfers_used :one
-- A line of a statement that is tied to a household.
SELECT id FROM fund_transfer WHERE statement = :statement!int AND used > 0 ORDER BY id LIMIT 1;

-- name: fund_statement_receipt :one
-- A gift of a statement for which a receipt was given, or that is given back.
SELECT g.id FROM fund_transfer t JOIN fund_gift g ON g.transfer = t.id
WHERE t.statement = :statement!int AND (g.receipt_no > 0 OR g.state IN ('owed', 'refunded')) ORDER BY g.id LIMIT 1;

-- name: fund_statement_closed :one
-- A closed month that a statement's entries stand in.
SELECT m.month FROM fund_month m WHERE m.fund = :fund!int AND m.month >= :from!text AND m.month <= :to!text ORDER BY m.month LIMIT 1;

-- name: fund_take_mark :exec
INSERT INTO fund_taken (account, mark, transfer) VALUES (:account!int, :mark, :transfer!int) ON CONFLICT (account, mark) DO NOTHING;

-- name: fund_taken_is :one
SELECT transfer FROM fund_taken WHERE account = :account!int AND mark = :mark;

-- name: fund_untake :exec
DELETE FROM fund_taken WHERE transfer = :transfer!int;

-- ---- gifts

-- name: fund_gift_insert :exec
INSERT INTO fund_gift (id, fund, campaign, day_on, via, amount, goods, donor, donor_kind, contact, memo, is_hidden, transfer, receipt_no, state, reason, salt,
                       version, made_by, made_at)
VALUES (:id!int, :fund!int, :campaign, :day_on, :via, :amount, :goods, :donor, :donor_kind, :contact, :memo, :is_hidden, :transfer, 0, 'held', '', :salt, 1,
        :made_by, :made_at);

-- name: fund_gift_find :one
SELECT g.id, g.fund, g.campaign, g.day_on, g.via, g.amount, g.goods, g.donor, g.donor_kind, g.contact, g.memo, g.is_hidden, g.transfer, g.receipt_no,
       g.state, g.reason, g.salt, g.version, g.made_at, coalesce(c.title, '') AS title
FROM fund_gift g LEFT JOIN fund_campaign c ON c.id = g.campaign WHERE g.id = :id!int AND g.fund = :fund!int;

-- name: fund_gift_of_transfer :one
SELECT id, campaign, state, receipt_no FROM fund_gift WHERE transfer = :transfer AND state <> 'void' ORDER BY id DESC LIMIT 1;

-- name: fund_gifts :many
-- The latest first, below a day and an id; of one campaign, or of one state, or all.
SELECT g.id, g.day_on, g.via, g.amount, g.goods, g.donor, g.is_hidden, g.state, g.receipt_no, coalesce(c.title, '') AS title
FROM fund_gift g LEFT JOIN fund_campaign c ON c.id = g.campaign
WHERE g.fund = :fund!int AND g.state <> 'void' AND (g.day_on < :day!on OR (g.day_on = :day!on AND g.id < :before!int))
  AND (:via!text = '' OR g.via = :via!text) ORDER BY g.day_on DESC, g.id DESC LIMIT :most!int;

-- name: fund_gifts_of_campaign :many
-- result: title text
SELECT g.id, g.day_on, g.via, g.amount, g.goods, g.donor, g.is_hidden, g.state, g.receipt_no, '' AS title
FROM fund_gift g
WHERE g.campaign = :campaign!int AND g.fund = :fund!int AND g.state <> 'void' AND (g.day_on < :day!on OR (g.day_on = :day!on AND g.id < :before!int))
ORDER BY g.day_on DESC, g.id DESC LIMIT :most!int;

-- name: fund_gifts_owed :many
SELECT g.id, g.day_on, g.via, g.amount, g.goods, g.donor, g.is_hidden, g.state, g.receipt_no, coalesce(c.title, '') AS title
FROM fund_gift g LEFT JOIN fund_campaign c ON c.id = g.campaign
WHERE g.fund = :fund!int AND g.state = 'owed' ORDER BY g.id LIMIT :most!int;

-- name: fund_gift_hide_set :exec
UPDATE fund_gift SET is_hidden = :is_hidden, version = version + 1 WHERE id = :id!int AND version = :version;

-- name: fund_gift_campaign_set :exec
UPDATE fund_gift SET campaign = :campaign, version = version + 1 WHERE id = :id!int AND version = :version;

-- name: fund_gift_state_set :exec
-- version: an act, asked of the state it begins from.
UPDATE fund_gift SET state = :state, reason = :reason, version = version + 1 WHERE id = :id!int AND state = :was!text;

-- name: fund_gift_receipt_set :exec
-- version: a number is given once.
UPDATE fund_gift SET receipt_no = :receipt_no, version = version + 1 WHERE id = :id!int AND receipt_no = 0;

-- name: fund_gift_owed_of :many
-- Gifts to be given back, of that amount.
SELECT id, campaign, donor FROM fund_gift WHERE fund = :fund!int AND state = 'owed' AND amount = :amount ORDER BY id LIMIT 5;

-- name: fund_gifts_published :many
-- In the order in which they came into the books.
SELECT g.id, g.day_on, coalesce(c.code, '') AS code, g.amount, g.donor, g.is_hidden, g.salt
FROM fund_gift g LEFT JOIN fund_campaign c ON c.id = g.campaign
WHERE g.fund = :fund!int AND g.id > :after!int AND g.state IN ('held', 'owed') ORDER BY g.id LIMIT :most!int;

-- ---- households, decisions, payments

-- name: fund_household_insert :exec
INSERT INTO fund_household (id, fund, name, folded, commune, place, class, note, version, made_by, made_at)
VALUES (:id!int, :fund!int, :name, :folded, :commune, :place, :class, :note, 1, :made_by, :made_at);

-- name: fund_household_update :exec
UPDATE fund_household SET name = :name, folded = :folded, commune = :commune, place = :place, class = :class, note = :note, version = version + 1
WHERE id = :id!int AND version = :version;

-- name: fund_household_find :one
SELECT id, fund, name, commune, place, class, note, version, made_at FROM fund_household WHERE id = :id!int AND fund = :fund!int;

-- name: fund_household_like :one
SELECT id FROM fund_household WHERE fund = :fund!int AND folded = :folded AND commune = :commune AND id <> :but!int ORDER BY id LIMIT 1;

-- name: fund_households :many
SELECT h.id, h.name, h.commune, h.place, h.class,
       (SELECT coalesce(sum(p.amount), 0) FROM fund_payment p WHERE p.household = h.id AND p.state = 'paid') AS paid
FROM fund_household h WHERE h.fund = :fund!int AND h.id < :before!int ORDER BY h.id DESC LIMIT :most!int;

-- name: fund_households_named :many
SELECT h.id, h.name, h.commune, h.place, h.class,
       (SELECT coalesce(sum(p.amount), 0) FROM fund_payment p WHERE p.household = h.id AND p.state = 'paid') AS paid
FROM fund_household h WHERE h.fund = :fund!int AND h.folded >= :low!text AND h.folded < :high!text ORDER BY h.folded, h.commune, h.id LIMIT :most!int;

-- name: fund_decision_insert :exec
INSERT INTO fund_decision (id, fund, campaign, number, day_on, purpose, words, state, version, made_by, made_at)
VALUES (:id!int, :fund!int, :campaign!int, :number, :day_on, :purpose, :words, 'draft', 1, :made_by, :made_at);

-- name: fund_decision_find :one
SELECT d.id, d.fund, d.campaign, d.number, d.day_on, d.purpose, d.words, d.state, d.approved_by, d.approved_at, d.version, d.made_by, d.made_at, c.title
FROM fund_decision d JOIN fund_campaign c ON c.id = d.campaign WHERE d.id = :id!int AND d.fund = :fund!int;

-- name: fund_decision_any :one
SELECT d.id, d.fund, d.number, d.day_on, d.purpose, d.words, d.state, c.title FROM fund_decision d JOIN fund_campaign c ON c.id = d.campaign WHERE d.id = :id!int;

-- name: fund_decision_ids :many
SELECT id FROM fund_decision WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: fund_decision_approve :exec
-- version: an act, asked of the state it begins from.
UPDATE fund_decision SET state = 'approved', approved_by = :approved_by, approved_at = :approved_at, version = version + 1
WHERE id = :id!int AND state = 'draft';

-- name: fund_decisions :many
SELECT d.id, d.number, d.day_on, d.purpose, d.words, d.state, c.title,
       (SELECT count(*) FROM fund_payment p WHERE p.decision = d.id) AS n, (SELECT coalesce(sum(p.amount), 0) FROM fund_payment p WHERE p.decision = d.id) AS sum,
       (SELECT count(*) FROM fund_payment p WHERE p.decision = d.id AND p.state = 'paid') AS paid
FROM fund_decision d JOIN fund_campaign c ON c.id = d.campaign
WHERE d.fund = :fund!int AND d.id < :before!int AND (:state!text = '' OR d.state = :state!text) ORDER BY d.id DESC LIMIT :most!int;

-- name: fund_decisions_waiting :many
-- Drafts that somebody who may approve is to look at, with households in them.
SELECT DISTINCT d.id, d.fund, d.number, d.day_on, d.words, d.made_at
FROM access_wearer w JOIN access_grant g ON g.principal = w.principal AND g.kind = 'fund' AND (g.can & 8) <> 0 JOIN fund_decision d ON d.fund = g.record
WHERE w.post = :post AND d.state = 'draft' AND EXISTS (SELECT 1 FROM fund_payment p WHERE p.decision = d.id) ORDER BY d.id DESC LIMIT :most!int;

-- name: fund_payment_insert :exec
INSERT INTO fund_payment (id, fund, decision, campaign, household, amount, due_on, state, via, evidence, made_by, made_at)
VALUES (:id!int, :fund!int, :decision!int, :campaign!int, :household!int, :amount, :due_on, 'planned', '', 0, :made_by, :made_at);

-- name: fund_payment_delete :exec
DELETE FROM fund_payment WHERE id = :id!int AND state = 'planned';

-- name: fund_payment_find :one
SELECT p.id, p.fund, p.decision, p.campaign, p.household, p.amount, p.due_on, p.state, p.via, p.paid_on, p.transfer, p.evidence, p.made_at, h.name, h.commune,
       h.place, h.class, d.number, d.day_on, d.purpose, d.state AS decision_state, c.title
FROM fund_payment p JOIN fund_household h ON h.id = p.household JOIN fund_decision d ON d.id = p.decision JOIN fund_campaign c ON c.id = p.campaign
WHERE p.id = :id!int AND p.fund = :fund!int;

-- name: fund_payment_any :one
SELECT p.id, p.fund, p.amount, p.due_on, p.state, p.paid_on, p.evidence, d.state AS decision_state, d.day_on, d.purpose
FROM fund_payment p JOIN fund_decision d ON d.id = p.decision WHERE p.id = :id!int;

-- name: fund_payment_ids :many
SELECT id FROM fund_payment WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: fund_payments_some :many
SELECT p.id, p.fund, p.amount, h.name, d.number FROM fund_payment p JOIN fund_household h ON h.id = p.household JOIN fund_decision d ON d.id = p.decision
WHERE p.id IN (:some!ids);

-- name: fund_payments_of_decision :many
SELECT p.id, p.amount, p.due_on, p.state, p.via, p.paid_on, p.evidence, h.id AS household, h.name, h.commune, h.place
FROM fund_payment p JOIN fund_household h ON h.id = p.household WHERE p.decision = :decision!int ORDER BY p.id LIMIT 1000;

-- name: fund_payments_of_household :many
SELECT p.id, p.amount, p.due_on, p.state, p.paid_on, p.evidence, d.number, d.day_on, d.purpose, c.title
FROM fund_payment p JOIN fund_decision d ON d.id = p.decision JOIN fund_campaign c ON c.id = p.campaign
WHERE p.household = :household!int ORDER BY p.id DESC LIMIT 100;

-- name: fund_payment_double :one
-- What the household was given or promised by another decision since a day.
SELECT d.number, d.day_on, c.title FROM fund_payment p JOIN fund_decision d ON d.id = p.decision JOIN fund_campaign c ON c.id = p.campaign
WHERE p.household = :household!int AND p.decision <> :decision!int AND d.day_on >= :since!on ORDER BY p.id DESC LIMIT 1;

-- name: fund_payment_has :one
SELECT id FROM fund_payment WHERE decision = :decision!int AND household = :household!int ORDER BY id LIMIT 1;

-- name: fund_payment_pay :exec
UPDATE fund_payment SET state = 'paid', via = :via, paid_on = :paid_on, transfer = :transfer WHERE id = :id!int AND state = 'planned';

-- name: fund_payment_evidence_more :exec
UPDATE fund_payment SET evidence = evidence + 1 WHERE id = :id!int;

-- name: fund_payments_waiting :many
-- Approved and not paid, the soonest due first; of the funds a post may change.
SELECT DISTINCT p.id, p.fund, p.amount, p.due_on, h.name, d.number
FROM access_wearer w JOIN access_grant g ON g.principal = w.principal AND g.kind = 'fund' JOIN fund_payment p ON p.fund = g.record AND p.state = 'planned'
     JOIN fund_decision d ON d.id = p.decision JOIN fund_household h ON h.id = p.household
WHERE w.post = :post AND (g.can & 4) <> 0 AND d.state = 'approved' ORDER BY p.due_on NULLS LAST, p.id LIMIT :most!int;

-- name: fund_payments_bare :many
-- Paid, and nothing shows it yet.
SELECT DISTINCT p.id, p.fund, p.amount, p.paid_on, h.name, d.number
FROM access_wearer w JOIN access_grant g ON g.principal = w.principal AND g.kind = 'fund' JOIN fund_payment p ON p.fund = g.record AND p.state = 'paid' AND p.evidence = 0
     JOIN fund_decision d ON d.id = p.decision JOIN fund_household h ON h.id = p.household
WHERE w.post = :post AND (g.can & 4) <> 0 ORDER BY p.paid_on NULLS LAST, p.id LIMIT :most!int;

-- name: fund_payments_public :many
-- A campaign's spending, commune by commune: nobody's name.
SELECT h.commune, d.purpose, count(*) AS n, sum(p.amount) AS sum, sum(CASE WHEN p.evidence > 0 THEN 1 ELSE 0 END) AS shown, max(p.paid_on) AS last_on
FROM fund_payment p JOIN fund_household h ON h.id = p.household JOIN fund_decision d ON d.id = p.decision
WHERE p.campaign = :campaign!int AND p.state = 'paid' GROUP BY h.commune, d.purpose ORDER BY h.commune, d.purpose LIMIT 800;

-- name: fund_payments_of_transfer :many
SELECT p.amount, h.commune, d.number, d.purpose, c.title FROM fund_payment p JOIN fund_household h ON h.id = p.household
JOIN fund_decision d ON d.id = p.decision JOIN fund_campaign c ON c.id = p.campaign WHERE p.transfer = :transfer ORDER BY p.id LIMIT 200;

-- name: fund_evidence_insert :exec
INSERT INTO fund_evidence (id, payment, file, name, made_by, made_at) VALUES (:id!int, :payment!int, :file!int, :name, :made_by, :made_at);

-- name: fund_evidences :many
SELECT e.id, e.file, e.name, e.made_at, b.size FROM fund_evidence e JOIN file_blob b ON b.id = e.file WHERE e.payment = :payment!int ORDER BY e.id LIMIT 100;

-- name: fund_evidence_find :one
SELECT e.id, e.file, e.name FROM fund_evidence e JOIN fund_payment p ON p.id = e.payment
WHERE e.id = :id!int AND e.payment = :payment!int AND p.fund = :fund!int;

-- name: fund_evidence_holding :many
SELECT p.fund, p.id FROM fund_evidence e JOIN fund_payment p ON p.id = e.payment WHERE e.file = :file!int ORDER BY e.id LIMIT 20;

-- ---- the demonstration

-- name: fund_demo_person :one
SELECT person FROM auth_account WHERE login = :login;

-- name: fund_has_any :one
SELECT id FROM fund_fund ORDER BY id LIMIT 1;

-- name: fund_statement_later :one
-- A statement of the same account that was put in after this one.
SELECT id FROM fund_statement WHERE account = :account!int AND id > :id!int AND state IN ('taking', 'taken') ORDER BY id LIMIT 1;

-- name: fund_statement_counts :one
SELECT coalesce(sum(CASE WHEN doubt <> '' THEN 1 ELSE 0 END), 0) AS doubtful, coalesce(sum(CASE WHEN state = 'known' THEN 1 ELSE 0 END), 0) AS known
FROM fund_transfer WHERE statement = :statement!int;

-- name: fund_campaign_left :one
-- What a campaign received, spent, and has promised by approved decisions.
SELECT coalesce((SELECT sum(s.credit - s.debit) FROM fund_sum s WHERE s.fund = c.fund AND s.account = 'gifts' AND s.campaign = c.id), 0) AS received,
       coalesce((SELECT sum(s.debit - s.credit) FROM fund_sum s WHERE s.fund = c.fund AND s.account = 'spent' AND s.campaign = c.id), 0) AS spent,
       coalesce((SELECT sum(p.amount) FROM fund_payment p JOIN fund_decision d ON d.id = p.decision
                 WHERE p.campaign = c.id AND p.state = 'planned' AND d.state = 'approved'), 0) AS promised
FROM fund_campaign c WHERE c.id = :campaign!int;

-- name: fund_payments_counted :many
SELECT id FROM fund_payment WHERE decision = :decision!int ORDER BY id LIMIT 1000;

-- name: fund_payment_part :one
-- A payment as it is counted.
SELECT p.decision, p.due_on, p.state, p.paid_on, d.state AS decision_state, d.day_on, d.purpose, f.organ, h.commune
FROM fund_payment p JOIN fund_decision d ON d.id = p.decision JOIN fund_fund f ON f.id = p.fund JOIN fund_household h ON h.id = p.household
WHERE p.id = :id!int;

-- name: fund_transfers_unclear :many
-- Money in that nobody could say what it is, in the books.
SELECT t.id, t.statement, t.line_no, t.day_on, t.memo, t.amount FROM fund_transfer t
WHERE t.fund = :fund!int AND t.kind IN ('unclear', 'duplicate') AND t.state = 'posted' AND t.id < :before!int ORDER BY t.id DESC LIMIT :most!int;

-- name: fund_transfers_untied :many
SELECT t.id, t.statement, t.line_no, t.day_on, t.memo, t.amount - t.used AS amount FROM fund_transfer t
WHERE t.fund = :fund!int AND t.kind = 'payout' AND t.state = 'posted' AND t.used < t.amount AND t.id < :before!int ORDER BY t.id DESC LIMIT :most!int;

-- name: fund_payments_paid :many
SELECT p.id, p.amount, p.paid_on, h.name, d.number FROM fund_payment p JOIN fund_household h ON h.id = p.household JOIN fund_decision d ON d.id = p.decision
WHERE p.fund = :fund!int AND p.state = 'paid' AND p.id < :before!int ORDER BY p.id DESC LIMIT :most!int;
