-- Which days are these is asked of the clock that every rule goes by, in the function.

DROP TRIGGER sheet_changed_its_status ON app.meeting;
CREATE TRIGGER sheet_changed_its_status AFTER UPDATE OF status ON app.meeting
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION app.meeting_changed();
