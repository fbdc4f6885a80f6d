extension German {
    /// What the rest of a chapter's pages say: reports, imports, policy, and operators' pages.
    static let chapterWork = """
        A director sees what chapters come to, and nothing personal.
          Die Regionalleitung sieht die Ergebnisse der Chapter und nichts Persönliches.
        Absences allowed
          Erlaubte Fehlzeiten
        Absences are counted over
          Fehlzeiten werden gezählt über
        All of them
          Alle ansehen
        An IANA name.
          Ein IANA-Name.
        Applied at
          Angewendet am
        Appoint
          Ins Amt setzen
        Appoint somebody
          Amt besetzen
        As each report has them
          Wie in jedem Bericht vorgesehen
        As in addresses: small letters, digits and hyphens.
          Wie in Adressen: kleine Buchstaben, Ziffern und Bindestriche.
        As the other tool wrote it: XML, XLS or CSV, of at most 700 kB.
          Wie das andere Programm sie geschrieben hat: XML, XLS oder CSV mit höchstens 700 kB.
        At
          Um
        At once, where nothing is said.
          Sofort, wenn nichts angegeben ist.
        Before
          Früher
        Between 0 and 1.
          Zwischen 0 und 1.
        Bring in a file
          Datei importieren
        Bring it in
          Importieren
        Cancel
          Stornieren
        Cancel an invoice
          Eine Rechnung stornieren
        Cancel the invoice
          Rechnung stornieren
        Chapterhouse
          Chapterhouse
        Choose another file
          Andere Datei wählen
        Closed
          Abgeschlossen
        Covers from
          Gilt von
        Covers to
          Gilt bis
        Create a chapter
          Chapter anlegen
        Create it
          Anlegen
        Decide anew
          Neu entscheiden
        Due on
          Fällig am
        Empty for any number.
          Leer für beliebig viele.
        End
          Beenden
        End a term of office
          Eine Amtszeit beenden
        End the term
          Amtszeit beenden
        Every figure takes the policy of its day; what is decided today changes no day before.
          Für jede Zahl gelten die Regeln ihres Tages; was heute entschieden wird, ändert keinen Tag davor.
        Every row goes in. Nothing is written yet, and all of it can be taken back later.
          Jede Zeile passt hinein. Noch ist nichts gespeichert, und alles lässt sich später zurücknehmen.
        First day
          Erster Tag
        First day of the summary
          Erster Tag der Übersicht
        Former members that are made
          Ehemalige Mitglieder, die angelegt werden
        From {1}
          Ab {1}
        Hours to contact a referral
          Stunden, um eine Empfehlung zu kontaktieren
        How it came to be
          Wie es dazu kam
        In office today
          Heute im Amt
        Invite
          Einladen
        Invite somebody
          Jemanden einladen
        Invoiced
          Berechnet
        Invoices
          Rechnungen
        It holds from
          Gilt ab
        It settles the oldest invoice first.
          Sie begleicht die älteste Rechnung zuerst.
        It stays in the list, with the reason, and counts no more.
          Sie bleibt mit dem Grund in der Liste und zählt nicht mehr.
        Last day of the summary
          Letzter Tag der Übersicht
        Mail
          E-Mails
        Meeting fee
          Sitzungsgebühr
        Meeting fee is due for
          Sitzungsgebühr ist fällig für
        Meeting of the slips
          Sitzung der Einträge
        Meets on
          Trifft sich
        Membership fee
          Mitgliedsbeitrag
        Month and day, such as 04-01, 10-01.
          Monat und Tag, zum Beispiel 04-01, 10-01.
        Months it covers
          Monate, die er abdeckt
        Name of its first president
          Wer als Erstes das Präsidium übernimmt
        Name or e-mail
          Name oder E-Mail
        Names of the file that are on no roster any more, one a line.
          Namen aus der Datei, die in keiner Mitgliederliste mehr stehen, einer je Zeile.
        Newest invoices
          Neueste Rechnungen
        Newest migration
          Neueste Migration
        Newest payments
          Neueste Zahlungen
        Next try
          Nächster Versuch
        No chapter is called that.
          Kein Chapter heißt so.
        No chapter is in this region yet. An operator puts them there.
          In dieser Region ist noch kein Chapter. Wer Chapterhouse betreibt, ordnet sie zu.
        No mail waits, and none was given up.
          Keine E-Mail wartet, und keine wurde aufgegeben.
        No month is closed yet. Close one once every meeting of it is sealed.
          Noch ist kein Monat abgeschlossen. Schließe einen ab, sobald alle seine Sitzungen abgeschlossen sind.
        Nobody here is called that.
          Niemand hier heißt so.
        Nobody was invoiced anything yet.
          Noch wurde niemandem etwas berechnet.
        Nothing changed.
          Nichts hat sich geändert.
        Nothing was brought in yet. The exports of other tools are read as they are; you see what would happen before anything does.
          Noch wurde nichts importiert. Exporte anderer Programme werden gelesen, wie sie sind; du siehst, was geschehen würde, bevor etwas geschieht.
        Of it due
          Davon fällig
        Open again
          Wieder öffnen
        Open {1} again
          {1} wieder öffnen
        Operator
          Betrieb
        Or the first and the last day:
          Oder der erste und der letzte Tag:
        Other days
          Andere Tage
        Over, and not closed
          Vorbei und nicht abgeschlossen
        Owes
          Schuldet
        Paid
          Gezahlt
        Paid on
          Gezahlt am
        Payments
          Zahlungen
        Posted
          Eingereiht
        PostgreSQL
          PostgreSQL
        Record a payment
          Zahlung erfassen
        Record it
          Erfassen
        Remark
          Anmerkung
        Rights begin and end with these days, at midnight, with nobody's help.
          Rechte beginnen und enden mit diesen Tagen, um Mitternacht und ganz von selbst.
        Row
          Zeile
        Row by row
          Zeile für Zeile
        Set the days
          Tage festlegen
        Show what would happen
          Zeigen, was geschehen würde
        Statement of {1}
          Kontoauszug von {1}
        Subject
          Betreff
        Substitutes allowed
          Erlaubte Vertretungen
        Take an import back
          Einen Import zurücknehmen
        Take it back
          Zurücknehmen
        Terms of office start on
          Amtszeiten beginnen am
        The file
          Die Datei
        The first version
          Die erste Fassung
        The handover: what the next team needs to know
          Die Übergabe: was das nächste Team wissen muss
        The return of a closed month is stored as it was, under a number; what comes later is told beside it.
          Die Rendite eines abgeschlossenen Monats ist unter einer Nummer gespeichert, wie sie war; was später dazukommt, steht daneben.
        There is no chapter yet.
          Es gibt noch kein Chapter.
        There is no invoice.
          Es gibt keine Rechnung.
        There is no payment.
          Es gibt keine Zahlung.
        They get a mail with a link, good once and for a week, to choose a password.
          Die Person bekommt eine E-Mail mit einem Link, um ein Passwort zu wählen. Er gilt einmal und eine Woche lang.
        This file was brought in already, as import {1}. Nothing is done twice.
          Diese Datei wurde schon importiert, als Import {1}. Nichts geschieht doppelt.
        Three capital letters.
          Drei große Buchstaben.
        Time zone
          Zeitzone
        Today, where nothing is said. It may be a day to come.
          Heute, wenn nichts angegeben ist. Es darf auch ein künftiger Tag sein.
        Trouble
          Störung
        Value of an hour
          Wert einer Stunde
        Verdict
          Ergebnis
        Versions
          Versionen
        Visits before applying
          Besuche vor der Bewerbung
        Void
          Für ungültig erklären
        Void a payment
          Eine Zahlung für ungültig erklären
        Void the payment
          Zahlung für ungültig erklären
        Weight of a month in office
          Gewicht eines Monats im Amt
        Weight of a need answered
          Gewicht eines beantworteten Gesuchs
        Weight of a need posted
          Gewicht eines eingestellten Gesuchs
        Weight of a one-to-one
          Gewicht eines Vier-Augen-Gesprächs
        Weight of a referral given
          Gewicht einer gegebenen Empfehlung
        Weight of a referral received
          Gewicht einer erhaltenen Empfehlung
        Weight of a testimonial
          Gewicht eines Empfehlungsschreibens
        Weight of a visitor who came
          Gewicht eines Besuchers, der kam
        Weight of an introduction made
          Gewicht einer gemachten Vorstellung
        Weight of an introduction received
          Gewicht einer erhaltenen Vorstellung
        What a member earned is seen by
          Was ein Mitglied verdient hat, sieht
        What an operator looks after
          Was zum Betrieb gehört
        What becomes of it
          Was daraus wird
        What happens in a chapter is its own: an operator sees that it is there, and no more.
          Was in einem Chapter geschieht, bleibt dort: Wer Chapterhouse betreibt, sieht, dass es da ist, und nicht mehr.
        What members owe
          Was Mitglieder schulden
        What membership costs and brings: each month, the last twelve, and since joining.
          Was die Mitgliedschaft kostet und bringt: in jedem Monat, in den letzten zwölf und seit dem Beitritt.
        What of an absence a late mark counts for
          Welcher Teil einer Fehlzeit eine Verspätung ist
        What the file is
          Was die Datei enthält
        What was stored stays, with its number and your reason; the figures of now are shown again.
          Was gespeichert ist, bleibt mit seiner Nummer und deinem Grund; gezeigt werden wieder die heutigen Zahlen.
        What would happen
          Was geschehen würde
        Where nobody has the address yet.
          Falls noch niemand diese Adresse hat.
        Where the file does not say it.
          Falls es nicht in der Datei steht.
        Who gets a mail, and seats the others.
          Bekommt eine E-Mail und nimmt die anderen auf.
        Who loses an office is signed out everywhere; what was done in it stays.
          Wer ein Amt verliert, wird überall abgemeldet; was darin getan wurde, bleibt.
        Write an invoice
          Rechnung ausstellen
        Write it
          Ausstellen
        Written on
          Ausgestellt am
        You owe
          Du schuldest
        You were invoiced nothing so far.
          Dir wurde bisher nichts berechnet.
        any number
          beliebig viele
        attendance summary (PALMS)
          Anwesenheitsübersicht (PALMS)
        due on {1}
          fällig am {1}
        no e-mail
          keine E-Mail
        no longer owed
          nicht mehr geschuldet
        not said yet
          noch nicht angegeben
        number {1}, {2}
          Nummer {1}, {2}
        opened again on {1}
          wieder geöffnet am {1}
        {1} mails that wait or were given up, the newest first
          one: {1} E-Mail, die wartet oder aufgegeben wurde
          {1} E-Mails, die warten oder aufgegeben wurden, die neuesten zuerst
        {1} members with invoices or payments
          one: {1} Mitglied mit Rechnungen oder Zahlungen
          {1} Mitglieder mit Rechnungen oder Zahlungen
        {1} of it is due since {2}
          Davon sind {1} seit dem {2} fällig
        {1} rows and all they made leave the ledger. The file can be brought in again.
          one: {1} Zeile und alles, was daraus entstand, verschwindet aus dem Kontobuch. Die Datei lässt sich wieder importieren.
          {1} Zeilen und alles, was daraus entstand, verschwinden aus dem Kontobuch. Die Datei lässt sich wieder importieren.
        {1} rows cannot go in, so nothing would. What to do stands beside each.
          one: {1} Zeile passt nicht hinein, also würde nichts importiert. Was zu tun ist, steht daneben.
          {1} Zeilen passen nicht hinein, also würde nichts importiert. Was zu tun ist, steht jeweils daneben.
        """
}
