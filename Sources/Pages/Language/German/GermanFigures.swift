extension German {
    /// What the pages of returns and reports say by themselves, and what the columns of a return mean.
    static let figures = """
        12 months
          12 Monate
        A seat is worth
          Ein Sitz ist wert
        All
          Alle
        All amounts in {1}. As of {2}.
          Alle Beträge in {1}. Stand: {2}.
        As of
          Stand
        Bands for {1} members.
          one: Balken für {1} Mitglied.
          Balken für {1} Mitglieder.
        Bars for {1} members, the largest figure first: {2} with {3} to {4} with {5}.
          one: Balken für {1} Mitglied, die größte Zahl zuerst: {2} mit {3} bis {4} mit {5}.
          Balken für {1} Mitglieder, die größte Zahl zuerst: {2} mit {3} bis {4} mit {5}.
        By age
          Nach Alter
        By size
          Nach Größe
        By weekday
          Nach Wochentag
        Came to
          Ergebnis
        Close the month
          Monat abschließen
        Cost
          Kosten
        Cost and given of each member, in {1}
          Kosten und Gegebenes jedes Mitglieds, in {1}
        Cost and profit of each member, in {1}
          Kosten und Gewinn jedes Mitglieds, in {1}
        Cost {1}, received {2}, net {3}: a return of {4}.
          Kosten {1}, erhalten {2}, netto {3}: eine Rendite von {4}.
        Days
          Tage
        Did
          Aktivität
        Dues
          Beitrag
        Fees
          Gebühren
        Fewer than 3
          Weniger als 3
        Fewer than 3 of the others earned
          Von den anderen haben weniger als 3 etwas verdient
        From each line to each column of the same number; the darker, the more.
          Von jeder Zeile zu jeder Spalte mit derselben Nummer; je dunkler, desto mehr.
        Given
          Gegeben
        Got out
          Zurückbekommen
        Hours
          Stunden
        How this was computed
          So wurde gerechnet
        Left out for want of an exchange rate: {1}.
          Mangels Wechselkurs weggelassen: {1}.
        Median, quartiles
          Median, Quartile
        Member
          Mitglied
        Members: {1}.
          Mitglieder: {1}.
        Month
          Monat
        Months
          Monate
        Net
          Netto
        On this page
          Auf dieser Seite
        Open the month again
          Monat wieder öffnen
        Other groups
          Andere Gruppen
        Other reports
          Andere Berichte
        Paid back
          Amortisiert
        Profit
          Gewinn
        Put in
          Eingebracht
        Received
          Erhalten
        Referrals given
          Empfehlungen gegeben
        Return
          Rendite
        Return for {1}
          Rendite für {1}
        Return on cost
          Rendite auf die Kosten
        Return on time
          Rendite auf die Zeit
        Rounding
          Rundung
        Rules
          Regeln
        Shares of {1}
          Anteile an: {1}
        Since each member joined
          Seit dem Beitritt jedes Mitglieds
        Since joining
          Seit dem Beitritt
        Spent
          Ausgaben
        The figures of now
          Die Zahlen von jetzt
        The first {1} of {2} rows.
          Die ersten {1} von {2} Zeilen.
        The last twelve months
          Die letzten zwölf Monate
        The return is stored as it is now, under a number; what comes later is told beside it.
          Die Rendite wird so gespeichert, wie sie jetzt ist, unter einer Nummer; was später dazukommt, steht daneben.
        The same as
          Dasselbe als
        The table below holds the figures.
          Die Tabelle darunter enthält die Zahlen.
        There is nothing to show for these days.
          Für diese Tage gibt es nichts zu zeigen.
        Time
          Zeit
        Twelve months
          Zwölf Monate
        Twelve months, ending with {1}
          Zwölf Monate bis {1}
        What made it other: {1} entries
          one: Was es verändert hat: {1} Eintrag
          Was es verändert hat: {1} Einträge
        What the columns mean
          Was die Spalten bedeuten
        What the words mean
          Was die Wörter bedeuten
        Who put in, who got out
          Wer eingebracht und wer zurückbekommen hat
        Why it is opened again
          Warum er wieder geöffnet wird
        a page to keep
          eine Seite zum Aufbewahren
        a quarter of the members stand below it
          ein Viertel der Mitglieder liegt darunter
        a sum of so few would tell what one of them earned
          eine Summe von so wenigen verriete, was jemand von ihnen verdient hat
        a twelfth of it, each month
          ein Zwölftel davon, jeden Monat
        a year; an open one costs {1} a month
          im Jahr; ein offener kostet {1} im Monat
        an hour, over {1} hours
          pro Stunde, bei {1} Stunden
        as of {1}
          Stand {1}
        closed business for which others thanked the member
          Umsatz, für den andere dem Mitglied gedankt haben
        closed business the member earned
          Umsatz, den das Mitglied gemacht hat
        cost
          Kosten
        dues + fees + spent + time
          Beitrag + Gebühren + Ausgaben + Zeit
        dues {1}, fees {2}, spent {3}, time {4}
          Beitrag {1}, Gebühren {2}, Ausgaben {3}, Zeit {4}
        each figure once, when it is printed; a column may differ from its total by a cent
          jede Zahl einmal, wenn sie ausgegeben wird; eine Spalte kann um einen Cent von ihrer Summe abweichen
        each figure once, when it is printed; a column may differ from its total by a unit
          jede Zahl einmal, wenn sie ausgegeben wird; eine Spalte kann um eine Einheit von ihrer Summe abweichen
        every chapter and month
          jedes Chapter und jeder Monat
        every entry behind it
          jeder Eintrag dahinter
        fewer than 3
          weniger als 3
        given, which is also the figure: closed business for which others thanked the member
          Gegebenes, das ist auch die Zahl: Umsatz, für den andere dem Mitglied gedankt haben
        half of the members stand below it
          die Hälfte der Mitglieder liegt darunter
        half of the members stand below the median, a quarter below the first quartile, three quarters below the other; in the drawing, the box reaches from one quartile to the other, the line in it is the median, and the dot is the chapter
          die Hälfte der Mitglieder liegt unter dem Median, ein Viertel unter dem ersten Quartil, drei Viertel unter dem anderen; in der Zeichnung reicht der Kasten von einem Quartil zum anderen, die Linie darin ist der Median und der Punkt das Chapter
        hours × the value of an hour, the member’s own or else the chapter’s
          Stunden × Wert einer Stunde, der eigene des Mitglieds oder sonst der des Chapters
        median and quartiles: fewer than 3
          Median und Quartile: weniger als 3
        median {1}
          Median {1}
        median {1}, quartiles {2} and {3}
          Median {1}, Quartile {2} und {3}
        meetings marked present or late, one-to-ones, activities and education
          Sitzungen, anwesend oder verspätet, Vier-Augen-Gespräche, Aktivitäten und Weiterbildung
        money that activities and one-to-ones cost
          Geld, das Aktivitäten und Vier-Augen-Gespräche gekostet haben
        no
          nein
        not in the table: they have left
          nicht in der Tabelle: Sie sind gegangen
        nothing to divide by, or not the reader’s to see
          nichts zum Teilen, oder nicht für dich bestimmt
        nothing to divide by, or not yours to see
          nichts zum Teilen, oder nicht für dich bestimmt
        nothing to divide by, or private: what a member earned is theirs to show
          nichts zum Teilen, oder privat: Was ein Mitglied verdient hat, zeigt es selbst
        of it {1} by thanks from outside
          davon {1} durch Dank von außerhalb
        of it {1} by thanks from outside; former members gave {2} more
          davon {1} durch Dank von außerhalb; ehemalige Mitglieder gaben weitere {2}
        of it {1} from outside the chapter
          davon {1} von außerhalb des Chapters
        profit of what was received; the figure is the net. A bar that passes its band is a return.
          Gewinn aus dem Erhaltenen; die Zahl ist der Nettobetrag. Ein Balken, der über sein Band hinausreicht, ist eine Rendite.
        profit {1} less the cost
          Gewinn {1} abzüglich der Kosten
        profit − cost
          Gewinn − Kosten
        received
          erhalten
        received × the member’s margin
          erhalten × Marge des Mitglieds
        return on cost: net / cost; 100% means that the cost came back twice
          Rendite auf die Kosten: netto / Kosten; 100 % heißt, dass die Kosten doppelt zurückkamen
        return on time: profit / hours, money for an hour
          Rendite auf die Zeit: Gewinn / Stunden, Geld für eine Stunde
        the fees, the value of an hour and the margins in force on each day
          die Gebühren, der Wert einer Stunde und die Margen, die an jedem Tag gelten
        the first month at whose end the net since joining was not below zero
          der erste Monat, an dessen Ende netto seit dem Beitritt nicht unter null lag
        the meeting fee, for every meeting or only those attended, as the chapter decided
          die Sitzungsgebühr, für jede Sitzung oder nur für besuchte, wie das Chapter entschieden hat
        the membership fee, shared out over the days of membership
          der Mitgliedsbeitrag, auf die Tage der Mitgliedschaft verteilt
        the part of given that earners outside thank for
          der Teil des Gegebenen, für den Leute außerhalb danken
        the part of received that people outside the chapter gave
          der Teil des Erhaltenen, den Leute außerhalb des Chapters gaben
        three quarters of the members stand below it
          drei Viertel der Mitglieder liegen darunter
        what members gave in the last 12 months, divided by how many were active on average at the ends of the months, not on leave; an open seat costs a twelfth of it a month
          was Mitglieder in den letzten 12 Monaten gaben, geteilt durch die Zahl derer, die im Schnitt am Monatsende aktiv und nicht pausiert waren; ein offener Sitz kostet ein Zwölftel davon im Monat
        what members gave in the last 12 months, divided by how many were active on average at the ends of the months: not on leave
          was Mitglieder in den letzten 12 Monaten gaben, geteilt durch die Zahl derer, die im Schnitt am Monatsende aktiv waren: nicht pausiert
        yes
          ja
        {1} and {2} of each row
          {1} und {2} je Zeile
        {1} members
          one: {1} Mitglied
          {1} Mitglieder
        {1} of each row
          {1} je Zeile
        {1} of {2}, changed {3}
          {1} vom {2}, geändert am {3}
        {1} of {2}, made {3}
          {1} vom {2}, erfasst am {3}
        {1} of {2}, taken back {3}
          {1} vom {2}, zurückgenommen am {3}
        {1} rows
          one: {1} Zeile
          {1} Zeilen
        {1} to {2}
          {1} bis {2}
        {1} to {2}: {3}
          {1} → {2}: {3}
        {1} to {2}; the darker, the more.
          {1} bis {2}; je dunkler, desto mehr.
        {1}, days of the chapter’s own time zone
          {1}, Tage in der Zeitzone des Chapters
        {1}, from the row to the column
          {1}, von der Zeile zur Spalte
        {1}, return for {2}
          {1}, Rendite für {2}
        {1}, so these are withheld: {2}.
          {1}, deshalb bleibt verborgen: {2}.
        {1}, {2} UTC
          {1}, {2} UTC
        {1}. All amounts in {2}. As of {3}.
          {1}. Alle Beträge in {2}. Stand: {3}.
        {1}: cost {2}, given {3}
          {1}: Kosten {2}, gegeben {3}
        {1}: cost {2}, profit {3}
          {1}: Kosten {2}, Gewinn {3}
        {1}: nothing after that day counts
          {1}: Was nach diesem Tag kommt, zählt nicht
        {1}: nothing after that day counts, and dues run up to it
          {1}: Was nach diesem Tag kommt, zählt nicht, und Beiträge laufen bis dahin
        {1}: {2} rows. The table below holds the figures.
          one: {1}: {2} Zeile. Die Tabelle darunter enthält die Zahlen.
          {1}: {2} Zeilen. Die Tabelle darunter enthält die Zahlen.
        """
}
