extension German {
    /// What reports and their tables are called, and what they are for.
    static let reports = """
        Absences
          Fehlzeiten
        Absences near the limit
          Fehlzeiten nahe der Grenze
        Attendance and slips
          Anwesenheit und Einträge
        By inviter
          Nach Einladenden
        By mentor
          Nach Mentor
        By purpose
          Nach Zweck
        By seat
          Nach Sitz
        By sponsor
          Nach Paten
        By warmth
          Nach Wärme
        Concentration
          Konzentration
        Depth and coverage
          Tiefe und Abdeckung
        Dues in arrears
          Rückständige Beiträge
        Every deposit
          Jede Einzahlung
        Every entry of the ledger
          Jeder Eintrag im Kontobuch
        Every mark that counts
          Jeder Vermerk, der zählt
        Every open task
          Jede offene Aufgabe
        From each to each
          Von jedem zu jedem
        Giving
          Geben
        Groups
          Gruppen
        Handover
          Übergabe
        Hours of each member
          Stunden jedes Mitglieds
        How far they got
          Wie weit sie kamen
        How many of the absences that the chapter allows each member has used, and when the next one drops out.
          Wie viele der Fehlzeiten, die das Chapter erlaubt, jedes Mitglied verbraucht hat und wann die nächste herausfällt.
        How many of those who were members before these days still are on the last of them, and why the others left.
          Wie viele derer, die vor diesen Tagen Mitglied waren, es am letzten noch sind, und warum die anderen gingen.
        How much of the business that members gave came from a few of them: what the chapter would miss if they left.
          Wie viel des Umsatzes, den Mitglieder gaben, von wenigen kam: was dem Chapter fehlen würde, wenn sie gingen.
        How the chapters of a region compare, one by one and in groups by size, weekday or age; nothing here is of one person.
          Wie die Chapter einer Region im Vergleich stehen, einzeln und in Gruppen nach Größe, Wochentag oder Alter; nichts davon betrifft eine einzelne Person.
        How the score comes about
          Wie die Punkte zustande kommen
        In how many months each member gave something, and who gives only when in need: networking is a year-round process.
          In wie vielen Monaten jedes Mitglied etwas gegeben hat und wer nur bei Bedarf gibt: Netzwerken geht das ganze Jahr.
        Month by month
          Monat für Monat
        Monthly return
          Monatliche Rendite
        Nothing between them yet
          Noch nichts zwischen ihnen
        Open seats
          Offene Sitze
        Open tasks
          Offene Aufgaben
        Pending applications
          Offene Bewerbungen
        Points for what each member did in six months, the colour they come to, and what would earn more.
          Punkte für das, was jedes Mitglied in sechs Monaten getan hat, die Farbe, die sie ergeben, und was mehr einbrächte.
        Quality of referrals
          Qualität der Empfehlungen
        Referrals, one-to-ones and business between members, both ways: where the relationships are, and where none is.
          Empfehlungen, Vier-Augen-Gespräche und Umsatz zwischen Mitgliedern, in beide Richtungen: wo Beziehungen sind und wo keine ist.
        Region
          Region
        Renewals within 90 days
          Verlängerungen in den nächsten 90 Tagen
        Restated since it was closed
          Seit dem Abschluss verändert
        Scorecard
          Punktekarte
        Seats
          Sitze
        Sheets that are not sealed
          Nicht abgeschlossene Anwesenheitslisten
        Terms
          Amtszeiten
        Terms of office
          Amtszeiten
        The chapter
          Das Chapter
        The month
          Der Monat
        The people behind it
          Die Personen dahinter
        The pie of time
          Wohin die Zeit ging
        The records behind it
          Die Datensätze dahinter
        The referrals and one-to-ones behind it
          Die Empfehlungen und Gespräche dahinter
        The referrals behind it
          Die Empfehlungen dahinter
        The referrals that nobody could take
          Die Empfehlungen, die niemand annehmen konnte
        The thanks behind it
          Die Danke dahinter
        The visits behind it
          Die Besuche dahinter
        They would tell of fewer than 3 people or chapters
          Sie verrieten etwas von weniger als 3 Personen oder Chaptern
        What became of the referrals that members passed in these days, as it stands now: quality over quantity.
          Was aus den Empfehlungen wurde, die Mitglieder in diesen Tagen weitergegeben haben, wie es jetzt steht: Qualität vor Menge.
        What made it other
          Was es verändert hat
        What members gave and took, and whether they gave before they asked: the ledger of social capital.
          Was Mitglieder gaben und nahmen, und ob sie gaben, bevor sie baten: das Kontobuch des Sozialkapitals.
        What members put into the chapter and what they got out: for the month, for twelve months, and since they joined.
          Was Mitglieder in das Chapter einbrachten und was sie zurückbekamen: im Monat, in zwölf Monaten und seit ihrem Beitritt.
        What members spent their hours on, and what an hour brought: time is an investment.
          Womit Mitglieder ihre Stunden verbracht haben und was eine Stunde brachte: Zeit ist eine Investition.
        What the next team needs: who serves and until when, what waits for somebody, and what runs out, at the end of a day.
          Was das nächste Team braucht: wer bis wann im Amt ist, was auf jemanden wartet und was ausläuft, am Ende eines Tages.
        Which professions the chapter lacks, the most missed first, and who held which seat.
          Welche Berufe dem Chapter fehlen, die am meisten vermissten zuerst, und wer welchen Sitz innehatte.
        Who brought visitors, and how many of them joined. A second visit is no failure: whoever came twice is one visitor.
          Wer Besucher mitgebracht hat und wie viele davon beigetreten sind. Ein zweiter Besuch ist kein Fehlschlag: Wer zweimal kam, zählt als ein Besucher.
        Who came, and what each gave, received and did, by the meeting to which it belongs.
          Wer kam und was jedes Mitglied gab, erhielt und tat, nach der Sitzung, zu der es gehört.
        Who gave to whom
          Wer wem gab
        Who held which seat
          Wer welchen Sitz innehatte
        Who served the chapter how long, and who left once they had stepped down: leadership is service.
          Wer dem Chapter wie lange gedient hat und wer nach dem Amt gegangen ist: Führen heißt dienen.
        Why they left
          Warum sie gingen
        bounds
          Grenzen
        by
          Gruppiert nach
        scheme
          Punktekarte
        """
}
