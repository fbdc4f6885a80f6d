extension German {
    /// The fields of records, as the audit trail names them.
    static let fields = """
        absence limit
          Erlaubte Fehlzeiten
        absence window
          Zeitraum der Fehlzeiten
        allowed
          erlaubt
        amount
          Betrag
        announced at
          angekündigt am
        answered by
          beantwortet von
        answered on
          beantwortet am
        application id
          Bewerbung
        applied on
          beworben am
        at
          Zeitpunkt
        body
          Text des Briefs
        came
          gekommen
        cancelled because
          Grund des Stornos
        cancelled on
          storniert am
        checked on
          geprüft am
        closed at
          abgeschlossen am
        closed business id
          abgeschlossenes Geschäft
        closed by
          abgeschlossen von
        closed on
          Tag des Abschlusses
        closes at
          schließt um
        company
          Firma
        connector id
          vorgestellt von
        connector outsider id
          vorgestellt von außerhalb
        contact
          Kontakt
        contact within hours
          Stunden bis zum Kontakt
        corrected at
          korrigiert am
        corrected by
          korrigiert von
        cost of first
          Kosten der ersten Person
        cost of second
          Kosten der zweiten Person
        counted on
          gezählt am
        currency
          Währung
        day
          Tag
        decided on
          entschieden am
        decision
          Entscheidung
        definition
          Inhalt
        done on
          Tag der Tätigkeit
        drafted by
          entworfen von
        drafted on
          entworfen am
        due on
          Fälligkeit
        earned is seen by
          Wer Verdientes sieht
        earner outsider id
          verdient von außerhalb
        email
          E-Mail
        end reason
          Grund des Austritts
        ended on
          letzter Tag
        entry
          Inhalt des Eintrags
        erased at
          gelöscht am
        file name
          Dateiname
        first day
          erster Tag
        first id
          erste Person
        first name
          Name der ersten Person
        first outsider id
          erste Person von außerhalb
        folded home
          Chapter in Suchform
        folded name
          Name in Suchform
        from on
          Beginn
        given by
          übergeben von
        given on
          übergeben am
        giver id
          gegeben von
        giver outsider id
          gegeben von außerhalb
        giver person id
          Person, die gab
        has consented
          Einwilligung
        home
          Chapter der Person
        home chapter
          Chapter in diesem System
        id
          Kennung
        import batch id
          Import
        imported at
          importiert am
        imported by
          importiert von
        introduction made weight
          Gewicht einer gemachten Vorstellung
        introduction received weight
          Gewicht einer erhaltenen Vorstellung
        inviter id
          eingeladen von
        inviter outsider id
          eingeladen von außerhalb
        is default
          Vorgabe
        is downtime
          in der Freizeit
        is repeat
          Folgegeschäft
        issued on
          ausgestellt am
        joined on
          Beitritt
        kind
          Art
        language
          Sprache
        last change
          letzte Änderung
        last day
          letzter Tag
        late weight
          Gewicht einer Verspätung
        lesson
          Was daraus zu lernen ist
        line
          Zeile
        local date
          Datum
        lost because
          Grund des Verlusts
        made on
          Tag der Vorstellung
        margin
          Marge
        mark
          Vermerk
        marked at
          vermerkt am
        meeting fee
          Sitzungsgebühr
        meeting fee due for
          Sitzungsgebühr fällig für
        meeting id
          Sitzung
        membership fee
          Mitgliedsbeitrag
        membership id
          Nummer der Mitgliedschaft
        mentor id
          Mentor
        met
          Getroffene
        met on
          getroffen am
        minutes
          Minuten
        money
          Geld
        month
          Monat
        months covered
          Abgedeckte Monate
        name
          Name
        need
          Bedarf
        need answered weight
          Gewicht eines beantworteten Gesuchs
        need posted weight
          Gewicht eines eingestellten Gesuchs
        notes
          Notizen
        number
          Nummer
        office month weight
          Gewicht eines Monats im Amt
        on time until
          pünktlich bis
        one to one weight
          Gewicht eines Vier-Augen-Gesprächs
        one to ones
          Vier-Augen-Gespräche
        opened at
          geöffnet am
        opened by
          wer den Kontakt eröffnet
        outcome
          Ergebnis
        overlap decided on
          Überschneidung entschieden am
        overlap reason
          Grund der Überschneidung
        paid on
          gezahlt am
        part
          Teil
        passed on
          weitergegeben am
        person id
          Nummer der Person
        phone
          Telefon
        place
          Ort
        posted on
          eingestellt am
        previous sha256
          vorige Prüfsumme
        profession
          Beruf
        purpose
          Zweck
        reason
          Grund
        receiver id
          erhalten von
        receiver outsider id
          erhalten von außerhalb
        receiver person id
          Person, die erhielt
        recorded at
          erfasst am
        referral given weight
          Gewicht einer gegebenen Empfehlung
        referral id
          Nummer der Empfehlung
        referral received weight
          Gewicht einer erhaltenen Empfehlung
        referrals given inside
          innen gegebene Empfehlungen
        referrals received inside
          innen erhaltene Empfehlungen
        referrals received outside
          außen erhaltene Empfehlungen
        renews on
          Verlängerung
        reopened at
          wieder geöffnet am
        reopened because
          Grund der Wiederöffnung
        reopened by
          wieder geöffnet von
        replacement id
          Ersatz
        role
          Amt
        rows
          Zeilen
        sealed at
          abgeschlossen am
        seat id
          Nummer des Sitzes
        second id
          zweite Person
        second name
          Name der zweiten Person
        second outsider id
          zweite Person von außerhalb
        secret
          Geheimnis
        sha256
          Prüfsumme
        shares figures
          zeigt die eigenen Zahlen
        slip
          Eintrag
        slip id
          Nummer des Eintrags
        sponsor id
          mitgebracht von
        stand in
          Vertretung
        starts at
          Beginn der Sitzung
        status
          Stand
        step
          Schritt
        subject
          Betreff
        substitutes allowed
          Erlaubte Vertretungen
        term starts
          Beginn der Amtszeiten
        testimonial weight
          Gewicht eines Empfehlungsschreibens
        testimonials
          Empfehlungsschreiben
        text
          Text
        thanked chapter
          bedanktes Chapter
        thanked for
          Dank für
        thanked id
          bedanktes Mitglied
        thanked outsider id
          Bedankte von außerhalb
        thanked visitor
          bedankter Besucher
        tier
          Stufe
        title
          Titel
        to on
          Ende
        topic
          Thema
        topics
          Themen
        transferred from
          übernommen aus
        transferred from chapter
          übernommen aus Chapter
        undone at
          zurückgenommen am
        units
          Einheiten
        unplaced profession
          fehlender Beruf
        until
          bis
        used
          verbraucht
        valid from
          gilt ab
        value of hour
          Wert einer Stunde
        visit on
          Tag des Besuchs
        visitor id
          Nummer des Besuchers
        visitor weight
          Gewicht eines Besuchers, der kam
        visitors
          Besucher
        visits before applying
          Besuche vor der Bewerbung
        voided because
          Grund der Ungültigkeit
        voided on
          ungültig seit
        vote
          Stimme
        voted at
          abgestimmt am
        warmth
          Wärme
        way
          Weg der Zustellung
        why
          Warum
        """
}
