extension German {
    /// What the pages of a member's desk, of logging and of a referral say.
    static let desk = """
        1 · contact data; they expect the call
          1 · Kontaktdaten; der Anruf wird erwartet
        2 · and gave your card or material
          2 · dazu Karte oder Unterlagen übergeben
        3 · and spoke for you
          3 · dazu ein gutes Wort eingelegt
        4 · and introduced you by phone or mail
          4 · dazu am Telefon oder per E-Mail vorgestellt
        5 · and introduced you in person
          5 · dazu persönlich vorgestellt
        A member thanked you
          Ein Mitglied hat dir gedankt
        A member, Name @ Chapter, visitor:Name, or chapter.
          Ein Mitglied, Name @ Chapter, visitor:Name oder chapter.
        A member, or Name @ Chapter.
          Ein Mitglied oder Name @ Chapter.
        A one-to-one
          Ein Vier-Augen-Gespräch
        A referral
          Eine Empfehlung
        A testimonial
          Ein Empfehlungsschreiben
        A visitor
          Ein Besucher
        Absences: {1} of {2} used.
          Fehlzeiten: {1} von {2} verbraucht.
        An activity
          Eine Aktivität
        An introduction
          Eine Vorstellung
        As a table
          Als Tabelle
        Call {1}
          {1} anrufen
        Cheapest next step: {1}, {2} more, for {3} points.
          Günstigster nächster Schritt: {1}, {2} mehr, für {3} Punkte.
        Day of the visit
          Tag des Besuchs
        For which referral
          Für welche Empfehlung
        For whom
          Für wen
        Gave your card; they expect your call.
          Deine Karte übergeben; dein Anruf wird erwartet.
        Give a testimonial
          Empfehlungsschreiben geben
        How far has it come?
          Wie weit ist sie?
        How it is computed
          Wie sie berechnet wird
        How warm is it?
          Wie warm ist sie?
        How you opened it
          Wie du die Tür geöffnet hast
        How you stand
          Wo du stehst
        It is repeat business
          Es ist ein Folgeauftrag
        Its way
          Ihr Weg
        Kept: {1}.
          Gespeichert: {1}.
        Log a one-to-one
          Vier-Augen-Gespräch erfassen
        Log an activity
          Aktivität erfassen
        Log an introduction
          Vorstellung erfassen
        Log education
          Weiterbildung erfassen
        Money spent
          Ausgaben
        No referral waits for you. Giving comes first: whom can you help this week?
          Keine Empfehlung wartet auf dich. Geben kommt zuerst: Wem kannst du diese Woche helfen?
        Nobody can take it? Which profession is missing
          Niemand kann sie annehmen? Welcher Beruf fehlt
        Nobody: you.
          Leer heißt: du selbst.
        One-to-one
          Vier-Augen-Gespräch
        Only giver and receiver read this.
          Das liest nur, wer die Empfehlung gegeben oder erhalten hat.
        Outside working hours
          Außerhalb der Arbeitszeit
        Pass a referral
          Empfehlung weitergeben
        Pass it on
          Weitergeben
        Phone
          Telefon
        Profession
          Beruf
        Referrals by month
          Empfehlungen nach Monat
        Register
          Eintragen
        Register a visitor
          Besucher eintragen
        Say thanks
          Danke sagen
        Something else
          Etwas anderes
        The gross invoice without sales tax; in trades that live on commission the gross commission; of deposits and credit lines a tenth.
          Der volle Rechnungsbetrag ohne Umsatzsteuer; in Branchen, die von Provisionen leben, die Bruttoprovision; bei Einlagen und Kreditlinien ein Zehntel.
        The next one drops out on {1}.
          Die nächste fällt am {1} heraus.
        Their company
          Firma des Kontakts
        Their e-mail
          E-Mail der Person
        Their phone
          Telefon des Kontakts
        Then leave open to whom.
          Lass dann offen, an wen.
        They agree that we keep their contact data
          Ist einverstanden, dass wir die Kontaktdaten speichern
        They came
          War da
        To whom
          An wen
        Waiting for you
          Wartet auf dich
        What became of what you gave
          Was aus dem wurde, was du gegeben hast
        What for
          Wofür
        What is there to log?
          Was gibt es zu erfassen?
        What it was
          Was es war
        What the other spent
          Was die andere Person ausgegeben hat
        What they need
          Was gebraucht wird
        What you learned
          Was du gelernt hast
        What you spent
          Was du ausgegeben hast
        What you would say
          Was du sagen würdest
        Where from
          Woher
        Which amount?
          Welcher Betrag?
        Who brought them together
          Wer sie zusammengebracht hat
        Who did it
          Wer aktiv war
        Who earned it
          Wer verdient hat
        Who gave it
          Von wem
        Who invited them
          Wer eingeladen hat
        Who learned
          Wer sich weitergebildet hat
        Who met them
          Wer das Gespräch geführt hat
        Who needs it
          Wer Bedarf hat
        Whom
          Wen
        Whom do you thank
          Wem dankst du
        Whom you met
          Wen du getroffen hast
        Whom you thank reads the amount at once, and not your name.
          Wer deinen Dank erhält, sieht sofort den Betrag, aber nicht deinen Namen.
        Why, where it is declined or lost
          Warum, falls sie abgelehnt oder verloren ist
        With whom
          Mit wem
        You gave
          Du hast gegeben
        You have passed no referral in the last three months.
          Du hast in den letzten drei Monaten keine Empfehlung weitergegeben.
        Your return, twelve months
          Deine Rendite, zwölf Monate
        Your year
          Dein Jahr
        a talk, a course, a book
          ein Vortrag, ein Kurs, ein Buch
        an event, a meal, a call: time and money put in
          eine Veranstaltung, ein Essen, ein Anruf: Zeit und Geld, die du einbringst
        contact is overdue
          Kontakt ist überfällig
        farther: passed on by such a one
          weiter weg: von so jemandem weitergegeben
        for business closed
          für ein abgeschlossenes Geschäft
        in twenty seconds
          in zwanzig Sekunden
        inside: the member’s own need, or another member’s
          innen: Bedarf des Mitglieds selbst oder eines anderen Mitglieds
        invited, or already there
          eingeladen oder schon da
        next: {1}, last met {2}
          als Nächstes: {1}, zuletzt getroffen am {2}
        next: {1}, never met yet
          als Nächstes: {1}, noch nie getroffen
        outside: somebody the giver knows
          außen: jemand, den das gebende Mitglied kennt
        received {1}, cost {2} {3}
          erhalten {1}, Kosten {2} {3}
        two who meet
          zwei treffen sich
        two who met to know each other’s business
          zwei, die ihr Geschäft gegenseitig kennengelernt haben
        visitor, education …
          Besucher, Weiterbildung …
        {1} given, {2} received in twelve months
          {1} gegeben, {2} erhalten in zwölf Monaten
        {1} points
          one: {1} Punkt
          {1} Punkte
        """
}
