extension German {
    /// What new members and those who look after them read, and why somebody left.
    static let firstSteps = """
        Another reason takes some.
          Bei einem anderen Grund nötig.
        Fill in the profile
          Das Profil ausfüllen
        First steps
          Erste Schritte
        First steps of {1}
          Erste Schritte von {1}
        First steps of {1}: {2} of {3}
          Erste Schritte von {1}: {2} von {3}
        In words
          In Worten
        Invite a first visitor
          Einen ersten Gast einladen
        Learn something
          Etwas lernen
        Meet four members
          Vier Mitglieder treffen
        Meet the mentor
          Den Mentor treffen
        Name a mentor
          Einen Mentor benennen
        Nobody is named as mentor yet.
          Es ist noch kein Mentor benannt.
        Pass a first referral
          Eine erste Empfehlung geben
        Say what you need or offer
          Sagen, was du brauchst oder bietest
        Steps done
          Erledigte Schritte
        Take a part in a meeting
          Einen Teil eines Treffens übernehmen
        Their mentor is {1}.
          Mentor ist {1}.
        Who looks after them in their first year.
          Wer sich im ersten Jahr um sie kümmert.
        Your first steps: {1} of {2}
          Deine ersten Schritte: {1} von {2}
        Your mentor is {1}: ask whatever you like.
          Dein Mentor ist {1}: Frag, was du magst.
        a mentor is another member; choose one
          ein Mentor ist ein anderes Mitglied; wähle eines
        a one-to-one with each
          ein Vier-Augen-Gespräch mit jedem
        a one-to-one with whoever looks after you
          ein Vier-Augen-Gespräch mit der Person, die sich um dich kümmert
        a talk, a topic or a slot of the programme
          ein Vortrag, ein Thema oder ein Teil des Programms
        by {1}
          bis {1}
        changed profession
          Beruf gewechselt
        conflict
          Konflikt
        cost
          Kosten
        end code
          Grund, wie er gezählt wird
        giving comes first
          Geben kommt zuerst
        goals, and whom you would like to be referred to
          Ziele, und an wen du empfohlen werden möchtest
        leaving for another reason says in words for which
          bei einem anderen Grund steht in Worten, welcher
        members look for each other there
          dort suchen Mitglieder einander
        moved away
          weggezogen
        next: {1}, by {2}
          als Nächstes: {1}, bis {2}
        no return
          kein Ertrag
        overdue
          überfällig
        time
          Zeit
        to do
          zu tun
        transfer
          Wechsel in ein anderes Chapter
        whoever brings guests gets to know the chapter
          wer Gäste mitbringt, lernt das Chapter kennen
        {1} of {2} steps are done. What is recorded counts by itself; nothing is ticked here.
          {1} von {2} Schritten sind getan. Was eingetragen ist, zählt von selbst; hier wird nichts abgehakt.
        """
}
