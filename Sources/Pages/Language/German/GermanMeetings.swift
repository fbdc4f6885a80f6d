extension German {
    /// What the pages of meetings say.
    static let meetings = """
        A sheet can be sealed when everybody has a mark.
          Eine Liste lässt sich abschließen, wenn alle einen Vermerk haben.
        Add a visitor
          Besucher hinzufügen
        All is saved
          Alles ist gespeichert
        All meetings
          Alle Sitzungen
        All others are here
          Alle anderen sind da
        Announce it
          Bescheid geben
        Back to the meeting
          Zurück zur Sitzung
        Behind us
          Vergangene
        Cancel the meeting
          Sitzung absagen
        Change the programme
          Programm ändern
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
        From {1} to {2}, {3}
          Von {1} an {2}, {3}
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
        Keep
          Speichern
        Keep the marks
          Vermerke speichern
        Keep who came
          Speichern, wer da war
        Marked
          Vermerkt
        Meeting of {1}
          Sitzung vom {1}
        Minutes after the beginning that still count as in time
          Minuten nach Beginn, die noch als pünktlich gelten
        No meeting is in the calendar.
          Im Kalender steht keine Sitzung.
        No visitor is expected.
          Es werden keine Besucher erwartet.
        Nobody can check in by themselves yet.
          Noch kann niemand selbst einchecken.
        Nobody has said so yet. The sheet opens on the day.
          Noch hat niemand Bescheid gegeben. Die Liste öffnet sich am Tag der Sitzung.
        Nothing was passed on since the meeting before.
          Seit der vorigen Sitzung wurde nichts weitergegeben.
        On leave
          Pausiert
        On the chapter’s own weekday, at its own time; a day that has a meeting keeps it.
          Am Wochentag und zur Uhrzeit des Chapters; ein Tag, der schon eine Sitzung hat, behält sie.
        Only those who keep the sheet read it.
          Das liest nur, wer die Anwesenheitsliste führt.
        Open it again
          Wieder öffnen
        P present, A absent, L late, M medical, S substitute. Print it; what is on it is typed in later.
          P anwesend, A abwesend, L verspätet, M krank, S Vertretung. Druck sie aus; was darauf steht, wird später eingetippt.
        Paper sheet
          Liste auf Papier
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
        Take the sign down
          Aushang abnehmen
        Thanks to {1}: {2}
          Dank an {1}: {2}
        The chapter knows.
          Das Chapter weiß Bescheid.
        The sheet is sealed
          Die Liste ist abgeschlossen
        Then tap the exceptions.
          Tippe dann die Ausnahmen an.
        There was none in the last three months.
          In den letzten drei Monaten gab es keine.
        This sign is of another meeting, or it is too late. Tell who keeps the sheet.
          Dieser Aushang gehört zu einer anderen Sitzung, oder es ist zu spät. Sag Bescheid, wo die Anwesenheitsliste geführt wird.
        To come
          Kommende
        To the meeting
          Zur Sitzung
        Topic
          Thema
        Visit
          Besuch
        Waiting for the line: {1}
          Wartet auf Verbindung: {1}
        Warmth {1} of 5
          Wärme {1} von 5
        Where
          Wo
        Who
          Wer
        Who comes in your place, if anybody
          Wer dich vertritt, falls jemand kommt
        Who stands in
          Wer vertritt
        Who will be away
          Wer fehlen wird
        Why
          Warum
        Why, if you like to say
          Warum, wenn du es sagen magst
        Will be away
          Wird fehlen
        Will you be there?
          Bist du dabei?
        You are at the meeting of {1}.
          Du bist in der Sitzung vom {1}.
        You will be away
          Du bist nicht dabei
        Your mark is: {1}.
          Dein Vermerk: {1}.
        from {1} to {2}
          von {1} an {2}
        from {1}, {2}
          von {1}, {2}
        to {1}, {2}
          an {1}, {2}
        {1} comes in their place
          {1} kommt als Vertretung
        {1} comes in your place.
          {1} vertritt dich.
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
        {1} recommends {2}
          {1} empfiehlt {2}
        {1} stood in
          Vertreten durch {1}
        """
}
