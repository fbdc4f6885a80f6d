extension German {
    /// Words and sentences that come as data.
    static let words = """
        12 months to {1}
          12 Monate bis {1}
        Closed as number {1} on {2} by {3}: these are the figures of then.
          Als Nummer {1} am {2} von {3} abgeschlossen: Dies sind die Zahlen von damals.
        Closed as number {1} on {2}: these are the figures of then.
          Als Nummer {1} am {2} abgeschlossen: Dies sind die Zahlen von damals.
        Former members
          Ehemalige Mitglieder
        Friday
          Freitag
        Import {1} covers {2} to {3}, of which this period holds only a part; its figures are left out.
          Import {1} umfasst {2} bis {3}, wovon dieser Zeitraum nur einen Teil enthält; seine Zahlen bleiben weg.
        Import {1} stands for the days from {2} to {3}; no mark or slip of those days is counted twice.
          Import {1} steht für die Tage vom {2} bis {3}; kein Vermerk oder Eintrag dieser Tage wird doppelt gezählt.
        Membership Committee
          Mitgliederausschuss
        Monday
          Montag
        Never late
          Nie verspätet
        Other chapters
          Andere Chapter
        President
          Präsident/in
        Records that count in it have changed since; no total has that you may see.
          Datensätze, die darin zählen, haben sich seitdem geändert; keine Summe, die du sehen darfst.
        Restated since, in the twelve months: {1}.
          Seitdem verändert, in den zwölf Monaten: {1}.
        Restated since, since joining: {1}.
          Seitdem verändert, seit dem Beitritt: {1}.
        Restated since: {1}.
          Seitdem verändert: {1}.
        Saturday
          Samstag
        Secretary/Treasurer
          Schriftführung und Kasse
        Sponsored new members
          Neue Mitglieder mitgebracht
        Sunday
          Sonntag
        Testimonials
          Empfehlungsschreiben
        Thursday
          Donnerstag
        Total
          Summe
        Trainings
          Schulungen
        Tuesday
          Dienstag
        Vice-President
          Vizepräsident/in
        Visitor Host
          Besucherbetreuung
        Wednesday
          Mittwoch
        accepted
          angenommen
        activity
          Aktivität
        activity of {1} in {2}
          Aktivität vom {1} in {2}
        age
          Alter
        at the limit
          an der Grenze
        calls and notes
          Anrufe und Notizen
        cancelled
          abgesagt
        changed
          geändert
        contacted
          kontaktiert
        declined
          abgelehnt
        director
          Regionalleitung
        dues
          Beitrag
        education
          Weiterbildung
        ends within 90 days
          endet innerhalb von 90 Tagen
        events
          Veranstaltungen
        fees
          Gebühren
        fewer than {1} members
          weniger als {1} Mitglieder
        fewer than {1} years
          weniger als {1} Jahre
        first
          erster Besuch
        given
          gegeben
        given by former members
          von ehemaligen Mitgliedern gegeben
        green
          grün
        grey
          grau
        guest
          Gast
        holiday
          Feiertag
        hours
          Stunden
        in office
          im Amt
        introduction made
          Vorstellung gemacht
        introduction received
          Vorstellung erhalten
        leadership
          Führung
        leave
          Pause
        made
          erfasst
        meals
          Essen
        median roi
          Median des ROI
        medical
          krank
        meeting
          Treffen
        meetings
          Sitzungen
        members
          Mitglieder
        membership
          Mitgliedschaft
        membership-committee
          Mitgliederausschuss
        mentor
          Mentor
        month in office
          Monat im Amt
        need answered
          Gesuch beantwortet
        need posted
          Gesuch eingestellt
        net
          netto
        no weekday
          kein Wochentag
        nobody
          niemand
        none
          keine Angabe
        not answered
          nicht beantwortet
        not contacted
          nicht kontaktiert
        not followed up
          nicht nachgefasst
        not known
          nicht bekannt
        not noted
          nicht vermerkt
        not opened
          nicht geöffnet
        not said
          nicht angegeben
        not sealed
          nicht abgeschlossen
        one-to-one
          Vier-Augen-Gespräch
        one-to-one of {1} in {2}
          Vier-Augen-Gespräch vom {1} in {2}
        open
          offen
        other
          Sonstiges
        over the limit
          über der Grenze
        passed
          weitergegeben
        policy
          Regeln
        president
          Präsident/in
        profit
          Gewinn
        proposal
          Angebot
        quartiles roi
          Quartile des ROI
        received outside
          von außerhalb erhalten
        red
          rot
        referral
          Empfehlung
        referral given
          Empfehlung gegeben
        referral received
          Empfehlung erhalten
        referrals given
          Empfehlungen gegeben
        referrals received
          Empfehlungen erhalten
        regular
          regulär
        roi
          ROI
        rot
          ROT
        scheduled
          geplant
        sealed
          abgeschlossen
        second
          zweiter Besuch
        secretary-treasurer
          Schriftführung und Kasse
        since joining
          seit dem Beitritt
        size
          Größe
        social
          gesellig
        spent
          Ausgaben
        stands still
          ruht
        substitute
          Vertretung
        taken-back
          zurückgenommen
        testimonial
          Empfehlungsschreiben
        thanks
          Dank
        thanks of {1} in {2}
          Dank vom {1} in {2}
        there are no bands of money for the chapter’s currency
          für die Währung des Chapters gibt es keine Geldschwellen
        time
          Zeit
        to come
          künftig
        training
          Schulung
        under way
          unterwegs
        usual
          wie üblich
        vacant
          unbesetzt
        valuation
          Bewertung
        vice-president
          Vizepräsident/in
        visitor
          Besucher
        visitor-host
          Besucherbetreuung
        weekday
          Wochentag
        withdrawn
          zurückgezogen
        within it
          innerhalb
        won
          gewonnen
        yellow
          gelb
        {1} members and more
          {1} Mitglieder und mehr
        {1} of {2} used
          {1} von {2} verbraucht
        {1} of {2} used; the next one drops out on {3}
          {1} von {2} verbraucht; die nächste fällt am {3} heraus
        {1} of {2} used; the next one drops out on {3}; {4} substitutes, {5} are allowed
          {1} von {2} verbraucht; die nächste fällt am {3} heraus; {4} Vertretungen, {5} sind erlaubt
        {1} of {2} used; {3} substitutes, {4} are allowed
          {1} von {2} verbraucht; {3} Vertretungen, {4} sind erlaubt
        {1} to {2} members
          {1} bis {2} Mitglieder
        {1} to {2} years
          {1} bis {2} Jahre
        {1} years and more
          {1} Jahre und mehr
        """
}
