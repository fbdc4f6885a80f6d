extension German {
    /// Short words of pages: kinds, chips, hints, and what a leader has to do.
    static let parts = """
        A
          A
        L
          L
        M
          M
        P
          P
        S
          S
        A leave of {1}
          Eine Pause von {1}
        A new membership begins; the old one stays as it was, with its own figures.
          Eine neue Mitgliedschaft beginnt; die alte bleibt, wie sie war, mit ihren eigenen Zahlen.
        By it they come in; they choose a password themselves.
          Damit kommt das Mitglied herein; das Passwort wählt es selbst.
        Change {1}
          {1} ändern
        Empty for none.
          Leer für keinen.
        Empty leaves it as it is.
          Leer bleibt alles, wie es ist.
        End the membership of {1}
          Mitgliedschaft von {1} beenden
        For the retention report; the chapter does not see it.
          Für den Bericht zur Mitgliederbindung; das Chapter sieht es nicht.
        It is medical
          Aus gesundheitlichen Gründen
        Margin and value of an hour from
          Marge und Wert einer Stunde gelten ab
        May leaders see what you earned, and your return?
          Darf das Führungsteam sehen, was du verdient hast, und deine Rendite?
        Note the leave
          Pause vermerken
        Only leaders and the member see that.
          Das sehen nur das Führungsteam und das Mitglied.
        Take {1} back in
          {1} wieder aufnehmen
        The profession, which nobody else holds. A new one is put on the chapter's list.
          Der Beruf, den niemand sonst vertritt. Ein neuer kommt auf die Liste des Chapters.
        The seat is kept and the fee goes on; no meeting counts as missed.
          Der Sitz bleibt, der Beitrag läuft weiter; keine Sitzung zählt als versäumt.
        The seat is open from the day after, and every office ends. What was recorded stays and counts as before.
          Der Sitz ist vom nächsten Tag an offen, und jedes Amt endet. Was erfasst wurde, bleibt und zählt wie bisher.
        What is left of 100 you earned, such as 40 %. Nobody else sees it. Empty leaves it as it is.
          Was von 100 Umsatz übrig bleibt, zum Beispiel 40 %. Niemand sonst sieht es. Leer bleibt alles, wie es ist.
        a one-to-one
          ein Vier-Augen-Gespräch
        a page
          eine Seite
        a program
          ein Programm
        a referral
          eine Empfehlung
        a testimonial
          ein Empfehlungsschreiben
        a visitor
          ein Besucher
        abstains
          enthält sich
        active
          aktiv
        an activity
          eine Aktivität
        an import
          ein Import
        an introduction
          eine Vorstellung
        answered
          beantwortet
        answered by {1}
          beantwortet von {1}
        anybody
          alle
        applied
          beworben
        as it was
          unverändert
        call
          Anruf
        conflict of interest
          Interessenkonflikt
        each half-year between terms
          jedes Halbjahr zwischen den Amtsantritten
        ended
          beendet
        event
          Veranstaltung
        every meeting held
          jede gehaltene Sitzung
        first visit
          erster Besuch
        for business that came of the chapter
          für ein Geschäft, das aus dem Chapter kam
        given up
          aufgegeben
        goes in
          passt hinein
        in force
          gilt
        joined
          beigetreten
        kept out
          ausgesperrt
        leaders
          das Führungsteam
        lost
          verloren
        meal
          Essen
        meetings attended
          besuchte Sitzungen
        new
          neu
        no mark
          kein Vermerk
        note
          Notiz
        on leave
          pausiert
        opened again
          wieder geöffnet
        operator
          Betrieb
        over
          vorbei
        overdue
          überfällig
        refused
          abgewiesen
        second visit
          zweiter Besuch
        slips of a meeting
          Einträge einer Sitzung
        somebody who needs what a member offers
          jemand, der braucht, was ein Mitglied anbietet
        something else
          etwas anderes
        taken back on {1}
          zurückgenommen am {1}
        the last 12 months
          die letzten 12 Monate
        the last 26 weeks
          die letzten 26 Wochen
        the member alone
          nur das Mitglied
        the shell
          die Kommandozeile
        the whole chapter
          das ganze Chapter
        to whom
          wem
        tried {1} times
          one: {1}-mal versucht
          {1}-mal versucht
        two whom you brought together
          zwei, die du zusammengebracht hast
        until {1}
          bis {1}
        upcoming
          künftig
        visited
          war da
        voided
          ungültig
        waits
          wartet
        what you would say of a member
          was du über ein Mitglied sagen würdest
        {1} applications are not decided.
          one: Über {1} Bewerbung ist nicht entschieden.
          Über {1} Bewerbungen ist nicht entschieden.
        {1} entries changed since
          one: {1} Eintrag seitdem geändert
          {1} Einträge seitdem geändert
        {1} meetings are not sealed.
          one: {1} Sitzung ist nicht abgeschlossen.
          {1} Sitzungen sind nicht abgeschlossen.
        {1} members owe what is due.
          one: {1} Mitglied schuldet Fälliges.
          {1} Mitglieder schulden Fälliges.
        {1} needs
          one: {1} Gesuch
          {1} Gesuche
        {1} new
          one: {1} neu
          {1} neu
        {1} open
          one: {1} offen
          {1} offen
        {1} referrals nobody could take
          one: {1} Empfehlung, die niemand annehmen konnte
          {1} Empfehlungen, die niemand annehmen konnte
        {1} renewals are overdue.
          one: {1} Verlängerung ist überfällig.
          {1} Verlängerungen sind überfällig.
        {1} visitors came and have not applied.
          one: {1} Besucher war da und hat sich nicht beworben.
          {1} Besucher waren da und haben sich nicht beworben.
        {1} visitors wait to be contacted.
          one: {1} Besucher wartet auf einen Kontakt.
          {1} Besucher warten auf einen Kontakt.
        """
}
