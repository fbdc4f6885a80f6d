extension German {
    /// What the rules of the network say, what rights let somebody do, and what is not there.
    static let rules = """
        a chapter needs a name; give one
          ein Chapter braucht einen Namen; gib ihm einen
        a correction takes a reason; give it
          eine Korrektur braucht einen Grund; nenne ihn
        a fee or the value of an hour is negative or too large
          eine Gebühr oder der Wert einer Stunde ist negativ oder zu groß
        a letter warns of absences, and this member used none
          ein Brief warnt vor Fehlzeiten, und dieses Mitglied hat keine
        a margin lies between 0% and 100%
          eine Marge liegt zwischen 0 % und 100 %
        a mark is for somebody who is a member that day
          einen Vermerk bekommt, wer an diesem Tag Mitglied ist
        a meeting goes from scheduled to open to sealed; a sealed one opens again with a new reason; one with marks is not called off
          eine Sitzung ist erst geplant, dann offen, dann abgeschlossen; eine abgeschlossene öffnet sich nur mit neuem Grund; eine mit Vermerken wird nicht abgesagt
        a meeting lasts 1 to 1440 minutes
          eine Sitzung dauert 1 bis 1440 Minuten
        a meeting that is {1} cannot become {2}
          eine Sitzung, die {1} ist, kann nicht {2} werden
        a member needs a name; give one
          ein Mitglied braucht einen Namen; gib einen an
        a membership's days lie between 1900 and 2999
          die Tage einer Mitgliedschaft liegen zwischen 1900 und 2999
        a month is closed when it is over
          ein Monat wird abgeschlossen, wenn er vorbei ist
        a name, title or place has at most 800 bytes; shorten it
          ein Name, Titel oder Ort hat höchstens 800 Bytes; kürze ihn
        a name, title or place is one line without control characters; take the line break or tab out
          ein Name, Titel oder Ort ist eine Zeile ohne Steuerzeichen; nimm den Umbruch oder Tabulator heraus
        a need is answered by somebody else
          ein Gesuch beantwortet jemand anderes
        a need or an offer ends, or is answered, no earlier than it is posted
          ein Gesuch oder Angebot endet nicht, bevor es eingestellt ist, und wird nicht vorher beantwortet
        a need or an offer says what it is, in at most 4000 bytes
          ein Gesuch oder Angebot sagt, was es ist, in höchstens 4000 Bytes
        a one-to-one is of two people
          ein Vier-Augen-Gespräch führen zwei
        a one-to-one lasts 0 to 1440 minutes
          ein Vier-Augen-Gespräch dauert 0 bis 1440 Minuten
        a payment is of an amount, more than 0 and not too large
          eine Zahlung hat einen Betrag, mehr als 0 und nicht zu groß
        a reference needs a name; give one
          eine Referenz braucht einen Namen; gib einen an
        a referral goes to one receiver, or names the profession that nobody fills
          eine Empfehlung geht an eine Person oder nennt den Beruf, den niemand ausfüllt
        a region needs a name; give one
          eine Region braucht einen Namen; gib ihr einen
        a scorecard has at most 64 kB
          eine Punktekarte hat höchstens 64 kB
        a scorecard names its parts, and the steps that earn points
          eine Punktekarte nennt ihre Teile und die Stufen, die Punkte bringen
        a seat is named after a profession; give one
          ein Sitz heißt nach einem Beruf; gib einen an
        a slip is of somebody who is a member that day
          ein Eintrag ist von jemandem, der an diesem Tag Mitglied ist
        a slip of {1} on {2} stands between the two
          ein Eintrag von {1} am {2} steht zwischen den beiden
        a token lives for at least a day
          ein Token gilt mindestens einen Tag
        a token needs a name, so that it is known when it is revoked; give one
          ein Token braucht einen Namen, damit man ihn beim Widerrufen erkennt; gib ihm einen
        a visitor is lost for a reason; give it
          ein Besucher geht aus einem Grund verloren; nenne ihn
        a visitor needs a name; give one
          ein Besucher braucht einen Namen; gib einen an
        an activity lasts 0 to 1440 minutes
          eine Aktivität dauert 0 bis 1440 Minuten
        an amount is not negative
          ein Betrag ist nicht negativ
        an applicant needs a name; give one
          wer sich bewirbt, braucht einen Namen; gib einen an
        an application is decided no earlier than it came
          über eine Bewerbung wird nicht entschieden, bevor sie kam
        an application is for a seat; name the profession
          eine Bewerbung gilt einem Sitz; nenne den Beruf
        an imported summary covers some of these days; undo that import first, or give other days
          eine importierte Übersicht umfasst einige dieser Tage; nimm erst jenen Import zurück oder gib andere Tage an
        an introduction brings two people together, and a third makes it
          eine Vorstellung bringt zwei zusammen, und eine dritte Person macht sie
        an invoice is due no earlier than its date, which is today without one
          eine Rechnung ist nicht vor ihrem Datum fällig; ohne Datum ist es heute
        an invoice is over an amount, more than 0 and not too large
          eine Rechnung geht über einen Betrag, mehr als 0 und nicht zu groß
        another chapter has this short name; choose another
          ein anderes Chapter hat diesen Kurznamen; wähle einen anderen
        another member holds this seat in that time; end that membership first, or choose another seat
          diesen Sitz hat in dieser Zeit ein anderes Mitglied; beende erst jene Mitgliedschaft oder wähle einen anderen Sitz
        another person has this e-mail; use theirs, or merge the two
          eine andere Person hat diese E-Mail; verwende sie oder führe die beiden zusammen
        another region has this short name; choose another
          eine andere Region hat diesen Kurznamen; wähle einen anderen
        both are members of {1} on {2}
          beide sind am {2} Mitglied von {1}
        bounds are up to 20 whole numbers that grow, such as 10,20,30, and there are none between weekdays
          Grenzen sind bis zu 20 ganze Zahlen, die wachsen, wie 10,20,30; zwischen Wochentagen gibt es keine
        change members, seats, offices and policy
          Mitglieder, Sitze, Ämter und Regeln zu ändern
        chapters are compared by size, weekday or age
          Chapter werden nach Größe, Wochentag oder Alter verglichen
        close months
          Monate abzuschließen
        correct what was recorded
          zu korrigieren, was erfasst wurde
        create chapters
          Chapter anzulegen
        declining a referral takes a reason
          eine Empfehlung abzulehnen braucht einen Grund
        declining an applicant takes a reason
          eine Bewerbung abzulehnen braucht einen Grund
        do everything
          alles zu tun
        education lasts more than 0 and at most 1000 hours
          Weiterbildung dauert mehr als 0 und höchstens 1000 Stunden
        everybody who is a member that day needs a mark before the sheet is sealed
          alle, die an diesem Tag Mitglied sind, brauchen einen Vermerk, bevor die Liste abgeschlossen wird
        giver or receiver is a member of this chapter
          wer gibt oder wer empfängt, ist Mitglied dieses Chapters
        import files
          Dateien zu importieren
        mark attendance
          die Anwesenheit zu vermerken
        nobody here is called “{1}”; did you mean {2}?
          hier heißt niemand „{1}“; meintest du {2}?
        nobody here is called “{1}”; see the roster: chapterhouse member list
          hier heißt niemand „{1}“; sieh in der Mitgliederliste nach
        nobody passes a referral to themselves
          niemand gibt sich selbst eine Empfehlung
        nobody speaks for themselves
          niemand schreibt sich selbst eine Empfehlung
        nobody thanks themselves
          niemand dankt sich selbst
        nobody was a member by {1}
          bis zum {1} war niemand Mitglied
        one of the three is a member of this chapter
          wenigstens einer der drei ist Mitglied dieses Chapters
        only for a member marked S does somebody stand in
          vertreten wird nur, wer den Vermerk S hat
        only who was accepted is inducted; decide the application first
          aufgenommen wird nur, wer angenommen ist; entscheide erst über die Bewerbung
        open applications, vote on them and decide them
          Bewerbungen anzulegen, über sie abzustimmen und zu entscheiden
        opening a month again takes a reason; give it
          einen Monat wieder zu öffnen braucht einen Grund; nenne ihn
        record education for other members
          für andere Mitglieder Weiterbildung zu erfassen
        record slips for other members
          für andere Mitglieder Einträge zu erfassen
        record your own slips
          deine eigenen Einträge zu erfassen
        say what is needed
          sag, was gebraucht wird
        see applications, with their votes and notes
          Bewerbungen mit ihren Stimmen und Notizen zu sehen
        see the audit trail
          das Änderungsprotokoll zu sehen
        see the chapter's reports
          die Berichte des Chapters zu sehen
        see the chapter's totals
          die Summen des Chapters zu sehen
        see the members, the meetings and the offices
          Mitglieder, Sitzungen und Ämter zu sehen
        see the visitors
          die Besucher zu sehen
        see what members owe and paid
          zu sehen, was Mitglieder schulden und gezahlt haben
        thanks cite a referral that whoever earned gave or received before, or that was passed on to them
          ein Dank nennt eine Empfehlung, die vorher gegeben oder erhalten hat, wer verdient hat, oder die dorthin weitergegeben wurde
        thanks cite the referral; correct them first, or put another referral in its place
          ein Dank nennt diese Empfehlung; korrigiere ihn zuerst oder setze eine andere Empfehlung an ihre Stelle
        thanks go to one: a member, Name @ Chapter, visitor:Name, or chapter
          ein Dank geht an einen: ein Mitglied, Name @ Chapter, visitor:Name oder chapter
        the amount is too large
          der Betrag ist zu groß
        the application is decided, and votes come before
          über die Bewerbung ist entschieden, und abgestimmt wird vorher
        the application is {1} since {2}
          die Bewerbung ist seit {2} {1}
        the chapter has no members by then, so there is nothing to close
          das Chapter hat bis dahin keine Mitglieder, also gibt es nichts abzuschließen
        the cost is negative or too large
          die Kosten sind negativ oder zu groß
        the day has not come yet; check the date
          der Tag ist noch nicht da; prüfe das Datum
        the last day of a leave is not before its first
          der letzte Tag einer Pause liegt nicht vor dem ersten
        the last day of a membership is not before its first
          der letzte Tag einer Mitgliedschaft liegt nicht vor dem ersten
        the last day of a term is not before its first
          der letzte Tag einer Amtszeit liegt nicht vor dem ersten
        the last day of an import is not before its first
          der letzte Tag eines Imports liegt nicht vor dem ersten
        the last day that an invoice covers is not before its first
          der letzte Tag, den eine Rechnung umfasst, liegt nicht vor dem ersten
        the meeting does not take place, so nobody is marked
          die Sitzung findet nicht statt, also bekommt niemand einen Vermerk
        the meeting of {1} does not take place
          die Sitzung vom {1} findet nicht statt
        the member has no e-mail; give the letter by hand, or add one first
          das Mitglied hat keine E-Mail; übergib den Brief persönlich oder trag erst eine ein
        the member holds this office in that time already
          das Mitglied hat dieses Amt in dieser Zeit schon
        the member is on leave for some of these days already
          das Mitglied pausiert an einigen dieser Tage schon
        the money is negative or too large
          der Betrag ist negativ oder zu groß
        the month is closed already; open it again first, with a reason
          der Monat ist schon abgeschlossen; öffne ihn erst wieder, mit einem Grund
        the other chapter has not exactly one member of that name on that day; check the name
          das andere Chapter hat an diesem Tag nicht genau ein Mitglied dieses Namens; prüfe den Namen
        the sheet is sealed; reopen it with a reason first
          die Liste ist abgeschlossen; öffne sie erst wieder, mit einem Grund
        the sheet of {1} is sealed
          die Liste vom {1} ist abgeschlossen
        the sheet of {1} lacks marks
          auf der Liste vom {1} fehlen Vermerke
        the sheet of {1} lacks marks: {2}
          auf der Liste vom {1} fehlen Vermerke: {2}
        the sponsor has an interest of their own, and votes nothing but conflict
          wer Pate oder Patin ist, ist befangen und stimmt nur mit Interessenkonflikt
        the tier is 1 (inside), 2 (outside) or more, up to 9
          die Stufe ist 1 (innen), 2 (außen) oder mehr, bis 9
        the tier is 1 to 9
          die Stufe ist 1 bis 9
        the time zone is not known; give an IANA name such as Europe/Berlin
          die Zeitzone ist nicht bekannt; gib einen IANA-Namen wie Europe/Berlin an
        the value of an hour is negative or too large
          der Wert einer Stunde ist negativ oder zu groß
        the warmth is 1 to 5
          die Wärme ist 1 bis 5
        there is a regular meeting that day already
          an diesem Tag gibt es schon eine reguläre Sitzung
        there is no application {1}
          es gibt keine Bewerbung {1}
        there is no chapter “{1}”; see: chapterhouse chapter list
          es gibt kein Chapter „{1}“
        there is no comparison by “{1}”
          es gibt keinen Vergleich nach „{1}“
        there is no invoice {1} that stands
          es gibt keine gültige Rechnung {1}
        there is no letter {1} that was not given yet
          es gibt keinen Brief {1}, der noch nicht übergeben ist
        there is no meeting on {1}; schedule it first
          am {1} gibt es keine Sitzung; plane sie zuerst
        there is no need {1}
          es gibt kein Gesuch {1}
        there is no payment {1} that stands
          es gibt keine gültige Zahlung {1}
        there is no referral {1}
          es gibt keine Empfehlung {1}
        there is no region “{1}”; see: chapterhouse region list
          es gibt keine Region „{1}“
        there is no scorecard of that name; see: chapterhouse scorecard list
          es gibt keine Punktekarte dieses Namens
        there is no scorecard “{1}”
          es gibt keine Punktekarte „{1}“
        there is no visitor {1}
          es gibt keinen Besucher {1}
        this file was imported already
          diese Datei wurde schon importiert
        this person directs the region in that time already
          diese Person leitet die Region in dieser Zeit schon
        this person has rights beyond the chapter, and changes the e-mail at their own account
          diese Person hat Rechte über das Chapter hinaus und ändert ihre E-Mail im eigenen Konto
        this person is a member of the chapter in that time already
          diese Person ist in dieser Zeit schon Mitglied des Chapters
        time zone {1} is not known
          die Zeitzone {1} ist nicht bekannt
        who earned is a member that day
          wer verdient hat, ist an diesem Tag Mitglied
        who earned or who is thanked is a member of this chapter
          wer verdient hat oder wem gedankt wird, ist Mitglied dieses Chapters
        write invoices and record payments
          Rechnungen zu schreiben und Zahlungen zu erfassen
        {1} cannot thank themselves
          {1} kann sich nicht selbst danken
        {1} ends on {2}
          {1} endet am {2}
        {1} has not come yet
          der {1} ist noch nicht da
        {1} has {2} members named {3} on {4}
          {1} hat am {4} {2} Mitglieder namens {3}
        {1} is not a member on {2}
          {1} ist am {2} nicht Mitglied
        {1} is not closed
          {1} ist nicht abgeschlossen
        {1} used no absences
          {1} hat keine Fehlzeiten
        “{1}” are no bounds by {2}
          „{1}“ sind keine Grenzen nach {2}
        “{1}” may be any of {2}; give the id or the e-mail
          „{1}“ kann jemand von diesen sein: {2}; gib die Nummer oder die E-Mail an
        """
}
