extension German {
    /// What the pages of meetings, of a member's desk and of logging say.
    static let meetings = """
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
        A sheet can be sealed when everybody has a mark.
          Eine Liste lässt sich abschließen, wenn alle einen Vermerk haben.
        A testimonial
          Ein Empfehlungsschreiben
        A visitor
          Ein Besucher
        Absences: {1} of {2} used.
          Fehlzeiten: {1} von {2} verbraucht.
        Add a visitor
          Besucher hinzufügen
        All is saved
          Alles ist gespeichert
        All meetings
          Alle Sitzungen
        All others are here
          Alle anderen sind da
        An activity
          Eine Aktivität
        An introduction
          Eine Vorstellung
        Announce it
          Bescheid geben
        As a table
          Als Tabelle
        Back to the meeting
          Zurück zur Sitzung
        Behind us
          Vergangene
        Call {1}
          {1} anrufen
        Cancel the meeting
          Sitzung absagen
        Change the programme
          Programm ändern
        Cheapest next step: {1}, {2} more, for {3} points.
          Günstigster nächster Schritt: {1}, {2} mehr, für {3} Punkte.
        Check in
          Einchecken
        Close the night
          Zum Abschluss
        Code to check in with
          Code zum Einchecken
        Company
          Firma
        Company, phone
          Firma, Telefon
        Day of the visit
          Tag des Besuchs
        Door prize
          Verlosung
        Education slot
          Weiterbildungsimpuls
        Everybody has a mark. Seal the sheet, and its slips are no longer provisional.
          Alle haben einen Vermerk. Schließ die Liste ab, dann sind ihre Einträge nicht mehr vorläufig.
        Everybody is here
          Alle sind da
        Feature talk
          Hauptvortrag
        For which referral
          Für welche Empfehlung
        For whom
          Für wen
        From {1} to {2}, {3}
          Von {1} an {2}, {3}
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
        I am here
          Ich bin da
        I come after all
          Ich komme doch
        I will be away
          Ich kann nicht kommen
        It does not take place
          Sie findet nicht statt
        It is a holiday
          Es ist ein Feiertag
        It is repeat business
          Es ist ein Folgeauftrag
        Its way
          Ihr Weg
        Keep
          Speichern
        Keep the marks
          Vermerke speichern
        Keep who came
          Speichern, wer da war
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
        Marked
          Vermerkt
        Meeting of {1}
          Sitzung vom {1}
        Minutes after the beginning that still count as in time
          Minuten nach Beginn, die noch als pünktlich gelten
        Money spent
          Ausgaben
        No meeting is in the calendar.
          Im Kalender steht keine Sitzung.
        No referral waits for you. Giving comes first: whom can you help this week?
          Keine Empfehlung wartet auf dich. Geben kommt zuerst: Wem kannst du diese Woche helfen?
        No visitor is expected.
          Es werden keine Besucher erwartet.
        Nobody can check in by themselves yet.
          Noch kann niemand selbst einchecken.
        Nobody can take it? Which profession is missing
          Niemand kann sie annehmen? Welcher Beruf fehlt
        Nobody has said so yet. The sheet opens on the day.
          Noch hat niemand Bescheid gegeben. Die Liste öffnet sich am Tag der Sitzung.
        Nobody: you.
          Leer heißt: du selbst.
        Nothing was passed on since the meeting before.
          Seit der vorigen Sitzung wurde nichts weitergegeben.
        On leave
          Pausiert
        On the chapter’s own weekday, at its own time; a day that has a meeting keeps it.
          Am Wochentag und zur Uhrzeit des Chapters; ein Tag, der schon eine Sitzung hat, behält sie.
        One-to-one
          Vier-Augen-Gespräch
        Only giver and receiver read this.
          Das liest nur, wer die Empfehlung gegeben oder erhalten hat.
        Only those who keep the sheet read it.
          Das liest nur, wer die Anwesenheitsliste führt.
        Open it again
          Wieder öffnen
        Outside working hours
          Außerhalb der Arbeitszeit
        P present, A absent, L late, M medical, S substitute. Print it; what is on it is typed in later.
          P anwesend, A abwesend, L verspätet, M krank, S Vertretung. Druck sie aus; was darauf steht, wird später eingetippt.
        Paper sheet
          Liste auf Papier
        Pass a referral
          Empfehlung weitergeben
        Pass it on
          Weitergeben
        Phone
          Telefon
        Profession
          Beruf
        Programme
          Programm
        Put up a new sign
          Neuen Aushang anbringen
        Put up the sign
          Aushang anbringen
        Read this with your phone. In time until {1}.
          Scanne das mit deinem Telefon. Pünktlich bis {1} Uhr.
        Referral
          Empfehlung
        Referrals by month
          Empfehlungen nach Monat
        Register
          Eintragen
        Register a visitor
          Besucher eintragen
        Say thanks
          Danke sagen
        Schedule
          Planen
        Schedule meetings
          Sitzungen planen
        Seal the meeting
          Sitzung abschließen
        Sheet
          Anwesenheitsliste
        Sign at the door
          Aushang an der Tür
        Slips of the week
          Einträge der Woche
        Somebody else has marked this meanwhile: look again.
          Jemand anderes hat hier inzwischen etwas vermerkt: Sieh noch einmal nach.
        Something else
          Etwas anderes
        Take the sign down
          Aushang abnehmen
        Thanks to {1}: {2}
          Dank an {1}: {2}
        The chapter knows.
          Das Chapter weiß Bescheid.
        The gross invoice without sales tax; in trades that live on commission the gross commission; of deposits and credit lines a tenth.
          Der volle Rechnungsbetrag ohne Umsatzsteuer; in Branchen, die von Provisionen leben, die Bruttoprovision; bei Einlagen und Kreditlinien ein Zehntel.
        The next one drops out on {1}.
          Die nächste fällt am {1} heraus.
        The sheet is sealed
          Die Liste ist abgeschlossen
        Their company
          Firma des Kontakts
        Their e-mail
          E-Mail der Person
        Their phone
          Telefon des Kontakts
        Then leave open to whom.
          Lass dann offen, an wen.
        Then tap the exceptions.
          Tippe dann die Ausnahmen an.
        There was none in the last three months.
          In den letzten drei Monaten gab es keine.
        They agree that we keep their contact data
          Ist einverstanden, dass wir die Kontaktdaten speichern
        They came
          War da
        This sign is of another meeting, or it is too late. Tell who keeps the sheet.
          Dieser Aushang gehört zu einer anderen Sitzung, oder es ist zu spät. Sag Bescheid, wo die Anwesenheitsliste geführt wird.
        To come
          Kommende
        To the meeting
          Zur Sitzung
        To whom
          An wen
        Topic
          Thema
        Visit
          Besuch
        Waiting for the line: {1}
          Wartet auf Verbindung: {1}
        Waiting for you
          Wartet auf dich
        Warmth {1} of 5
          Wärme {1} von 5
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
        Where
          Wo
        Where from
          Woher
        Which amount?
          Welcher Betrag?
        Who
          Wer
        Who brought them together
          Wer sie zusammengebracht hat
        Who comes in your place, if anybody
          Wer dich vertritt, falls jemand kommt
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
        Who stands in
          Wer vertritt
        Who will be away
          Wer fehlen wird
        Whom
          Wen
        Whom do you thank
          Wem dankst du
        Whom you met
          Wen du getroffen hast
        Whom you thank reads the amount at once, and not your name.
          Wer deinen Dank erhält, sieht sofort den Betrag, aber nicht deinen Namen.
        Why
          Warum
        Why, if you like to say
          Warum, wenn du es sagen magst
        Why, where it is declined or lost
          Warum, falls sie abgelehnt oder verloren ist
        Will be away
          Wird fehlen
        Will you be there?
          Bist du dabei?
        With whom
          Mit wem
        You are at the meeting of {1}.
          Du bist in der Sitzung vom {1}.
        You gave
          Du hast gegeben
        You have passed no referral in the last three months.
          Du hast in den letzten drei Monaten keine Empfehlung weitergegeben.
        You will be away
          Du bist nicht dabei
        Your mark is: {1}.
          Dein Vermerk: {1}.
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
        from {1} to {2}
          von {1} an {2}
        from {1}, {2}
          von {1}, {2}
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
        to {1}, {2}
          an {1}, {2}
        two who meet
          zwei treffen sich
        two who met to know each other’s business
          zwei, die ihr Geschäft gegenseitig kennengelernt haben
        visitor, education …
          Besucher, Weiterbildung …
        {1} comes in their place
          {1} kommt als Vertretung
        {1} comes in your place.
          {1} vertritt dich.
        {1} given, {2} received in twelve months
          {1} gegeben, {2} erhalten in zwölf Monaten
        {1} members have no mark yet:
          one: {1} Mitglied hat noch keinen Vermerk:
          {1} Mitglieder haben noch keinen Vermerk:
        {1} minutes
          one: {1} Minute
          {1} Minuten
        {1} more
          one: {1} weitere
          {1} weitere
        {1} of {2} marked
          {1} von {2} vermerkt
        {1} points
          one: {1} Punkt
          {1} Punkte
        {1} recommends {2}
          {1} empfiehlt {2}
        {1} stood in
          Vertreten durch {1}
        """
}
