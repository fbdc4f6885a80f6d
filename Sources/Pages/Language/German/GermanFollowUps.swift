extension German {
    /// Contacts and follow-ups.
    static let followUps = """
        a contact needs a name; give one
          ein Kontakt braucht einen Namen; gib einen an
        a follow-up says what to do, or names a contact
          wer nachfassen will, sagt, was zu tun ist, oder nennt einen Kontakt
        A new contact
          Ein neuer Kontakt
        activity contact
          Begegnung bei einer Tätigkeit
        activity id
          Nummer der Tätigkeit
        after an introduction
          nach einer Vorstellung
        after your one-to-one
          nach eurem Vier-Augen-Gespräch
        after {1} days
          nach {1} Tagen
          one: nach {1} Tag
        Again on
          Wieder am
        again on {1}
          wieder am {1}
        All follow-ups
          Alles Nachzufassende
        Ask them first. What stands on its back is never shown.
          Frag vorher. Die Rückseite wird nie gezeigt.
        be in touch
          melde dich
        Be in touch again
          Wieder melden
        By which way
          Auf welchem Weg
        cadence days
          Abstand in Tagen
        cause
          Anlass
        channel
          Weg
        coffee
          Kaffee
        Contact
          Kontakt
        contact id
          Nummer des Kontakts
        Contacts
          Kontakte
        Do not remind me
          Nicht erinnern
        Done
          Erledigt
        e-mail
          E-Mail
        ending
          Ausgang
        every month
          jeden Monat
        every three months
          alle drei Monate
        every two weeks
          alle zwei Wochen
        first contact of a referral
          erster Kontakt zu einer Empfehlung
        follow up
          Nachfassen
        Follow up
          Nachfassen
        Follow up this week
          Diese Woche nachfassen
        Follow-ups
          Nachfassen
        Follow-ups a week
          Höchstens nachfassen je Woche
        Forget this contact
          Diesen Kontakt vergessen
        good to have met you
          schön, dich kennengelernt zu haben
        handwritten note
          Brief von Hand
        How it ended
          Wie es ausging
        How much in a week
          Wie viel in einer Woche
        how they liked their visit
          wie der Besuch gefallen hat
        I was in touch
          Ich habe mich gemeldet
        In a week
          In einer Woche
        is shared
          geteilt
        It is not needed any more
          Es ist nicht mehr nötig
        Keep a contact
          Einen Kontakt behalten
        Keep as a contact
          Als Kontakt behalten
        known by {1}
          bekannt mit {1}
        Last in touch
          Zuletzt in Verbindung
        last in touch on {1}
          zuletzt in Verbindung am {1}
        Lately
          Zuletzt
        Later
          Später
        lunch
          Mittagessen
        Looking after members
          Begleitung der Mitglieder
        member id
          Nummer des Mitglieds
        Member of this chapter
          Mitglied dieses Chapters
        Met on
          Kennengelernt am
        Met where
          Wo kennengelernt
        met where
          Ort des Kennenlernens
        Name, company, profession or note
          Name, Firma, Beruf oder Notiz
        Name, notes and the way to reach them go for good.
          Name, Notizen und wie man sie erreicht gehen endgültig verloren.
        No shared card has “{1}” in it.
          Auf keiner geteilten Karte steht „{1}“.
        nobody is their own contact
          niemand ist der eigene Kontakt
        Nobody is to be followed up this week. Whom did you meet that you would like to know better?
          Diese Woche ist bei niemandem nachzufassen. Wen hast du getroffen, den du besser kennenlernen möchtest?
        Nobody shares a contact yet. Share one of yours: whoever gives first is asked first.
          Noch teilt niemand einen Kontakt. Teile einen von deinen: Wer zuerst gibt, wird zuerst gefragt.
        None of your contacts has “{1}” in it.
          In keinem deiner Kontakte steht „{1}“.
        not needed
          nicht mehr nötig
        Nothing waits for you this week. Whom did you meet that you have not written to?
          Diese Woche wartet nichts auf dich. Wen hast du getroffen und ihm noch nicht geschrieben?
        On the back of the card
          Auf der Rückseite der Karte
        On which day
          An welchem Tag
        once a year
          einmal im Jahr
        only you see this
          nur für dich sichtbar
        Plan it for a day instead
          Stattdessen für einen Tag vornehmen
        say what to do, or name a contact
          sag, was zu tun ist, oder nenne einen Kontakt
        seven months a member: what came of it?
          sieben Monate dabei: Was ist daraus geworden?
        Shared in the chapter
          Im Chapter geteilt
        shared with the chapter
          mit dem Chapter geteilt
        The chapter may see the card
          Das Chapter darf die Karte sehen
        The contact
          Der Kontakt
        The referral
          Die Empfehlung
        the renewal is in ninety days: does it pay?
          die Verlängerung ist in neunzig Tagen: Lohnt es sich?
        The visitor
          Der Besuch
        there is no such contact
          diesen Kontakt gibt es nicht
        there is no such visitor, or it is not for you to see them
          diesen Besuch gibt es nicht, oder er ist nicht für dich zu sehen
        This week
          Diese Woche
        three months a member: how is it going?
          drei Monate dabei: Wie läuft es?
        To my address book
          In mein Adressbuch
        twice a year
          zweimal im Jahr
        video call
          Videogespräch
        What came of it
          Was daraus wurde
        What there was
          Was bisher war
        What to do
          Was zu tun ist
        What you talked about, whom they look for. Nobody else sees it.
          Worüber ihr gesprochen habt, wen sie suchen. Niemand sonst sieht es.
        Whose contacts
          Wessen Kontakte
        Write one down
          Etwas aufschreiben
        You are never asked for more; what does not fit goes to the next week.
          Mehr wird nie von dir erbeten; was nicht hineinpasst, kommt in die nächste Woche.
        Your network is empty. Keep whom you met this week, with what stands on the back of the card.
          Dein Netzwerk ist leer. Behalte, wen du diese Woche getroffen hast, mit dem, was auf der Rückseite der Karte steht.
        Yours
          Deine Seiten
        """
}
