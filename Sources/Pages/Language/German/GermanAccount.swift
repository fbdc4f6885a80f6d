extension German {
    /// What pages say where people come in, and around every page.
    static let account = """
        A code of your app, or a recovery code
          Ein Code deiner App oder ein Wiederherstellungscode
        A new one
          Ein neues
        A password for {1}
          Ein Passwort für {1}
        Account
          Konto
        Accounts elsewhere
          Konten anderswo
        All of it, from every chapter, as a file that you and programs can read. It is yours alone: you are asked for your password first, unless you gave it in the last quarter of an hour.
          Alles, aus jedem Chapter, als Datei, die du und Programme lesen können. Sie ist nur für dich: Du wirst zuerst nach deinem Passwort gefragt, außer du hast es in der letzten Viertelstunde eingegeben.
        An app on your phone shows six digits that change every half minute. Who has your password has not got those.
          Eine App auf deinem Telefon zeigt sechs Ziffern, die alle halbe Minute wechseln. Wer dein Passwort hat, hat die noch nicht.
        An operator needs a second factor; without it you have no operator's rights here.
          Wer Chapterhouse betreibt, braucht einen zweiten Faktor; ohne ihn hast du hier keine Betreiberrechte.
        At least 12 characters, better 15. Every other device is signed out, and every token ends.
          Mindestens 12 Zeichen, besser 15. Alle anderen Geräte werden abgemeldet, und jeder Token endet.
        At least 12 characters, better 15: a few words that do not belong together. Every other device is signed out.
          Mindestens 12 Zeichen, besser 15: ein paar Wörter, die nicht zusammengehören. Alle anderen Geräte werden abgemeldet.
        Attendance and everything else of your office goes on without.
          Anwesenheit und alles andere in deinem Amt geht auch ohne.
        Back
          Zurück
        Change it
          Ändern
        Chapter
          Chapter
        Chapterhouse: networking done right, all year round.
          Chapterhouse: richtig netzwerken, das ganze Jahr.
        Choose a new password
          Neues Passwort wählen
        Compare its chapters
          Die Chapter vergleichen
        Download it
          Herunterladen
        E-mail
          E-Mail
        Each time somebody else could read private figures of yours, by a page, a program or the operator’s shell. Who saw a card of yours, or how to reach you as a visitor, stands here once a day.
          Jedes Mal, wenn jemand anderes private Zahlen von dir lesen konnte, über eine Seite, ein Programm oder die Kommandozeile des Betreibers. Wer eine Karte von dir gesehen hat, oder wie du als Gast zu erreichen bist, steht hier einmal am Tag.
        End it
          Beenden
        For {1}.
          Für {1}.
        From now on you sign in with {1}.
          Von nun an meldest du dich mit {1} an.
        From tomorrow on you need a second factor to record slips for others, to import files, and to change members, offices and policy.
          Ab morgen brauchst du einen zweiten Faktor, um für andere Einträge zu erfassen, Dateien zu importieren und Mitglieder, Ämter und Regeln zu ändern.
        Go in
          Hinein
        Go on
          Weiter
        Go on to {1}
          Weiter zu {1}
        Good to see you, {1}
          Schön, dich zu sehen, {1}
        Home
          Start
        How many days it lasts
          Wie viele Tage er gilt
        I forgot my password
          Ich habe mein Passwort vergessen
        I have kept it
          Ich habe es aufbewahrt
        If {1} belongs to somebody here, a link is on its way. It works once, and not for long.
          Falls {1} hier jemandem gehört, ist ein Link unterwegs. Er gilt einmal und nicht lange.
        In {1} days you will need a second factor to record slips for others, to import files, and to change members, offices and policy.
          In {1} Tagen brauchst du einen zweiten Faktor, um für andere Einträge zu erfassen, Dateien zu importieren und Mitglieder, Ämter und Regeln zu ändern.
        Is it still you?
          Bist das noch du?
        Is it you?
          Bist das du?
        It is me
          Ich bin es
        It is on. You have {1} recovery codes left.
          one: Er ist an. Du hast noch {1} Wiederherstellungscode.
          Er ist an. Du hast noch {1} Wiederherstellungscodes.
        It works
          Es geht
        Keep this password
          Dieses Passwort behalten
        Keep this password and come in
          Dieses Passwort behalten und hereinkommen
        Language
          Sprache
        Link your account at {1}
          Dein Konto bei {1} verknüpfen
        Log
          Erfassen
        Look
          Ansehen
        Look into your mail
          Schau in deine E-Mails
        Make one
          Token erstellen
        Meeting
          Sitzung
        More
          Mehr
        No password? Sign out, and come in with a new link.
          Kein Passwort? Melde dich ab und komm mit einem neuen Link herein.
        Nobody has looked at your figures but you.
          Außer dir hat niemand deine Zahlen angesehen.
        Nobody here has linked this account
          Niemand hier hat dieses Konto verknüpft
        Not linked yet
          Noch nicht verknüpft
        Nothing there after some minutes? Look among the unwanted mail, or ask a leader of your chapter under which address they know you.
          Nach einigen Minuten noch nichts da? Sieh im Spam-Ordner nach oder frag jemanden aus dem Führungsteam deines Chapters, unter welcher Adresse du bekannt bist.
        Nothing was kept yet.
          Noch wurde nichts gespeichert.
        On to {1}
          Weiter zu {1}
        Open {1} on the phone with your app, or type this key into it:
          Öffne {1} auf dem Telefon mit deiner App oder tippe diesen Schlüssel dort ein:
        Pages are written in
          Sprache der Seiten
        Password
          Passwort
        Privacy
          Privatsphäre
        Rather not
          Lieber nicht
        Reports
          Berichte
        Second factor
          Zweiter Faktor
        Send a link there
          Link dorthin senden
        Send me a link
          Schick mir einen Link
        Set it up
          Einrichten
        Set it up, in two minutes
          In zwei Minuten einrichten
        Sign in
          Anmelden
        Sign in another way
          Anders anmelden
        Sign in there with the account that you want to use here. From then on it lets you in.
          Melde dich dort mit dem Konto an, das du hier verwenden willst. Von da an lässt es dich herein.
        Sign in with {1}
          Mit {1} anmelden
        Sign it out
          Abmelden
        Sign out everywhere else
          Überall sonst abmelden
        Sign out here
          Hier abmelden
        Skip to the content
          Zum Inhalt springen
        Switch it off
          Ausschalten
        The one you have
          Dein bisheriges
        The operator’s shell
          Die Kommandozeile des Betreibers
        The six digits that it shows now
          Die sechs Ziffern, die sie jetzt zeigt
        The six digits that your app shows, or a recovery code
          Die sechs Ziffern aus deiner App oder ein Wiederherstellungscode
        To the start
          Zum Anfang
        Tokens for programs
          Tokens für Programme
        Unlink it
          Verknüpfung lösen
        We send a link to your e-mail. It works once.
          Wir schicken dir einen Link per E-Mail. Er gilt einmal.
        Welcome to Chapterhouse
          Willkommen bei Chapterhouse
        What is kept about you
          Was über dich gespeichert ist
        What it is for
          Wofür er ist
        What you earned, and your return, is yours alone, unless you share it or your chapter has decided to. Sums that hide single members hold it in any case.
          Was du verdient hast und dein Ertrag gehören dir allein, außer du gibst sie frei oder dein Chapter hat es so beschlossen. Summen, aus denen niemand Einzelnes hervorgeht, enthalten sie immer.
        What you want to change lets others in if it is not you. Show it once more.
          Was du ändern willst, lässt andere herein, wenn du es nicht bist. Zeig es noch einmal.
        Where you are signed in
          Wo du angemeldet bist
        Who can sign in there can sign in here.
          Wer sich dort anmelden kann, kann sich auch hier anmelden.
        Who looked
          Wer nachgesehen hat
        Who looked at your private figures, who may, and what is kept about you.
          Wer deine privaten Zahlen angesehen hat, wer es darf, und was über dich gespeichert ist.
        Who may see what you earned
          Wer sehen darf, was du verdient hast
        Without a password
          Ohne Passwort
        Yes, this is my address
          Ja, das ist meine Adresse
        You
          Du
        You are a member of no chapter.
          Du bist Mitglied in keinem Chapter.
        You are a member.
          Du bist Mitglied.
        You are who you say at {1}, but we do not know who that is here. Sign in with your password or a link by mail; then link the account at “Your account”. From then on it lets you in.
          Bei {1} bist du, wer du sagst, aber wir wissen nicht, wer das hier ist. Melde dich mit deinem Passwort oder einem Link per E-Mail an; verknüpfe das Konto dann unter „Dein Konto“. Von da an lässt es dich herein.
        You are {1}.
          Du bist hier: {1}.
        You belong to no chapter today. A leader of yours can add you.
          Du gehörst heute zu keinem Chapter. Jemand aus deinem Führungsteam kann dich hinzufügen.
        You direct this region.
          Du leitest diese Region.
        You need a second factor to record slips for others, to import files, and to change members, offices and policy.
          Du brauchst einen zweiten Faktor, um für andere Einträge zu erfassen, Dateien zu importieren und Mitglieder, Ämter und Regeln zu ändern.
        You sign in as nobody: you have no e-mail.
          Du kannst dich nicht selbst anmelden: Du hast keine E-Mail.
        You sign in as {1}.
          Du meldest dich als {1} an.
        Your account
          Dein Konto
        Your chapters
          Deine Chapter
        Your code
          Dein Code
        Your e-mail
          Deine E-Mail
        Your new address
          Deine neue Adresse
        Your password
          Dein Passwort
        a program without a name
          ein Programm ohne Namen
        a card that you share
          eine Karte, die du teilst
        business between you and others
          Geschäfte zwischen dir und anderen
        everything that is kept about you
          alles, was über dich gespeichert ist
        for reading only
          nur zum Lesen
        how you can be reached, from a referral
          wie du zu erreichen bist, aus einer Empfehlung
        how you can be reached, from your application
          wie du zu erreichen bist, aus deiner Bewerbung
        how you can be reached, from your visit
          wie du zu erreichen bist, von deinem Besuch
        its leaders do not see it
          die Leitung sieht es nicht
        its leaders see it
          die Leitung sieht es
        last seen {1}
          zuletzt gesehen {1}
        private figures
          private Zahlen
        the quality of your referrals
          die Qualität deiner Empfehlungen
        this address
          diese Adresse
        this one
          dieses hier
        until {1}, last used {2}
          bis {1}, zuletzt verwendet {2}
        until {1}, never used
          bis {1}, nie verwendet
        what you gave thanks for
          wofür du dich bedankt hast
        your monthly return
          dein Ertrag des Monats
        your return on time
          dein Ertrag je Stunde
        {1}, for reading
          {1}, zum Lesen
        {1}, in {2}
          {1}, in {2}
        {1}, since {2}
          {1}, seit {2}
        """
}
