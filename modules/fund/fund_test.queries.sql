-- For the tests only.

-- name: fund_test_sums :one
-- The ledger added up leg by leg, and how many entries do not close.
SELECT coalesce(sum(CASE WHEN l.amount > 0 THEN l.amount ELSE 0 END), 0) AS debit, coalesce(sum(CASE WHEN l.amount < 0 THEN -l.amount ELSE 0 END), 0) AS credit,
       (SELECT count(*) FROM (SELECT x.journal FROM fund_ledger x GROUP BY x.journal HAVING sum(x.amount) <> 0) AS open_entries) AS uneven
FROM fund_ledger l JOIN fund_journal j ON j.id = l.journal WHERE j.fund = :fund!int;
