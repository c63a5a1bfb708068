-- name: law_out_work :one
SELECT id, uri, type, code, issuer, title, short_title, issued_on, effective_on, expired_on, signer, signer_post, preamble, closing, gazette
FROM law_work WHERE id = :id;
