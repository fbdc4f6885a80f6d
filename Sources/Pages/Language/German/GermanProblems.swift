extension German {
    /// What the service says of what went well or wrong.
    static let problems = """
        A link by mail lets you in meanwhile.
          Ein Link per E-Mail lässt dich inzwischen herein.
        A link is on its way to {1}. Your address changes when you follow it.
          Ein Link an {1} ist unterwegs. Deine Adresse ändert sich, wenn du ihm folgst.
        A link that was sent before may still be good: look in your mail.
          Ein früher gesendeter Link kann noch gelten: Schau in deine E-Mails.
        A program sends it as: Authorization: Bearer … It is shown only now.
          Ein Programm sendet ihn als: Authorization: Bearer … Er wird nur jetzt gezeigt.
        A report comes as {1}.
          Einen Bericht gibt es als {1}.
        A token is made at a browser, by somebody who gave their password within the last quarter of an hour: give it again at /account/prove
          Einen Token erstellt man im Browser, wenn man in der letzten Viertelstunde sein Passwort angegeben hat: Gib es unter /account/prove noch einmal an
        A token lasts between 1 and 366 days.
          Ein Token gilt zwischen 1 und 366 Tagen.
        A value cannot be kept.
          Ein Wert lässt sich nicht speichern.
        An operator makes tokens with a second factor; set it up first, at /account
          Wer Chapterhouse betreibt, erstellt Tokens mit einem zweiten Faktor; richte ihn zuerst unter /account ein
        An operator makes tokens with a second factor; set it up first.
          Wer Chapterhouse betreibt, erstellt Tokens mit einem zweiten Faktor; richte ihn zuerst ein.
        Bad Gateway
          Der Anbieter antwortet falsch
        Bad Request
          Ungültige Anfrage
        Conflict
          Widerspruch
        Content Too Large
          Zu groß
        Each lets you in once when your phone is lost. Keep them on paper; they are shown only now.
          Jeder lässt dich einmal herein, wenn dein Telefon weg ist. Bewahre sie auf Papier auf; sie werden nur jetzt gezeigt.
        Forbidden
          Nicht erlaubt
        Here one can: {1}.
          Hier geht: {1}.
        Import {1} brought members that later records name; {2}.
          Import {1} hat Mitglieder gebracht, die spätere Datensätze nennen; {2}.
        Internal Server Error
          Fehler bei uns
        It was used, a newer one was sent, or its time is over. Ask for another at the page to sign in.
          Er wurde schon benutzt, ein neuerer wurde gesendet, oder seine Zeit ist um. Lass dir auf der Anmeldeseite einen anderen schicken.
        Method Not Allowed
          So geht es hier nicht
        None of the slips was recorded, for {1} of them cannot be.
          Keiner der Einträge wurde erfasst, denn {1} davon gehen nicht.
        Not Acceptable
          Gibt es so nicht
        Not Found
          Nicht gefunden
        Nothing was imported, for some rows cannot go in.
          Es wurde nichts importiert, denn einige Zeilen passen nicht hinein.
        Nothing was imported, for {1} rows are not right.
          Es wurde nichts importiert, denn {1} Zeilen stimmen nicht.
        PDF is made by WeasyPrint, which is not installed here (Debian: apt-get install --no-install-recommends weasyprint). The same report as .html can be printed from a browser, also into a PDF file.
          PDF macht WeasyPrint, das hier nicht installiert ist (Debian: apt-get install --no-install-recommends weasyprint). Denselben Bericht als .html kannst du aus dem Browser drucken, auch in eine PDF-Datei.
        Precondition Failed
          Inzwischen geändert
        Precondition Required
          Es fehlt eine Bedingung
        Printing took too long and was given up. The same report as .html can be printed from a browser, also into a PDF file.
          Das Drucken hat zu lange gedauert und wurde aufgegeben. Denselben Bericht als .html kannst du aus dem Browser drucken, auch in eine PDF-Datei.
        Say in a few words what the token is for.
          Sag in wenigen Worten, wofür der Token ist.
        Send a form: Content-Type: application/x-www-form-urlencoded
          Sende ein Formular: Content-Type: application/x-www-form-urlencoded
        Service Unavailable
          Gerade nicht erreichbar
        Sign in another way, and tell whoever runs this service.
          Melde dich anders an und sag denen Bescheid, die diesen Dienst betreiben.
        Sign in, or send a token that is valid: Authorization: Bearer chapterhouse_…
          Melde dich an oder sende einen gültigen Token: Authorization: Bearer chapterhouse_…
        Signed out in {1} other places.
          one: An {1} anderen Ort abgemeldet.
          An {1} anderen Orten abgemeldet.
        Somebody has changed it since; read it again.
          Jemand hat es inzwischen geändert; lies es noch einmal.
        Something went wrong on our side; it is in the log under this request's id.
          Bei uns ist etwas schiefgegangen; es steht unter der Nummer dieser Anfrage im Protokoll.
        That is no e-mail address.
          Das ist keine E-Mail-Adresse.
        That was tried too often; wait {1} seconds.
          Das wurde zu oft versucht; warte {1} Sekunden.
        That was tried too often; wait {1} seconds. {2}
          Das wurde zu oft versucht; warte {1} Sekunden. {2}
        The PDF became too large. The same report as .html can be printed from a browser, also into a PDF file.
          Das PDF wurde zu groß. Denselben Bericht als .html kannst du aus dem Browser drucken, auch in eine PDF-Datei.
        The address or the password is not right. Try again, or have a link sent to you.
          Die Adresse oder das Passwort stimmt nicht. Versuch es noch einmal oder lass dir einen Link schicken.
        The answer belongs to another attempt; sign in again.
          Die Antwort gehört zu einem anderen Versuch; melde dich noch einmal an.
        The answer came too late; sign in again.
          Die Antwort kam zu spät; melde dich noch einmal an.
        The answer comes from another provider than was asked; the operator checks the issuer.
          Die Antwort kommt von einem anderen Anbieter als dem gefragten; wer den Dienst betreibt, prüft den Aussteller.
        The answer is meant for another service; the operator checks the client id.
          Die Antwort ist für einen anderen Dienst bestimmt; wer den Dienst betreibt, prüft die Client-ID.
        The code of your second factor is still to come; give it at /sign-in/code
          Der Code deines zweiten Faktors fehlt noch; gib ihn unter /sign-in/code ein
        The database cannot be reached now; try again.
          Die Datenbank ist gerade nicht erreichbar; versuch es noch einmal.
        The password you have is another one; nothing was changed.
          Dein bisheriges Passwort ist ein anderes; es wurde nichts geändert.
        The provider does not say who signed in; the operator asks the provider why.
          Der Anbieter sagt nicht, wer sich angemeldet hat; wer den Dienst betreibt, fragt dort nach.
        The provider signed with a key it does not publish; sign in again in a minute.
          Der Anbieter hat mit einem Schlüssel unterschrieben, den er nicht veröffentlicht; melde dich in einer Minute noch einmal an.
        The provider signs in a way we do not accept; the operator chooses RS256, PS256 or ES256.
          Der Anbieter unterschreibt auf eine Weise, die wir nicht annehmen; wer den Dienst betreibt, wählt RS256, PS256 oder ES256.
        The provider's answer cannot be read; sign in again.
          Die Antwort des Anbieters ist nicht lesbar; melde dich noch einmal an.
        The provider's answer was changed on the way; sign in again.
          Die Antwort des Anbieters wurde unterwegs verändert; melde dich noch einmal an.
        The provider's clock is ahead of ours; the operator sets both.
          Die Uhr des Anbieters geht unserer voraus; wer den Dienst betreibt, stellt beide.
        The provider's list of keys cannot be read; the operator checks its address.
          Die Schlüsselliste des Anbieters ist nicht lesbar; wer den Dienst betreibt, prüft ihre Adresse.
        There is nothing here.
          Hier ist nichts.
        They linked it before you. Whoever it is can unlink it at their own account.
          Die Person hat es vor dir verknüpft. Sie kann es in ihrem eigenen Konto wieder lösen.
        This account is somebody else's here
          Dieses Konto gehört hier jemand anderem
        This application is decided already; open a new one.
          Über diese Bewerbung ist schon entschieden; lege eine neue an.
        This belongs to another attempt
          Das gehört zu einem anderen Versuch
        This came from another site, or without the token of its form; load the page again.
          Das kam von einer anderen Website oder ohne das Merkmal seines Formulars; lade die Seite neu.
        This code is not right, or it was used before.
          Dieser Code stimmt nicht, oder er wurde schon benutzt.
        This code is not right, or it was used before. Wait for the next one.
          Dieser Code stimmt nicht, oder er wurde schon benutzt. Warte auf den nächsten.
        This code is not right. Look whether the clock of your phone is, and try the next one.
          Dieser Code stimmt nicht. Sieh nach, ob die Uhr deines Telefons stimmt, und versuch den nächsten.
        This file is import {1}, for other days; undo that one first.
          Diese Datei ist Import {1} für andere Tage; nimm ihn zuerst zurück.
        This is not your password.
          Das ist nicht dein Passwort.
        This letter was given already; draft a new one.
          Dieser Brief wurde schon übergeben; entwirf einen neuen.
        This link does not work any more
          Dieser Link gilt nicht mehr
        This token is for reading only; make one without that limit.
          Dieser Token ist nur zum Lesen; erstelle einen ohne diese Grenze.
        Too Many Requests
          Zu viele Versuche
        Too many reports are being printed at the moment; try again in a few seconds.
          Gerade werden zu viele Berichte gedruckt; versuch es in ein paar Sekunden noch einmal.
        Too much is asked at the moment; try again.
          Gerade wird zu viel gefragt; versuch es noch einmal.
        Try again in a while, or sign in another way.
          Versuch es später noch einmal oder melde dich anders an.
        Unauthorized
          Nicht angemeldet
        Unprocessable Content
          So geht es nicht
        Unsupported Media Type
          Falsche Art von Inhalt
        WeasyPrint could not print it; the log says why. The same report as .html can be printed from a browser, also into a PDF file.
          WeasyPrint konnte es nicht drucken; das Protokoll sagt, warum. Denselben Bericht als .html kannst du aus dem Browser drucken, auch in eine PDF-Datei.
        You are not signed in
          Du bist nicht angemeldet
        You came back twice, too late, or in another browser than you went. Sign in again.
          Du bist doppelt, zu spät oder in einem anderen Browser zurückgekommen. Melde dich noch einmal an.
        You have fetched many files within a short time; wait {1} seconds.
          Du hast in kurzer Zeit viele Dateien abgerufen; warte {1} Sekunden.
        You have searched many times within a short time; wait {1} seconds.
          Du hast in kurzer Zeit sehr oft gesucht; warte {1} Sekunden.
        You were signed in nowhere else.
          Du warst nirgends sonst angemeldet.
        Your office lets you {1} once you have a second factor: set it up at /account. A token from before has none behind it; make a new one then.
          Dein Amt erlaubt dir, {1}, sobald du einen zweiten Faktor hast: Richte ihn unter /account ein. Ein Token von vorher hat keinen; erstelle dann einen neuen.
        Your offices do not give you the right to {1}.
          Deine Ämter geben dir nicht das Recht, {1}.
        Your password is changed. Every other device is signed out, and every token has ended.
          Dein Passwort ist geändert. Alle anderen Geräte sind abgemeldet, und jeder Token ist beendet.
        Your recovery codes
          Deine Wiederherstellungscodes
        Your token
          Dein Token
        a date such as 2026-10-01
          ein Datum wie 2026-10-01
        a date such as 2026-10-28
          ein Datum wie 2026-10-28
        a date such as 2026-10-31
          ein Datum wie 2026-10-31
        a date such as 2026-12-31
          ein Datum wie 2026-12-31
        a file of {1} has none
          eine Datei der Art {1} hat keins
        a member's id
          die Nummer eines Mitglieds
        a month such as 2026-08
          einen Monat wie 2026-08
        a month such as 2026-10
          einen Monat wie 2026-10
        a number from 1 to {1}
          eine Zahl von 1 bis {1}
        a password has at least {1} characters, better {2}; a few words that do not belong together are long and easy to remember
          ein Passwort hat mindestens {1} Zeichen, besser {2}; ein paar Wörter, die nicht zusammengehören, sind lang und leicht zu merken
        a password has at most {1} bytes; shorten it
          ein Passwort hat höchstens {1} Bytes; kürze es
        a reason
          einen Grund
        a visitor cannot invite
          ein Besucher kann nicht einladen
        an e-mail address
          eine E-Mail-Adresse
        an instant such as 2026-11-01T08:00:00Z
          einen Zeitpunkt wie 2026-11-01T08:00:00Z
        give P, A, L, M or S
          gib P, A, L, M oder S an
        give a code such as EUR
          gib einen Code wie EUR an
        give a list of at most {1} objects
          gib eine Liste von höchstens {1} Objekten an
        give a list of at most {1} texts
          gib eine Liste von höchstens {1} Texten an
        give a member's number
          gib die Nummer eines Mitglieds an
        give a member's number or name
          gib Nummer oder Name eines Mitglieds an
        give a member's number or name, or Name @ Chapter
          gib Nummer oder Name eines Mitglieds an, oder Name @ Chapter
        give a member's number or name, or leave it out
          gib Nummer oder Name eines Mitglieds an, oder lass es weg
        give a number from 1 to {1}
          gib eine Zahl von 1 bis {1} an
        give a reason in one line
          gib einen Grund in einer Zeile an
        give a text in quotes
          gib einen Text in Anführungszeichen an
        give a whole number from {1} to {2}
          gib eine ganze Zahl von {1} bis {2} an
        give an amount such as "1200.00", not negative
          gib einen Betrag wie 1200,00 an, nicht negativ
        give an object
          gib ein Objekt an
        give another {1}, or take this back and record the other
          gib etwas anderes als {1} an, oder nimm dies zurück und erfasse das andere
        give at least one
          gib mindestens einen an
        give at most {1} names
          gib höchstens {1} Namen an
        give both from and to, or month
          gib Anfang und Ende an, oder einen Monat
        give either a receiver or the unplaced_profession
          gib entweder an, wer sie erhält, oder den fehlenden Beruf
        give hours in quotes, such as "1.5"
          gib Stunden an, wie 1,5
        give month, or from and to, not both
          gib einen Monat an oder Anfang und Ende, nicht beides
        give one line of text, of at most {1} characters
          gib eine Zeile Text an, höchstens {1} Zeichen
        give one of {1}
          gib eins davon an: {1}
        give text in UTF-8
          gib Text in UTF-8 an
        give true or false
          gib ja oder nein an
        give {1}
          gib {1} an
        it is given more than once
          es ist mehrfach angegeben
        it is missing
          es fehlt
        it is missing, and you are no member
          es fehlt, und du bist kein Mitglied
        it is missing; give the reason
          es fehlt; gib den Grund an
        its fields have to be text in UTF-8 without NUL, percent-encoded
          seine Felder müssen Text in UTF-8 ohne NUL sein, prozentkodiert
        name at least one setting
          nenne mindestens eine Einstellung
        name at least one thing to change
          nenne mindestens eine Änderung
        nobody of that number is a member that day
          an diesem Tag ist niemand mit dieser Nummer Mitglied
        only a member of the committee votes
          es stimmt nur ab, wer im Ausschuss ist
        records entered by hand name them
          von Hand erfasste Datensätze nennen sie
        say in one line why the sheet is opened again
          sag in einer Zeile, warum die Liste wieder geöffnet wird
        say what the file is: {1}
          sag, was die Datei ist: {1}
        the file does not say it; give a date
          die Datei sagt es nicht; gib ein Datum an
        the id of a referral
          die Kennung einer Empfehlung
        the id of an entry
          die Kennung eines Eintrags
        the name of a column
          den Namen einer Spalte
        the name of a table
          den Namen einer Tabelle
        the name of the file
          den Namen der Datei
        there are no parameters here
          hier gibt es keine Parameter
        there is no member of that number
          es gibt kein Mitglied mit dieser Nummer
        there is no member of that number on this sheet
          auf dieser Liste gibt es kein Mitglied mit dieser Nummer
        there is no such column; there are {1}
          so eine Spalte gibt es nicht; es gibt {1}
        there is no such field
          so ein Feld gibt es nicht
        there is no such language here
          diese Sprache gibt es hier nicht
        there is no such parameter; there are {1}
          so einen Parameter gibt es nicht; es gibt {1}
        there is no such referral, or whoever earned neither gave nor received it, nor was it passed on to them
          so eine Empfehlung gibt es nicht, oder wer verdient hat, hat sie weder gegeben noch erhalten, noch wurde sie dorthin weitergegeben
        there is no such table; there are {1}
          so eine Tabelle gibt es nicht; es gibt {1}
        there is no {1} of this id
          es gibt nichts von der Art {1} mit dieser Kennung
        there is one already; its person changes it at their account
          es gibt schon eine; geändert wird sie von der Person selbst in ihrem Konto
        this chapter keeps its ledger in {1}
          dieses Chapter rechnet in {1}
        this is made of words and years that everybody takes, which are guessed first; add words that only you would
          das besteht aus Wörtern und Jahren, die alle nehmen und die zuerst erraten werden; füge Wörter hinzu, die nur dir einfallen
        this is made of your name, your address or your chapter; take words that nobody connects with you
          das besteht aus deinem Namen, deiner Adresse oder deinem Chapter; nimm Wörter, die niemand mit dir verbindet
        this repeats itself or runs along the keyboard, which is guessed first; take words or letters by chance
          das wiederholt sich oder läuft über die Tastatur, was zuerst erraten wird; nimm zufällige Wörter oder Buchstaben
        too many people are signing in at the moment; try again in a few seconds
          gerade melden sich zu viele an; versuch es in ein paar Sekunden noch einmal
        true or false
          ja oder nein
        undo the later imports first: {1}
          nimm zuerst die späteren Importe zurück: {1}
        without an e-mail there is none
          ohne E-Mail gibt es keins
        {1} cannot be reached now
          {1} ist gerade nicht erreichbar
        {1} did not tell us who you are. Sign in again, or another way.
          {1} hat uns nicht gesagt, wer du bist. Melde dich noch einmal oder anders an.
        {1} does not stand by its own answer any more. Sign in again.
          {1} steht nicht mehr zur eigenen Antwort. Melde dich noch einmal an.
        {1} gives no answer that we can use
          {1} gibt keine Antwort, mit der wir etwas anfangen können
        {1} has no such amount, or it is too large
          in {1} gibt es so einen Betrag nicht, oder er ist zu groß
        {1} is before {2}
          {1} liegt vor {2}
        {1} is missing; give everybody a mark, or PATCH some
          {1} fehlt; gib allen einen Vermerk
        {1} was not allowed to tell us who you are.
          {1} durfte uns nicht sagen, wer du bist.
        “{1}” is not right; give {2}
          „{1}“ stimmt nicht; gib {2} an
        """
}
