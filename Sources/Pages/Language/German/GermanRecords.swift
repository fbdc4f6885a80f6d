extension German {
    /// The kinds of record in the audit trail, and what was done to them.
    static let records = """
        absence letter
          Brief zu Fehlzeiten
        announced absence
          angekündigte Abwesenheit
        application
          Bewerbung
        application reference
          Referenz zu einer Bewerbung
        application vote
          Stimme zu einer Bewerbung
        chapter meeting
          Sitzung
        chapter scorecard
          Punktekarte des Chapters
        check in
          Einchecken
        closed business
          abgeschlossenes Geschäft
        closed business earner
          Verdienende eines Geschäfts
        closed month
          abgeschlossener Monat
        delete
          gelöscht
        education unit
          Weiterbildungseinheit
        erase
          entfernt
        export
          ausgegeben
        import batch
          Import
        imported summary
          importierte Übersicht
        imported summary line
          Zeile einer importierten Übersicht
        insert
          angelegt
        introduction
          Vorstellung
        invoice
          Rechnung
        meeting part
          Programmpunkt
        membership leave
          Pause eines Mitglieds
        membership valuation
          eigene Werte eines Mitglieds
        name link
          gemerkter Name
        office
          Amt
        one to one
          Vier-Augen-Gespräch
        outsider
          Person von außerhalb
        payment
          Zahlung
        posting
          Gesuch oder Angebot
        prospect
          empfohlene Person
        referral step
          Schritt einer Empfehlung
        restore
          wiederhergestellt
        seat
          Sitz
        slip correction
          Korrektur eines Eintrags
        update
          geändert
        """
}
