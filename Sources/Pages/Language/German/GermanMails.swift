extension German {
    /// What mails with a reason say, and the pages where they are chosen and stopped.
    static let mails = """
        A referral for you
          Eine Empfehlung für dich
        A referral passed to you
          Eine Empfehlung an dich
        A warning before your absences pass the limit
          Eine Warnung, bevor du zu oft fehlst
        Absence warning
          Warnung vor Fehltagen
        After the meeting of {1} you have used {2} of {3} absences in {4}. One more would pass the limit.
          Nach dem Treffen vom {1} hast du {2} von {3} Fehltagen in {4} verbraucht. Einer mehr wäre zu viel.
        An office changes hands tomorrow
          Ein Amt wechselt morgen
        An office has changed hands
          Ein Amt hat gewechselt
        An office that you take over or hand over
          Ein Amt, das du übernimmst oder übergibst
        And {1} more, which are on your pages.
          one: Und {1} weitere Nachricht, die auf deinen Seiten steht.
          Und {1} weitere Nachrichten, die auf deinen Seiten stehen.
        By your chapter’s clock; what comes meanwhile waits. Leave both empty to be told at any hour.
          Nach der Uhr deines Chapters; was inzwischen kommt, wartet. Lass beides leer, um jederzeit benachrichtigt zu werden.
        Choose
          Auswählen
        Choose what you are told, and when
          Wähle, was du erfährst und wann
        Daily digest
          Tägliche Übersicht
        From tomorrow on, {1}, you hold the office “{2}” of {3}.
          Ab morgen, dem {1}, hast du das Amt „{2}“ von {3}.
        From tomorrow on, {1}, you hold the office “{2}” of {3}. {4} hands it over to you.
          Ab morgen, dem {1}, hast du das Amt „{2}“ von {3}. {4} übergibt es dir.
        In {1} you were thanked for {2} of business that came through you.
          In {1} wurde dir für ein Geschäft über {2} gedankt, das durch dich zustande kam.
        It is kept.
          Es ist gespeichert.
        Keep it
          Speichern
        Leave notes for the next team
          Notizen für das nächste Team hinterlassen
        Links to sign in and the like always come at once.
          Links zum Anmelden und dergleichen kommen immer sofort.
        Monthly return by mail
          Monatlicher Ertrag per E-Mail
        Nothing is sent from
          Nichts wird gesendet von
        On {1} you have a part in the meeting: {2}
          Am {1} hast du einen Beitrag im Treffen: {2}
        Open the referral
          Die Empfehlung öffnen
        Open the report
          Den Bericht öffnen
        Open your page
          Deine Seite öffnen
        Please get in touch by {1}. Who it is, and what they need, is only on your page.
          Bitte melde dich bis {1}. Wer es ist und was gebraucht wird, steht nur auf deiner Seite.
        See what the last team left you
          Ansehen, was das letzte Team hinterlassen hat
        Since {1} the office “{2}” of {3} is no longer yours. Thank you for your service.
          Seit {1} ist das Amt „{2}“ von {3} nicht mehr deines. Danke für deinen Dienst.
        Since {1} you hold the office “{2}” of {3}.
          Seit {1} hast du das Amt „{2}“ von {3}.
        Since {1} you hold the office “{2}” of {3}. {4} handed it over to you.
          Seit {1} hast du das Amt „{2}“ von {3}. {4} hat es dir übergeben.
        Since {1} {2} holds the office “{3}” of {4}. Thank you for your service.
          Seit {1} hat {2} das Amt „{3}“ von {4}. Danke für deinen Dienst.
        Somebody who stands in for you counts as present: say beforehand when you will be away.
          Wer dich vertritt, zählt als anwesend: Sag vorher, wenn du nicht da sein wirst.
        Stop mails of this kind with one click
          Mails dieser Art mit einem Klick abbestellen
        Stop them
          Abbestellen
        Stop these mails
          Diese Mails abbestellen
        Stop this digest with one click
          Diese Übersicht mit einem Klick abbestellen
        Thanks given to you
          Dank an dich
        The next one drops out on {1}.
          Der nächste fällt am {1} heraus.
        They are stopped
          Sie sind abbestellt
        This waits for you in {1}:
          Das wartet in {1} auf dich:
        Today is your last day in the office “{1}” of {2}.
          Heute ist dein letzter Tag im Amt „{1}“ von {2}.
        Today is your last day in the office “{1}” of {2}. {3} takes it over.
          Heute ist dein letzter Tag im Amt „{1}“ von {2}. {3} übernimmt es.
        Weekly reminder
          Wöchentliche Erinnerung
        What happened, gathered for you
          Was geschah, für dich gesammelt
        What waits for you in {1}
          Was in {1} auf dich wartet
        What waits for you, before the meeting
          Was auf dich wartet, vor dem Treffen
        What you are told by mail
          Was du per E-Mail erfährst
        What you are told, how, and at what hours not.
          Was du erfährst, wie, und zu welchen Stunden nicht.
        What {1} was worth to you in {2}, in {3}. Nobody else gets this mail.
          Was {1} dir im {2} wert war, in {3}. Niemand sonst bekommt diese Mail.
        You are told no more by mail: {1}.
          Du erfährst per E-Mail nicht mehr: {1}.
        You are told no more of what your daily digest gathers.
          Du erfährst nicht mehr, was deine tägliche Übersicht sammelt.
        You can have them again at any time:
          Du kannst sie jederzeit wieder bestellen:
        You hand over an office
          Du übergibst ein Amt
        You have a part in the next meeting: {1}
          Du hast einen Beitrag im nächsten Treffen: {1}
        You take over an office
          Du übernimmst ein Amt
        You will be away on {1}, and nobody stands in for you yet
          Du fehlst am {1}, und noch vertritt dich niemand
        You will be away, and nobody stands in for you yet
          Du fehlst, und noch vertritt dich niemand
        Your absences in {1}
          Deine Fehltage in {1}
        Your digest
          Deine Übersicht
        Your own return of a month
          Dein eigener Ertrag eines Monats
        Your return of {1}
          Dein Ertrag im {1}
        a time such as 21:00
          eine Uhrzeit wie 21:00
        at once
          sofort
        in a daily digest
          in einer täglichen Übersicht
        not at all
          gar nicht
        quiet hours end at another time than they begin
          ruhige Stunden enden zu einer anderen Zeit, als sie beginnen
        quiet hours have a beginning and an end
          ruhige Stunden haben einen Anfang und ein Ende
        until
          bis
        {1} follow-ups are for this week
          one: Bei einem ist diese Woche nachzufassen ({1})
          Bei {1} ist diese Woche nachzufassen
        {1} follow-ups are for this week, the first by {2}
          one: Bei einem ist diese Woche nachzufassen ({1}), bis {2}
          Bei {1} ist diese Woche nachzufassen, beim ersten bis {2}
        {1} meetings are not sealed
          one: {1} Treffen ist nicht abgeschlossen
          {1} Treffen sind nicht abgeschlossen
        {1} members said that they will be away
          one: {1} Mitglied hat sich abgemeldet
          {1} Mitglieder haben sich abgemeldet
        {1} members said that they will be away on {2}
          one: {1} Mitglied hat sich für den {2} abgemeldet
          {1} Mitglieder haben sich für den {2} abgemeldet
        {1} passed you a referral in {2}.
          {1} hat dir in {2} eine Empfehlung gegeben.
        {1} referrals wait for a first contact
          one: {1} Empfehlung wartet auf einen ersten Anruf
          {1} Empfehlungen warten auf einen ersten Anruf
        {1} referrals wait for a first contact, the first by {2}
          one: {1} Empfehlung wartet auf einen ersten Anruf, bis {2}
          {1} Empfehlungen warten auf einen ersten Anruf, die erste bis {2}
        """
}
