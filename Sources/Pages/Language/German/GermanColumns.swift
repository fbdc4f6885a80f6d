extension German {
    /// What the columns of reports are called.
    static let columns = """
        1-2-1
          1-2-1
        1-2-1s
          1-2-1
        1-2-1s a member
          1-2-1 je Mitglied
        A
          A
        Allowed
          Erlaubt
        Amount
          Betrag
        An open seat costs
          Ein offener Sitz kostet
        And
          Und
        Applicant
          Bewerbung von
        Applied
          Beworben
        Arrears
          Rückstand
        As said
          Wie angegeben
        At the end
          Am Ende
        At the start
          Am Anfang
        Attendance
          Anwesenheit
        Both members since
          Beide Mitglied seit
        Both ways
          Gegenseitig
        CEU
          CEU
        Calls and notes
          Anrufe und Notizen
        Came again
          Kamen wieder
        Chapters
          Chapter
        Colour
          Farbe
        Consistency
          Beständigkeit
        Conversion
          Quote
        Counted
          Gezählt
        Counts from
          Zählt ab
        Counts in
          Zählt in
        Coverage
          Abdeckung
        Currency
          Währung
        Day
          Tag
        Days to won
          Tage bis gewonnen
        Declined
          Abgelehnt
        Declined rate
          Ablehnungsquote
        Deposits
          Einzahlungen
        Depth
          Tiefe
        Downtime
          Freizeit
        Drops out
          Fällt heraus
        Due
          Fällig
        Due since
          Fällig seit
        Earns
          Bringt
        Education
          Weiterbildung
        Ended
          Beendet
        Events
          Veranstaltungen
        For
          Für
        From
          Von
        Gave first
          Gab zuerst
        Given / received
          Gegeben / erhalten
        Given by
          Gegeben von
        Given by former members
          Von ehemaligen Mitgliedern gegeben
        Given outside
          Nach außen gegeben
        Givers
          Gebende
        Group
          Gruppe
        Half from
          Hälfte von
        Held
          Sitzungen
        Hours to contact
          Stunden bis zum Kontakt
        In a sentence
          In einem Satz
        In days
          In Tagen
        In downtime
          In der Freizeit
        Invited by
          Eingeladen von
        Joined
          Beigetreten
        Kind
          Art
        L
          L
        Last day
          Letzter Tag
        Last letter
          Letzter Brief
        Last met
          Zuletzt getroffen
        Leadership
          Führung
        Left
          Gegangen
        Left after stepping down
          Nach dem Amt gegangen
        Left out
          Weggelassen
        Lost
          Verloren
        Lower quartile
          Unteres Quartil
        M
          M
        Mark
          Vermerk
        Marks
          Vermerke
        Marks missing
          Fehlende Vermerke
        Meals
          Essen
        Mean
          Mittel
        Median
          Median
        Median ROI
          Median des ROI
        Meetings
          Sitzungen
        Members
          Mitglieder
        Members a chapter
          Mitglieder je Chapter
        Mentor
          Mentor
        Met
          Getroffen
        Minutes
          Minuten
        Months as a member
          Monate als Mitglied
        Months in office
          Monate im Amt
        Months with a deposit
          Monate mit Einzahlung
        Name
          Name
        Needs
          Gesuche
        Next partner
          Wen als Nächstes
        Next step
          Nächster Schritt
        Next takes
          Nächster braucht
        No
          Nein
        Not converted
          Nicht umgerechnet
        Not followed up
          Nicht nachgefasst
        Note
          Hinweis
        Of
          Von
        Office
          Amt
        Offices
          Ämter
        Oldest, days
          Älteste, Tage
        One-to-ones
          Vier-Augen-Gespräche
        Only when in need
          Nur bei Bedarf
        Open
          Offen
        Open referrals
          Offene Empfehlungen
        Open since
          Offen seit
        Other
          Sonstiges
        Others
          Andere
        P
          P
        Part
          Teil
        Passed on
          Weitergegeben am
        People
          Personen
        Per
          Je
        Place
          Platz
        Points
          Punkte
        Purpose
          Zweck
        RGI
          RGI
        RGO
          RGO
        ROI
          ROI
        ROT
          ROT
        RRI
          RRI
        RRO
          RRO
        Rate
          Quote
        Rate of
          Kurs vom
        Reason
          Grund
        Received from outside
          Von außerhalb erhalten
        Record
          Datensatz
        References
          Referenzen
        Referrals
          Empfehlungen
        Referrals a member
          Empfehlungen je Mitglied
        Renews on
          Verlängert sich am
        Retention
          Mitgliederbindung
        S
          S
        Score
          Punkte
        Seat
          Sitz
        Share
          Anteil
        Short name
          Kurzname
        Since
          Seit
        So far
          Bis hier
        Social capital
          Sozialkapital
        Sponsor
          Pate oder Patin
        Stage
          Stufe
        Stand still
          Ruhen
        Standing
          Stand
        Stayed
          Geblieben
        Substitutes
          Vertretungen
        T
          T
        TYFCB
          TYFCB
        Takes
          Braucht
        Thanked for
          Dank für Umsatz
        Thanked for, a member
          Dank für Umsatz, je Mitglied
        Thanks
          Danke
        Their value
          Ihr Wert
        To
          An
        Top three
          Erste drei
        Unplaced referrals
          Unvermittelte Empfehlungen
        Until
          Bis
        Upper quartile
          Oberes Quartil
        Used
          Verbraucht
        V
          V
        Value
          Wert
        Value per referral
          Wert je Empfehlung
        Visitor
          Besucher
        Visitors
          Besucher
        Visitors a chapter
          Besucher je Chapter
        Visits
          Besuche
        Warmth
          Wärme
        Was
          Wurde
        Weeks
          Wochen
        What
          Was
        When
          Wann
        Which
          Welcher
        Win rate
          Erfolgsquote
        Window since
          Zeitraum seit
        With
          Mit
        Withdrawals
          Abhebungen
        Without declined
          Ohne abgelehnte
        Won
          Gewonnen
        Yes
          Ja
        """
}
