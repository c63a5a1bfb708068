-- name: law_change_test_events :many
SELECT id, state, is_applied, target_eid, why FROM law_event WHERE target_work = :target_work ORDER BY target_eid, id;

-- name: law_change_test_xrefs :many
SELECT x.from_byte, x.to_byte, x.to_eid, x.mode FROM law_xref x JOIN law_version v ON v.id = x.version JOIN law_expression e ON e.id = v.expression
WHERE e.work = :work!law_work_id AND x.to_work = :to_work ORDER BY x.id;

-- name: law_change_test_relations :many
SELECT type, to_work, to_key FROM law_relation WHERE from_work = :from_work ORDER BY id;
