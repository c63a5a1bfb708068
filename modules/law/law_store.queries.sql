-- name: law_work_insert :exec
INSERT INTO law_work (id, uri, family, type, code, code_key, issuer, issuer_key, title, short_title, title_fold, issued_on, effective_on, expired_on, declared, declared_on,
                      gazette, signer, signer_post, preamble, closing, field, articles, source, input_sha256, made_at, changed_at)
VALUES (:id!law_work_id, :uri, :family, :type, :code, :code_key, :issuer, :issuer_key, :title, :short_title, :title_fold, :issued_on, :effective_on, :expired_on, :declared, :declared_on,
        :gazette, :signer, :signer_post, :preamble, :closing, :field, :articles, :source, :input_sha256, :made_at, :changed_at);
