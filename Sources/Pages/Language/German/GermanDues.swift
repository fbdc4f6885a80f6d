extension German {
    /// Bills and accounts.
    static let dues = """
        a meeting of these days is not sealed; seal or cancel it first
          eine Sitzung dieser Tage ist nicht abgeschlossen; schließe sie ab oder sage sie ab
        Bill everybody
          Alle abrechnen
        billed already
          schon abgerechnet
        Each member gets one invoice. Whoever has one for any of these days gets none.
          Jedes Mitglied bekommt eine Rechnung. Wer für einen dieser Tage schon eine hat, bekommt keine.
        Entry
          Eintrag
        Everybody is billed for these days.
          Für diese Tage ist bei allen abgerechnet.
        For these days nobody is to be billed anything.
          Für diese Tage ist bei niemandem etwas abzurechnen.
        Invoice
          Rechnung
        Invoice cancelled
          Rechnung storniert
        membership, for these days
          die Mitgliedschaft für diese Tage
        membership, of those who renew in these days
          die Mitgliedschaft derer, die in diesen Tagen verlängern
        Nothing was invoiced or paid so far.
          Bisher wurde nichts berechnet und nichts gezahlt.
        Owed then
          Dann offen
        Payment
          Zahlung
        Payment voided
          Zahlung für ungültig erklärt
        Show what it comes to
          Zeigen, was herauskommt
        the last day comes after the first, at most five years later
          der letzte Tag kommt nach dem ersten, höchstens fünf Jahre später
        the meetings of these days
          die Sitzungen dieser Tage
        What is billed
          Was abgerechnet wird
        What it comes to
          Was herauskommt
        Write {1} invoices
          {1} Rechnungen ausstellen
          one: {1} Rechnung ausstellen
        Your account, entry by entry
          Dein Konto, Eintrag für Eintrag
        {1} meetings
          {1} Sitzungen
          one: {1} Sitzung
        {1} invoices
          {1} Rechnungen
          one: {1} Rechnung
        """
}
