-- The audit trail is chained: whoever changes, removes or slips in an entry breaks it at that entry. Functions/audit_chain.sql
-- does it, in batches and after the fact, since a chain at insert would let a chapter's writes wait for each other.

-- One entry in its chain: hash = sha256(hash of the entry before || values_digest || the entry without values), where
-- values_digest = sha256(salt || values). Without its values and its salt an entry is still held to the chain by its digest: so
-- what is personal can be erased, by erase_audit_values(), and nobody can guess it from what stays.
CREATE TABLE app.audit_link (
    -- The chapter whose trail it is; 0 is the installation's own.
    trail         integer     NOT NULL,
    event_id      bigint      NOT NULL,
    -- 1 for the first entry of the trail, and on without a gap.
    position      bigint      NOT NULL,
    salt          bytea,
    values_digest bytea       NOT NULL,
    hash          bytea       NOT NULL,
    erased_at     timestamptz,

    PRIMARY KEY (trail, event_id),
    CONSTRAINT audit_link_is_salted_or_erased CHECK ((salt IS NULL) = (erased_at IS NOT NULL)),
    CONSTRAINT audit_link_is_of_256_bits CHECK (octet_length(values_digest) = 32 AND octet_length(hash) = 32)
);

-- The head of a trail after each batch. Kept elsewhere too, in the service's log, it shows whether all behind it was rewritten.
CREATE TABLE app.audit_seal (
    trail      integer     NOT NULL,
    -- The last entry of the chain.
    up_to      bigint      NOT NULL,
    -- No entry with an id up to this one was still to come when the trail was sealed: who comes later was slipped in.
    settled_to bigint      NOT NULL,
    position   bigint      NOT NULL,
    hash       bytea       NOT NULL,
    sealed_at  timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (trail, up_to),
    CONSTRAINT audit_seal_is_behind_its_entries CHECK (settled_to >= up_to)
);

-- The functions alone read and write them.
ALTER TABLE app.audit_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.audit_link FORCE ROW LEVEL SECURITY;
ALTER TABLE app.audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.audit_seal FORCE ROW LEVEL SECURITY;

CREATE TRIGGER audit_trail_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON app.audit_link
    FOR EACH STATEMENT EXECUTE FUNCTION app.audit_trail_is_kept();
CREATE TRIGGER audit_trail_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON app.audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION app.audit_trail_is_kept();

-- By the rule of Functions/audit_chain.sql, of an entry or link nothing but its values may go.
CREATE FUNCTION app.audit_values_only() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is never changed'
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_values_only BEFORE UPDATE ON app.audit_event FOR EACH ROW EXECUTE FUNCTION app.audit_values_only();
CREATE TRIGGER audit_values_only BEFORE UPDATE ON app.installation_audit_event FOR EACH ROW EXECUTE FUNCTION app.audit_values_only();
CREATE TRIGGER audit_values_only BEFORE UPDATE ON app.audit_link FOR EACH ROW EXECUTE FUNCTION app.audit_values_only();
