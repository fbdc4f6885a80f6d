extension German {
    /// What becomes of the rows of an imported file.
    static let imports = """
        both sides are {1}
          beide Seiten sind {1}
        education is of a member of this chapter
          Weiterbildung gehört zu einem Mitglied dieses Chapters
        education, {1} hours: {2}
          Weiterbildung, {1} Stunden: {2}
        former members: the total less all rows
          ehemalige Mitglieder: die Summe ohne alle Zeilen
        no row of the file needs former=“{1}”
          keine Zeile der Datei braucht „{1}“ unter „Ehemalige Mitglieder“
        no side of it is of this chapter
          keine Seite davon gehört zu diesem Chapter
        nobody is thanked: the cell To is empty
          niemandem wird gedankt: Die Zelle „To“ ist leer
        nobody of this chapter is called “{1}”. If they left: former=“{2}”
          niemand in diesem Chapter heißt „{1}“. Wer ausgetreten ist, gehört unter „Ehemalige Mitglieder“: „{2}“
        nobody of this chapter is called “{1}”. Similar names: {2}. If they left: former=“{3}”
          niemand in diesem Chapter heißt „{1}“. Ähnliche Namen: {2}. Wer ausgetreten ist, gehört unter „Ehemalige Mitglieder“: „{3}“
        one-to-one: {1}
          Vier-Augen-Gespräch: {1}
        one-to-one: {1}, also in the other chapter's ledger
          Vier-Augen-Gespräch: {1}, auch im Kontobuch des anderen Chapters
        other chapters and the organisation
          andere Chapter und die Organisation
        referral, tier {1}: {2}
          Empfehlung, Stufe {1}: {2}
        referral, tier {1}: {2}, also in the other chapter's ledger
          Empfehlung, Stufe {1}: {2}, auch im Kontobuch des anderen Chapters
        thanks of {1} {2}: {3}
          Dank über {1} {2}: {3}
        thanks of {1} {2}: {3}, also in the other chapter's ledger
          Dank über {1} {2}: {3}, auch im Kontobuch des anderen Chapters
        the cell {1} is empty
          die Zelle „{1}“ ist leer
        the organisation can neither pass nor receive it
          die Organisation kann es weder weitergeben noch erhalten
        the visitor has no name: the cell To is empty
          der Besucher hat keinen Namen: Die Zelle „To“ ist leer
        visitor: {1}
          Besucher: {1}
        {1}: known
          {1}: bekannt
        {1}: new member since {2}
          {1}: neues Mitglied seit {2}
        “{1}” may be any of {2}; bring it in at the operator's shell, which asks who is meant and remembers it
          „{1}“ kann jede dieser Personen sein: {2}; lass die Datei an der Kommandozeile des Betriebs importieren, die fragt, wer gemeint ist, und es sich merkt
        """
}
