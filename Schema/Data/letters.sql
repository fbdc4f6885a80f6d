-- Letters that warn of absences, by standing and language; a third language is three more rows.

INSERT INTO app.letter_template (kind, language, subject, body)
VALUES ('within it', 'en', 'Your absences at {chapter}',
        E'Dear {name},\n\nas of {day} you have used {used} of the {allowed} absences that {chapter} allows. The next one drops out on {next_drop}.\n\nWe are glad of every week you are with us.\n\n{leader}\n{chapter}\n'),
       ('at the limit', 'en', 'Your absences at {chapter}: one more would be over the limit',
        E'Dear {name},\n\nas of {day} you have used {used} of the {allowed} absences that {chapter} allows. One more would be over the limit. The next one drops out on {next_drop}.\n\nIf something keeps you away, tell us: somebody can stand in for you, and a leave can be agreed.\n\n{leader}\n{chapter}\n'),
       ('over the limit', 'en', 'Your absences at {chapter} are over the limit',
        E'Dear {name},\n\nas of {day} your absences come to {used}; {chapter} allows {allowed}. The next one drops out on {next_drop}.\n\nPlease talk to us this week, so that we find a way for you to keep your seat.\n\n{leader}\n{chapter}\n'),
       ('within it', 'de', 'Ihre Fehlzeiten bei {chapter}',
        E'Guten Tag {name},\n\nIhre Fehlzeiten am {day}: {used} von {allowed}, die {chapter} erlaubt. Die nächste verfällt am {next_drop}.\n\nWir freuen uns über jede Woche mit Ihnen.\n\n{leader}\n{chapter}\n'),
       ('at the limit', 'de', 'Ihre Fehlzeiten bei {chapter}: noch eine wäre zu viel',
        E'Guten Tag {name},\n\nIhre Fehlzeiten am {day}: {used} von {allowed}, die {chapter} erlaubt. Eine weitere läge über der Grenze. Die nächste verfällt am {next_drop}.\n\nWenn Sie etwas abhält, sagen Sie es uns: Jemand kann Sie vertreten, und eine Auszeit lässt sich vereinbaren.\n\n{leader}\n{chapter}\n'),
       ('over the limit', 'de', 'Ihre Fehlzeiten bei {chapter} liegen über der Grenze',
        E'Guten Tag {name},\n\nIhre Fehlzeiten am {day}: {used}; {chapter} erlaubt {allowed}. Die nächste verfällt am {next_drop}.\n\nBitte sprechen Sie diese Woche mit uns, damit wir einen Weg finden, wie Sie Ihren Platz behalten.\n\n{leader}\n{chapter}\n')
    ON CONFLICT (kind, language) DO UPDATE SET subject = excluded.subject, body = excluded.body
 WHERE (letter_template.subject, letter_template.body) <> (excluded.subject, excluded.body);
