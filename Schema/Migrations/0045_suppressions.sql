-- The addresses and numbers of people who asked not to be kept, as hashes under a key that is not in the database.

CREATE TABLE app.suppression (
    kind     text        NOT NULL,
    -- HMAC-SHA-256 of the kind and what is to be dialled or written to.
    hash     bytea       NOT NULL,
    since    timestamptz NOT NULL,
    -- Since when they may be kept again.
    ended_at timestamptz,
    PRIMARY KEY (kind, hash),
    CONSTRAINT suppression_is_of_an_address_or_a_number CHECK (kind IN ('email', 'phone')),
    CONSTRAINT suppression_is_a_hash CHECK (length(hash) = 32)
);

-- The functions alone read and write it.
ALTER TABLE app.suppression ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.suppression FORCE ROW LEVEL SECURITY;
