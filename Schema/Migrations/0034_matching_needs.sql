-- Needs find who can answer them: by profession, and by words that are alike.

CREATE EXTENSION pg_trgm SCHEMA app;
