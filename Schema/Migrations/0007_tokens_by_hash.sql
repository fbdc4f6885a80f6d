-- Every request looks its bearer up by the hash of what they show, among the tokens of all chapters.
CREATE UNIQUE INDEX api_token_by_hash ON app.api_token (secret_hash);
