extension German {
    /// What the columns of reports mean.
    static let meanings = """
        (P + L + S) / held
          (P + L + S) / Sitzungen
        (present + late + substitute) / meetings held for each member
          (anwesend + verspätet + vertreten) / Sitzungen je Mitglied
        ISO weeks with a mark at a held meeting, at most 26; what counts per week is divided by them
          ISO-Wochen mit einem Vermerk in einer abgehaltenen Sitzung, höchstens 26; was je Woche zählt, wird durch sie geteilt
        a quarter of the members gave less
          ein Viertel der Mitglieder gab weniger
        a withdrawal is negative
          eine Abhebung ist negativ
        absences, and late marks at their weight, at meetings held in the policy’s window that ends with the last day
          Abwesenheiten und, mit ihrem Gewicht, Verspätungen in den Sitzungen des Zeitraums, den die Regeln vorgeben und der mit dem letzten Tag endet
        absent
          abwesend
        and not yet joined
          und noch nicht beigetreten
        as in the attendance summary; money in major units
          wie in der Anwesenheitsübersicht; Geld in ganzen Einheiten
        as in the monthly return
          wie in der monatlichen Rendite
        as noted of activities; of nothing else it is
          wie bei Aktivitäten vermerkt; nur dort gibt es ihn
        as the report of absences counts them
          wie der Bericht über Fehlzeiten sie zählt
        at least 6 months without a deposit, and 80 % of the deposits in any 3 months
          mindestens 6 Monate ohne Einzahlung, und 80 % der Einzahlungen in irgendwelchen 3 Monaten
        at the limit: one more would be over it
          an der Grenze: Eine mehr läge darüber
        business for which they were thanked
          Umsatz, für den ihnen gedankt wurde
        by the last of their visits
          nach dem letzten ihrer Besuche
        by the last step, as in all of these
          nach dem letzten Schritt, wie bei allen hier
        by what they gave; equals share one
          nach dem, was sie gaben; Gleiche teilen sich einen
        calendar months of these days with a day in any office, however many
          Kalendermonate dieser Tage mit einem Tag in irgendeinem Amt, gleich in wie vielen
        closed business / members
          Umsatz / Mitglieder
        closed business for which members were thanked
          Umsatz, für den Mitgliedern gedankt wurde
        closed business for which the one was thanked by the other
          Umsatz, für den das eine Mitglied dem anderen gedankt hat
        closed business that cites the referrals / referrals
          Umsatz, der die Empfehlungen nennt / Empfehlungen
        closed business, converted at the rate of its day
          Umsatz, umgerechnet zum Kurs seines Tages
        counted / per, compared with the steps exactly
          gezählt / je, genau mit den Stufen verglichen
        declined / (won + lost + declined)
          abgelehnt / (gewonnen + verloren + abgelehnt)
        deposits − withdrawals
          Einzahlungen − Abhebungen
        each in which the member was active
          jeder, in dem das Mitglied aktiv war
        empty where no end is set
          leer, wo kein Ende feststeht
        empty where nobody ever held it
          leer, wo ihn nie jemand innehatte
        fewer than 3 are not compared
          weniger als 3 werden nicht verglichen
        for those who may see applications
          für alle, die Bewerbungen sehen dürfen
        for those who may see dues
          für alle, die Beiträge sehen dürfen
        further points
          weitere Punkte
        further records to the next step
          weitere Einträge bis zur nächsten Stufe
        further records; for money one thanks that is large enough
          weitere Einträge; bei Geld ein Dank, der groß genug ist
        given / members
          gegeben / Mitglieder
        given, inside and outside, as the attendance summary counts all below, by meeting
          gegeben, nach innen und außen, wie die Anwesenheitsübersicht alles Weitere zählt, nach Sitzung
        green, yellow, red or grey, by the scorecard’s bands
          grün, gelb, rot oder grau, nach den Schwellen der Punktekarte
        half of the members gave less
          die Hälfte der Mitglieder gab weniger
        hours of each kind, as in all of these
          Stunden jeder Art, wie bei allen hier
        hours of education
          Stunden Weiterbildung
        how many, those for which there is no rate too
          wie viele, auch die, für die es keinen Kurs gibt
        how many, whatever they weigh, in those months
          wie viele, gleich mit welchem Gewicht, in diesen Monaten
        in the chapter’s currency; empty where there is no exchange rate
          in der Währung des Chapters; leer, wo es keinen Wechselkurs gibt
        invoices due before the last day − payments, which settle the oldest first
          vor dem letzten Tag fällige Rechnungen − Zahlungen, die zuerst die ältesten begleichen
        its first day; of an imported summary all days count or none
          sein erster Tag; von einer importierten Übersicht zählen alle Tage oder keiner
        its id
          seine Kennung
        its id, where it is a record
          seine Kennung, wo es ein Datensatz ist
        joined / visitors
          beigetreten / Besucher
        late
          verspätet
        less than 0: overdue
          weniger als 0: überfällig
        median from passed to the first other step, of those that took one
          Median von der Weitergabe bis zum ersten anderen Schritt, wo es einen gab
        median from the day they were passed to the day of the last step to won
          Median vom Tag der Weitergabe bis zum Tag des letzten Schritts auf gewonnen
        medical leave
          krank
        meetings held
          abgehaltene Sitzungen
        meetings in the window at which somebody stood in
          Sitzungen des Zeitraums, in denen jemand vertreten hat
        meetings marked present or late, one-to-ones, activities, and 60 for each education unit
          Sitzungen, anwesend oder verspätet, Vier-Augen-Gespräche, Aktivitäten und 60 für jede Einheit Weiterbildung
        members / chapters
          Mitglieder / Chapter
        members on the day before; people, not memberships
          Mitglieder am Tag davor; Personen, nicht Mitgliedschaften
        members on the last day who are not on leave, without oneself
          Mitglieder am letzten Tag, die nicht pausieren, ohne einen selbst
        members on the last day who were none at the start
          Mitglieder am letzten Tag, die es am Anfang nicht waren
        members the day before who are members on the last day / members the day before
          Mitglieder am Tag davor, die es am letzten Tag sind / Mitglieder am Tag davor
        memberships that began
          Mitgliedschaften, die begannen
        memberships that ended
          Mitgliedschaften, die endeten
        memberships with a day in the period
          Mitgliedschaften mit einem Tag im Zeitraum
        met / others
          getroffen / andere
        minutes / 60
          Minuten / 60
        minutes of activities outside working hours / minutes of activities
          Minuten der Aktivitäten außerhalb der Arbeitszeit / Minuten der Aktivitäten
        months with a day of membership that is not a day of leave
          Monate mit einem Tag der Mitgliedschaft, der kein Tag einer Pause ist
        months with a deposit / months as a member
          Monate mit Einzahlung / Monate als Mitglied
        months with at least one deposit of the ledger of social capital
          Monate mit mindestens einer Einzahlung im Kontobuch des Sozialkapitals
        neither applied nor joined nor lost
          weder beworben noch beigetreten noch verloren
        neither won nor lost nor declined yet
          noch weder gewonnen noch verloren noch abgelehnt
        net / cost
          netto / Kosten
        nobody holds it on the last day; listed, or missed by a referral
          am letzten Tag hat ihn niemand; auf der Liste, oder von einer Empfehlung vermisst
        not known of an imported summary
          bei einer importierten Übersicht nicht bekannt
        not qualified
          nicht passend
        of a visitor who came twice, to the first visit
          bei zweimaligem Besuch zum ersten
        of activities only
          nur bei Aktivitäten
        of all minutes
          an allen Minuten
        of members of that day who are not on leave
          von Mitgliedern dieses Tages, die nicht pausieren
        of the last end of a membership
          des letzten Endes einer Mitgliedschaft
        of the members whom you may see
          der Mitglieder, die du sehen darfst
        of the office that ended last
          des Amtes, das zuletzt endete
        of the oldest invoice that is not settled
          der ältesten Rechnung, die nicht beglichen ist
        of the two; each stands for both, so that the total counts it twice
          der beiden; jedes steht bei beiden, sodass die Summe es zweimal zählt
        of these days that nobody could take
          dieser Tage, die niemand annehmen konnte
        of these hours
          an diesen Stunden
        of these, members on the last day, on leave and overdue too
          davon am letzten Tag Mitglied, auch pausierende und überfällige
        of these, the others; who went to another chapter left
          davon die anderen; wer in ein anderes Chapter ging, ist gegangen
        of these, who gave anything
          davon, wer etwas gab
        of these, without a first contact within the policy’s hours
          davon ohne ersten Kontakt innerhalb der Stunden, die die Regeln vorgeben
        of these, without a step for 90 days
          davon seit 90 Tagen ohne Schritt
        of those passed
          an den weitergegebenen
        of those passed and not declined
          an den weitergegebenen und nicht abgelehnten
        of those who left
          an denen, die gingen
        of what all gave
          an dem, was alle gaben
        on the last day
          am letzten Tag
        on the last day of the report; vacant: a leading office that nobody holds
          am letzten Tag des Berichts; unbesetzt: ein Führungsamt, das niemand innehat
        on which they joined or left
          an dem sie beitraten oder gingen
        one inside the chapter adds 2
          eines innerhalb des Chapters zählt 2
        one referral, its hours or its days
          eine Empfehlung, ihre Stunden oder ihre Tage
        one-to-ones
          Vier-Augen-Gespräche
        one-to-ones / members
          Vier-Augen-Gespräche / Mitglieder
        passed to somebody who can take them
          an jemanden weitergegeben, der sie annehmen kann
        passed until that day, and neither won, lost nor declined; without those of an import
          bis zu diesem Tag weitergegeben und weder gewonnen noch verloren noch abgelehnt; ohne die aus einem Import
        people who came for the first time in these days, by name
          Personen, die in diesen Tagen zum ersten Mal kamen, nach Namen
        present
          anwesend
        present members met in a one-to-one in these days
          heutige Mitglieder, die in diesen Tagen in einem Vier-Augen-Gespräch getroffen wurden
        present members who never passed each other a referral nor met in a one-to-one
          heutige Mitglieder, die einander nie eine Empfehlung gegeben und sich nie zum Vier-Augen-Gespräch getroffen haben
        present members with whom business went both ways since the member joined
          heutige Mitglieder, mit denen seit dem Beitritt Umsatz in beide Richtungen ging
        profit / hours
          Gewinn / Stunden
        profit / hours, where every hour of a member brought the same
          Gewinn / Stunden, wobei jede Stunde eines Mitglieds gleich viel brachte
        records for which there is no exchange rate
          Datensätze, für die es keinen Wechselkurs gibt
        referrals / members
          Empfehlungen / Mitglieder
        referrals and introductions received and needs posted, each times its weight
          erhaltene Empfehlungen und Vorstellungen und eingestellte Gesuche, jeweils mal ihr Gewicht
        referrals from others
          Empfehlungen von anderen
        referrals given (a third for each step of warmth, none once declined; without a warmth as with 3), introductions, visitors who came, testimonials, one-to-ones, months in office and needs answered, each times its weight in the chapter’s policy
          gegebene Empfehlungen (ein Drittel je Stufe der Wärme, nichts, wenn abgelehnt; ohne Wärme wie mit 3), Vorstellungen, gekommene Besucher, Empfehlungsschreiben, Vier-Augen-Gespräche, Monate im Amt und beantwortete Gesuche, jeweils mal ihr Gewicht in den Regeln des Chapters
        referrals given / received
          Empfehlungen gegeben / erhalten
        referrals given inside the chapter
          im Chapter gegebene Empfehlungen
        referrals given outside
          nach außen gegebene Empfehlungen
        referrals passed to somebody who can take them, declined ones too
          Empfehlungen an jemanden, der sie annehmen kann, auch abgelehnte
        referrals received from inside the chapter
          aus dem Chapter erhaltene Empfehlungen
        referrals received from outside
          von außerhalb erhaltene Empfehlungen
        regular, held
          regulär, abgehalten
        since the oldest of them was passed
          seit der Weitergabe der ältesten
        since then, until the day of the report
          seitdem, bis zum Tag des Berichts
        somebody else stood in
          jemand anderes hat vertreten
        stayed + joined
          geblieben + beigetreten
        stayed / at the start
          geblieben / am Anfang
        testimonials given
          gegebene Empfehlungsschreiben
        thanks left out for want of an exchange rate
          Danke, die mangels Wechselkurs fehlen
        that got so far or farther, whatever became of them later
          die so weit oder weiter kamen, was immer später aus ihnen wurde
        that nobody answered
          die niemand beantwortet hat
        that of most chapters of the region
          die der meisten Chapter der Region
        that the one passed to the other
          die das eine Mitglied dem anderen gegeben hat
        that the other passed to the one
          die das andere Mitglied dem einen gegeben hat
        that took place, substitutes not counted
          die stattfanden, Vertretungen nicht gezählt
        the amount in its own currency, where that is another
          der Betrag in seiner Währung, wo das eine andere ist
        the column of the report
          die Spalte des Berichts
        the day of joining
          der Tag des Beitritts
        the day on which the last warning was given, or drafted where it was not
          der Tag, an dem die letzte Warnung übergeben wurde, oder entworfen, wo das nicht geschah
        the day on which the oldest one counts no more
          der Tag, an dem die älteste nicht mehr zählt
        the effort of whoever gave it, from 1 to 5
          wie viel Mühe sich jemand damit gegeben hat, von 1 bis 5
        the fewest members who gave half of it together
          so wenige Mitglieder gaben zusammen die Hälfte davon
        the first contact, or the next step of a referral
          der erste Kontakt, oder der nächste Schritt einer Empfehlung
        the id of the referral
          die Kennung der Empfehlung
        the id of the thanks
          die Kennung des Danks
        the id of the visit
          die Kennung des Besuchs
        the most that the part can earn
          was der Teil höchstens bringen kann
        the newest on or before the day of the thanks
          der neueste am Tag des Danks oder davor
        the next partner, in a one-to-one
          das vorgeschlagene Mitglied, in einem Vier-Augen-Gespräch
        the one it is compared in
          die, in der es verglichen wird
        the one never met, or longest ago; among equals the one with most open referrals
          das nie oder vor der längsten Zeit getroffene; unter gleichen das mit den meisten offenen Empfehlungen
        the other side, or the office
          die andere Seite, oder das Amt
        the part whose next step takes the fewest further records, with the weeks unchanged
          der Teil, dessen nächste Stufe die wenigsten weiteren Einträge braucht, bei gleichen Wochen
        the policy’s limit of that day
          die Grenze der Regeln an diesem Tag
        the profession that was missing
          der Beruf, der fehlte
        the same of the whole membership
          dasselbe für die ganze Mitgliedschaft
        the same without those that are declined now
          dasselbe ohne die, die jetzt abgelehnt sind
        the share of given that came from the three who gave most
          der Anteil am Gegebenen, der von den drei kam, die am meisten gaben
        the shares of this member and all above
          die Anteile dieses Mitglieds und aller darüber
        the sum of the parts; none without a week that has a mark
          die Summe der Teile; nichts ohne eine Woche mit einem Vermerk
        those ever held in this membership
          die in dieser Mitgliedschaft je ausgeübten
        those that were asked
          die, die befragt wurden
        three quarters of the members gave less
          drei Viertel der Mitglieder gaben weniger
        unplaced referrals × closed business that members were thanked for / referrals that they passed, in these days
          unvermittelte Empfehlungen × Umsatz, für den Mitgliedern gedankt wurde / Empfehlungen, die sie weitergaben, in diesen Tagen
        visitors / chapters
          Besucher / Chapter
        visitors who came
          Besucher, die kamen
        visitors who came more than once
          Besucher, die mehr als einmal kamen
        votes; conflicts of interest and abstentions count for neither
          Stimmen; Interessenkonflikte und Enthaltungen zählen für keines
        weeks, months (weeks × 12/52), meetings held, or 1
          Wochen, Monate (Wochen × 12/52), abgehaltene Sitzungen, oder 1
        what one unit of that currency was worth
          was eine Einheit dieser Währung wert war
        whether referrals went both ways
          ob Empfehlungen in beide Richtungen gingen
        whether the first deposit of the membership came no later than the first withdrawal
          ob die erste Einzahlung der Mitgliedschaft nicht nach der ersten Abhebung kam
        whether the membership ended within 90 days after an office; a transfer is no leaving
          ob die Mitgliedschaft innerhalb von 90 Tagen nach einem Amt endete; ein Wechsel ist kein Weggang
        who brought them in
          wer sie mitgebracht hat
        who came
          die kamen
        who came, and whom nobody contacted
          die kamen und die niemand kontaktiert hat
        who gave the referral, where it was a member
          wer die Empfehlung gab, wo es ein Mitglied war
        who looked after them
          wer sich um sie gekümmert hat
        who received the referrals, invited the visitors, or posted the needs; which they are stands among the entries
          wer die Empfehlungen erhielt, die Besucher einlud oder die Gesuche einstellte; welche es sind, steht bei den Einträgen
        who received, invited or posted it
          wer sie erhielt, einlud oder einstellte
        won / (won + lost + declined)
          gewonnen / (gewonnen + verloren + abgelehnt)
        – is any number
          – heißt beliebig viele
        """
}
