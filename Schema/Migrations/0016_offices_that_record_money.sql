-- Which offices record other people's money, or decide what is owed: they want a second factor. And since when an
-- office is known here, so that nobody is asked for it before they could have set it up: for those that there are
-- already, since today.

ALTER TABLE app.office_kind ADD COLUMN records_money boolean NOT NULL DEFAULT false;

ALTER TABLE app.office ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT now();
