extension German {
    /// What the pages of a chapter say: members, seats, visitors, offices, dues.
    static let chapter = """
        100 %: nothing is taken off
          100 %: Es wird nichts abgezogen
        A leader adds the member; here the committee says which membership the application became.
          Jemand aus dem Führungsteam fügt das Mitglied hinzu; hier sagt der Ausschuss, welche Mitgliedschaft aus der Bewerbung wurde.
        A member who answers a need makes a deposit.
          Ein Mitglied, das ein Gesuch beantwortet, macht eine Einzahlung.
        A need
          Ein Gesuch
        A reference for {1}
          Eine Referenz für {1}
        Add a member
          Mitglied hinzufügen
        Add the member
          Mitglied hinzufügen
        An offer
          Ein Angebot
        Answered by
          Beantwortet von
        Applications
          Bewerbungen
        Ask them
          Ansprechen
        Audit trail
          Protokoll
        Bring a visitor
          Besucher mitbringen
        Bring in the exports of other tools, and take them back.
          Exporte anderer Programme importieren und wieder zurücknehmen.
        Brought by
          Mitgebracht von
        By which door
          Auf welchem Weg
        Came on
          Eingegangen am
        Change
          Ändern
        Changed by
          Geändert von
        Choose a member
          Mitglied wählen
        Close it
          Abschließen
        Closed months
          Abgeschlossene Monate
        Confidential: for the committee and those who may see applications.
          Vertraulich: für den Ausschuss und alle, die Bewerbungen sehen dürfen.
        Contact them
          Kontaktieren
        Decide
          Entscheiden
        Decide on {1}
          Über {1} entscheiden
        Decided on
          Entschieden am
        Decision
          Entscheidung
        Declining takes one.
          Eine Ablehnung braucht einen.
        Door
          Weg
        End the membership
          Mitgliedschaft beenden
        Everybody
          Alle
        Fields
          Felder
        Figures that are fixed, and what changed since.
          Zahlen, die feststehen, und was sich seitdem geändert hat.
        Filter
          Filtern
        Fridays
          Freitags
        Further
          Weiter
        Give an office
          Amt übertragen
        How far they came
          Wie weit es gekommen ist
        How they are reached
          Wie die Person zu erreichen ist
        Imports
          Importe
        In this chapter
          In diesem Chapter
        Induct
          Aufnehmen
        Induct {1}
          {1} aufnehmen
        It is answered
          Ist beantwortet
        Kind of record
          Art des Datensatzes
        Kind of visit
          Art des Besuchs
        Last month is over and not closed.
          Der letzte Monat ist vorbei und nicht abgeschlossen.
        Leaders see your figures
          Das Führungsteam sieht deine Zahlen
        Leave it as it is
          So lassen
        Leaves
          Pausen
        Look at them
          Ansehen
        Lost because
          Verloren, weil
        Member since
          Mitglied seit
        Members of today
          Heutige Mitglieder
        Membership
          Mitgliedschaft
        Membership committee
          Mitgliederausschuss
        Mine
          Von mir
        Mondays
          Montags
        Move on
          Stand ändern
        Name, company or profession
          Name, Firma oder Beruf
        Name, seat or company
          Name, Sitz oder Firma
        Needs and offers
          Gesuche und Angebote
        Needs or offers
          Gesuche oder Angebote
        No seat is open, and no referral lacked one in the last 12 months.
          Kein Sitz ist offen, und keiner Empfehlung fehlte einer in den letzten 12 Monaten.
        No visitor here is like that.
          So einen Besucher gibt es hier nicht.
        No visitor yet. Whom would you like to sit beside you next week?
          Noch kein Besucher. Wer soll nächste Woche neben dir sitzen?
        Nobody
          Niemandem
        Nobody applies at the moment. Visitors who came twice are the ones to ask.
          Zurzeit bewirbt sich niemand. Sprich Besucher an, die zweimal da waren.
        Nobody asked for anything. Who says what they need gets better referrals.
          Niemand sucht etwas. Wer sagt, was er braucht, bekommt bessere Empfehlungen.
        Nobody here has “{1}” in the name, the seat or the company.
          Niemand hier hat „{1}“ im Namen, im Sitz oder in der Firma.
        Nobody holds a seat yet. A member gets one on their page.
          Noch hat niemand einen Sitz. Ein Mitglied bekommt einen auf seiner Seite.
        Nobody offered anything. An offer is a first deposit.
          Niemand bietet etwas an. Ein Angebot ist eine erste Einzahlung.
        Nobody stands here yet.
          Hier steht noch niemand.
        Nobody voted yet.
          Noch hat niemand abgestimmt.
        Nobody was asked yet. Two references say more than an interview.
          Noch wurde niemand gefragt. Zwei Referenzen sagen mehr als ein Vorstellungsgespräch.
        Not decided
          Nicht entschieden
        Note a leave
          Pause vermerken
        Note a reference
          Referenz vermerken
        Note it
          Vermerken
        Notes
          Notizen
        Nothing here has “{1}” in it.
          Hier kommt „{1}“ nirgends vor.
        Nothing was changed that way.
          So wurde nichts geändert.
        Offers
          Angebote
        On
          Am
        Only where they are lost.
          Nur, wenn der Besucher verloren ist.
        Open an application
          Bewerbung anlegen
        Open it
          Anlegen
        Pages of the list
          Seiten der Liste
        Policy
          Regeln
        Post it
          Einstellen
        Reason for leaving
          Grund des Austritts
        Saturdays
          Samstags
        Say what you need
          Sag, was du brauchst
        Say what you offer
          Sag, was du anbietest
        Seal them
          Abschließen
        Search
          Suchen
        Secretary and treasurer
          Schriftführung und Kasse
        See who
          Nachsehen, wer
        Show everybody
          Alle zeigen
        Somebody outside the chapter
          Jemandem außerhalb des Chapters
        Statement of dues
          Kontoauszug der Beiträge
        Status
          Stand
        Sundays
          Sonntags
        Take back in
          Wieder aufnehmen
        Text, profession or name
          Text, Beruf oder Name
        The membership it became
          Die Mitgliedschaft, die daraus wurde
        The most missed first: referrals of the last 12 months that nobody could take, and what such referrals brought on average.
          Die am meisten vermissten zuerst: Empfehlungen der letzten 12 Monate, die niemand annehmen konnte, und was solche Empfehlungen im Mittel brachten.
        The newest first; of personal data only which field changed.
          Das Neueste zuerst; von persönlichen Daten nur, welches Feld sich geändert hat.
        The profession it belongs to
          Zu welchem Beruf es gehört
        The profession that is wanted.
          Der gewünschte Beruf.
        The report, with each referral behind it
          Der Bericht mit jeder Empfehlung dahinter
        Those whom you brought.
          Alle, die du mitgebracht hast.
        Thursdays
          Donnerstags
        Today, where nothing is said.
          Heute, wenn nichts angegeben ist.
        Tuesdays
          Dienstags
        Value of your hour
          Wert deiner Stunde
        Vice-president
          Vizepräsident/in
        Visitor host
          Besucherbetreuung
        Votes
          Stimmen
        Wednesdays
          Mittwochs
        What members look for, and what they have to give.
          Was Mitglieder suchen und was sie zu geben haben.
        What the chapter decided about fees, absences and privacy.
          Was das Chapter über Gebühren, Fehlzeiten und Datenschutz entschieden hat.
        What they said
          Was gesagt wurde
        What waits for you
          Was auf dich wartet
        What you alone decide
          Was du allein entscheidest
        What you need
          Was du brauchst
        What you offer
          Was du anbietest
        What you were invoiced, and paid.
          Was dir berechnet wurde und was du gezahlt hast.
        When the chapter meets is not said yet.
          Wann sich das Chapter trifft, ist noch nicht angegeben.
        Which applications
          Welche Bewerbungen
        Which members
          Welche Mitglieder
        Which professions are missing, the most missed first.
          Welche Berufe fehlen, die am meisten vermissten zuerst.
        Which visitors
          Welche Besucher
        Who answered it?
          Wer hat es beantwortet?
        Who belongs to the chapter, and what each does.
          Wer zum Chapter gehört und was jedes Mitglied macht.
        Who came, who is to be asked next.
          Wer da war und wer als Nächstes anzusprechen ist.
        Who changed what, when, and by which door.
          Wer was wann und auf welchem Weg geändert hat.
        Who has an interest of their own says so; it counts for neither side.
          Wer ein eigenes Interesse hat, sagt es; die Stimme zählt dann für keine Seite.
        Who serves in which office, and until when.
          Wer in welchem Amt ist und bis wann.
        Who wants a seat: references, votes, decision.
          Wer einen Sitz möchte: Referenzen, Stimmen, Entscheidung.
        Who was asked
          Wer gefragt wurde
        Who was invoiced, paid, and owes.
          Wer eine Rechnung bekam, gezahlt hat und etwas schuldet.
        Whom you brought, and what became of them.
          Wen du mitgebracht hast und was daraus wurde.
        Whose it is
          Von wem es ist
        Whose profession that is
          Wessen Beruf das ist
        Why they are lost
          Warum verloren
        Your margin
          Deine Marge
        Your vote
          Deine Stimme
        any
          alle
        as the chapter has it
          wie im Chapter festgelegt
        brought by {1}
          mitgebracht von {1}
        from {1} on
          ab {1}
        invited by the chapter
          vom Chapter eingeladen
        nobody ever held it
          hatte noch nie jemand
        open since {1}
          offen seit {1}
        person {1}
          Person {1}
        since {1}
          seit {1}
        the chapter
          dem Chapter
        the system
          das System
        {1} references, {2} yes, {3} no. A decision is not changed later.
          one: {1} Referenz, {2} ja, {3} nein. Eine Entscheidung wird später nicht geändert.
          {1} Referenzen, {2} ja, {3} nein. Eine Entscheidung wird später nicht geändert.
        {1} seats are taken
          one: {1} Sitz ist besetzt
          {1} Sitze sind besetzt
        {1} yes, {2} no
          {1} ja, {2} nein
        {1}, {2} ({3}), for {4} minutes
          one: {1}, {2} Uhr ({3}), {4} Minute
          {1}, {2} Uhr ({3}), {4} Minuten
        """
}
