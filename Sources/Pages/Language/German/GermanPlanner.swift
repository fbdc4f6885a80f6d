extension German {
    /// One-to-ones to come, and profiles.
    static let planner = """
        A profile is told by its member, and by nobody else.
          Ein Profil erzählt sein Mitglied, und niemand sonst.
        A one-to-one a week, and after {1} weeks everybody has met everybody.
          Ein Vier-Augen-Gespräch je Woche, und nach {1} Wochen haben sich alle getroffen.
          one: Ein Vier-Augen-Gespräch je Woche, und nach {1} Woche haben sich alle getroffen.
        accomplishments
          Erfolge
        by profession
          von Beruf
        By the dance card of the chapter you meet {1} this week.
          Nach der Tanzkarte des Chapters triffst du diese Woche {1}.
        Change it
          Ändern
        changed at
          geändert am
        chapters of the region that do the same
          Chapter der Region, die es ebenso halten
        Dance card
          Tanzkarte
        from you
          von dir
        from {1}
          von {1}
        Goals
          Ziele
        goals
          Ziele
        Good company
          Gute Gesellschaft
        has not answered
          hat noch nicht geantwortet
        ideal referral
          ideale Empfehlung
        Interests
          Interessen
        interests
          Interessen
        Introduce two
          Zwei einander vorstellen
        introduced by {1}
          vorgestellt von {1}
        Introduction
          Vorstellung
        introduction answer
          Antwort auf eine Vorstellung
        introduction id
          Nummer der Vorstellung
        Introductions
          Vorstellungen
        Introductions to people who refer
          Kontakte zu Menschen, die empfehlen
        is accepted
          angenommen
        It takes two to dance.
          Zum Tanzen braucht es zwei.
        Knowing the market
          Den Markt kennen
        knows of it
          kennt sich aus
        knows somebody
          kennt jemanden
        last met on {1}
          zuletzt getroffen am {1}
        Longest not met
          Am längsten nicht getroffen
        meets
          trifft
        Members of your chapter read it before they meet you.
          Mitglieder deines Chapters lesen es, bevor sie dich treffen.
        Needs and offers are seen in
          Bedarf und Angebote sieht
        needs are seen in
          Wo Bedarf zu sehen ist
        Networks
          Netzwerke
        networks
          Netzwerke
        never met yet
          noch nie getroffen
        New business
          Neue Aufträge
        No, thank you
          Nein, danke
        nobody
          niemanden
        Nobody here does anything that reads like it. Whom do you know outside?
          Niemand hier macht etwas, das so klingt. Wen kennst du außerhalb?
        Nobody introduced you yet, and you introduced nobody. Which two of your contacts should know each other?
          Noch hat dich niemand vorgestellt, und du niemanden. Welche zwei deiner Kontakte sollten sich kennen?
        Nothing yet. That is what the talk is for.
          Noch nichts. Dafür ist das Gespräch da.
        offers it
          bietet es an
        Once both of you say yes you see how to reach each other.
          Sobald ihr beide Ja sagt, seht ihr, wie ihr euch erreicht.
        One-to-one with {1}
          Vier-Augen-Gespräch mit {1}
        People I can recommend
          Menschen, die ich empfehlen kann
        Planner
          Planung
        Prepare it
          Vorbereiten
        profile
          Profil
        Proud of
          Stolz auf
        purposes
          Gründe
        rather not
          lieber nicht
        Skills
          Können
        skills
          Können
        Talk about
          Worüber ihr sprechen könnt
        Testimonial
          Empfehlungsschreiben
        The ideal referral
          Die ideale Empfehlung
        The other:
          Die andere Seite:
        The whole dance card
          Die ganze Tanzkarte
        There is nobody else in the chapter yet.
          Noch ist niemand sonst im Chapter.
        They have not told anything of themselves yet. Ask them.
          Hat noch nichts von sich erzählt. Frag nach.
        this chapter
          dieses Chapter
        We have met
          Wir haben uns getroffen
        Week of
          Woche vom
        What are you proud of since we last met?
          Worauf bist du stolz, seit wir uns zuletzt getroffen haben?
        What can I do for you this month?
          Was kann ich diesen Monat für dich tun?
        What others read of you
          Was andere von dir lesen
        What passed between you
          Was zwischen euch war
        Who could help
          Wer helfen könnte
        Whom to meet next
          Wen du als Nächstes triffst
        Whom would you like to meet, and what would I say of you?
          Wen möchtest du kennenlernen, und was soll ich über dich sagen?
        Working with competitors
          Zusammenarbeit mit Mitbewerbern
        would like to
          möchte gern
        Yes, gladly
          Ja, gern
        You have not told anything of yourself yet.
          Du hast noch nichts von dir erzählt.
        You introduced two
          Du hast zwei einander vorgestellt
        You meet
          Du triffst
        You:
          Du:
        Your next weeks
          Deine nächsten Wochen
        Your turn this week
          Diese Woche bist du dran
        {1} open referrals
          {1} offene Empfehlungen
          one: {1} offene Empfehlung
        """
}
