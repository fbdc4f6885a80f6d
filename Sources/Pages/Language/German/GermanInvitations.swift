extension German {
    /// What those who invite and those who are invited read, on pages and in mails.
    static let invitations = """
        A line of your own
          Eine Zeile von dir
        A mail with the link is on its way to {1}.
          Eine E-Mail mit dem Link ist unterwegs an {1}.
        A member holds the seat {1} at the moment. Both together take a recorded decision of the committee.
          Den Platz {1} hat zurzeit ein Mitglied. Beide zugleich gehen nur mit einem festgehaltenen Beschluss des Ausschusses.
        A message, ready to send
          Eine Nachricht, fertig zum Senden
        An invitation to {1}
          Eine Einladung zu {1}
        An invitation to {1}, {2}
          Eine Einladung zu {1}, {2}
        Change it
          Ändern
        Change what you said, or say that you cannot come
          Ändere deine Angaben, oder sag ab
        Copy it into the messenger you both use
          Kopiere sie in den Messenger, den ihr beide nutzt
        Each guest gets a link of their own: there they see where and when, say that they come, and agree to what is kept.
          Jeder Gast bekommt einen eigenen Link: Dort steht, wo und wann, dort sagt er zu und stimmt zu, was gespeichert wird.
        Hello {1},
          Guten Tag {1},
        I would like you to be my guest at {1}: {2}{3}{4}. Here you see everything about it, and can say whether you come:
          ich lade dich als meinen Gast zu {1} ein: {2}{3}{4}. Hier steht alles dazu, und hier kannst du zu- oder absagen:
        I agree that {1} keeps this
          Ich stimme zu, dass {1} dies speichert
        I cannot come
          Ich kann nicht kommen
        I will come
          Ich komme
        In this chapter each profession has one seat, and yours is held at the moment. You are welcome as a guest all the same.
          In diesem Chapter hat jeder Beruf einen Platz, und deiner ist zurzeit besetzt. Als Gast bist du trotzdem willkommen.
        Invite
          Einladen
        Invite a visitor
          Einen Gast einladen
        Invite them again
          Noch einmal einladen
        Invited by
          Eingeladen von
        It is shown only now, and is good until the day of the meeting is over. With a new one this one ends.
          Er wird nur jetzt gezeigt und gilt, bis der Tag des Treffens vorbei ist. Mit einem neuen endet dieser.
        Make a new link
          Einen neuen Link erstellen
        No meeting is planned yet to which you could invite.
          Es ist noch kein Treffen geplant, zu dem du einladen könntest.
        Only where they were here as often as your policy allows.
          Nur wenn sie schon so oft da waren, wie eure Regeln erlauben.
        Reminding visitors
          Gäste erinnern
        Say whether you come
          Sag zu oder ab
        Send the invitation to that e-mail
          Die Einladung an diese E-Mail senden
        Thank you for saying so. Should you find time after all, say here that you come.
          Danke für die Nachricht. Solltest du doch Zeit finden, sag hier zu.
        Thank you! Until the day of the meeting you can change here what you said.
          Danke! Bis zum Tag des Treffens kannst du deine Angaben hier ändern.
        The day of the meeting has passed, or a newer link was made. Ask whoever invited you for another.
          Der Tag des Treffens ist vorbei, oder es gibt einen neueren Link. Bitte die Person, die dich eingeladen hat, um einen anderen.
        The seat {1} is held at the moment. They are welcome as a guest; they cannot apply for it.
          Der Platz {1} ist zurzeit besetzt. Als Gast ist die Person willkommen; bewerben kann sie sich darum nicht.
        Their link
          Ihr Link
        They cannot come.
          Sagt ab.
        They cannot come: {1}
          Sagt ab: {1}
        They come, and agreed on {1} that this is kept.
          Sagt zu, und hat am {1} zugestimmt, dass dies gespeichert wird.
        This invitation is over
          Diese Einladung ist vorbei
        This meeting does not take place. Whoever invited you will tell you of another.
          Dieses Treffen findet nicht statt. Wer dich eingeladen hat, nennt dir ein anderes.
        Visits so far
          Besuche bisher
        We remind you two working days before.
          Wir erinnern dich zwei Werktage vorher.
        Welcome, {1}
          Willkommen, {1}
        What stands above is kept to prepare your visit and to stay in touch. At the meeting all see your name and your company; the rest only whoever invited you, and those who look after visitors in this chapter. It is erased 24 months after your visit, and at any time before that when you ask for it.
          Was oben steht, wird gespeichert, um deinen Besuch vorzubereiten und in Verbindung zu bleiben. Name und Firma sehen beim Treffen alle, das Übrige nur, wer dich eingeladen hat, und wer sich in diesem Chapter um Gäste kümmert. Es wird 24 Monate nach deinem Besuch gelöscht, und jederzeit vorher, wenn du darum bittest.
        What you said
          Deine Angaben
        Where you know it.
          Wenn du sie kennst.
        Why they may come once more
          Warum sie noch einmal kommen dürfen
        Why you thought of them; they read it first.
          Warum du an sie gedacht hast; sie lesen es zuerst.
        Why, if you like to say
          Warum, wenn du magst
        Will you come?
          Kommst du?
        You are expected.
          Du wirst erwartet.
        You are invited to a meeting of {1}.
          Du bist zu einem Treffen von {1} eingeladen.
        You are invited to a meeting.
          Du bist zu einem Treffen eingeladen.
        You cannot come this time.
          Diesmal kannst du nicht kommen.
        You cannot come?
          Du kannst nicht kommen?
        You get this one mail because somebody you know gave us your address. Where you do not answer, you hear no more of us. The link is yours alone, and good until the day is over.
          Du bekommst diese eine E-Mail, weil uns jemand, den du kennst, deine Adresse gegeben hat. Antwortest du nicht, hörst du nichts mehr von uns. Der Link gehört dir allein und gilt, bis der Tag vorbei ist.
        You get this one mail because you are expected at the meeting. The link is yours alone, and good until the day is over.
          Du bekommst diese eine E-Mail, weil du beim Treffen erwartet wirst. Der Link gehört dir allein und gilt, bis der Tag vorbei ist.
        Your visit to {1}, {2}
          Dein Besuch bei {1}, {2}
        an invitation is to a meeting that is still to come and takes place; choose its day
          eine Einladung gilt einem Treffen, das noch kommt und stattfindet; wähle seinen Tag
        cannot come
          sagt ab
        comes
          kommt
        consented at
          zugestimmt am
        declined at
          abgesagt am
        declined because
          Grund der Absage
        folded profession
          Beruf, vereinheitlicht
        further visit because
          Grund des weiteren Besuchs
        give it, or send the link yourself
          gib sie an, oder sende den Link selbst
        greeting
          Zeile zur Einladung
        made at
          erstellt am
        may apply now
          kann sich jetzt bewerben
        nobody knows an e-mail of this visitor
          niemand kennt eine E-Mail dieses Gasts
        nobody knows an e-mail of this visitor; give one, or send the link yourself
          niemand kennt eine E-Mail dieses Gasts; gib eine an, oder sende den Link selbst
        seat held
          Platz besetzt
        secret hash
          Prüfsumme des Geheimnisses
        the chapter
          das Chapter
        there is no meeting to come on {1}
          am {1} ist kein Treffen, das noch kommt
        they were here as often as the policy allows before somebody applies; open an application, invite them as a guest, or have who looks after visitors give a reason
          sie waren so oft da, wie die Regeln vor einer Bewerbung erlauben; eröffne eine Bewerbung, lade sie als Gast ein, oder lass jemanden, der sich um Gäste kümmert, einen Grund angeben
        visitor link
          Link eines Gasts
        without it nothing of this may be kept; tick the box if you agree
          ohne sie darf nichts davon gespeichert werden; setze den Haken, wenn du zustimmst
        you
          du
        {1} of {2}
          {1} von {2}
        {1} has been here {2} times
          {1} war schon {2}-mal da
        {1} invites you to a meeting of {2}.
          {1} lädt dich zu einem Treffen von {2} ein.
        {1} invites you to a meeting.
          {1} lädt dich zu einem Treffen ein.
        {1} is invited
          {1} ist eingeladen
        {1} looks forward to your visit.
          {1} freut sich auf deinen Besuch.
        """
}
