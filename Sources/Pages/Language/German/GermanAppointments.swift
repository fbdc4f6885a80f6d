extension German {
    /// One-to-ones to come, and what is told of them and of introductions.
    static let appointments = """
        a one-to-one is with somebody else
          ein Vier-Augen-Gespräch führt man mit jemand anderem
        a one-to-one takes from 5 minutes to a day
          ein Vier-Augen-Gespräch dauert von 5 Minuten bis zu einem Tag
        accepted on
          zugesagt am
        agreed
          verabredet
        Agreed
          Verabredet
        An introduction: whether you would like to, and when both say yes
          Eine Vorstellung: ob du möchtest, und wenn beide ja sagen
        Answer it
          Antworten
        appointment
          Verabredung
        Both have said yes to being introduced. How to reach each other is on your page of {1}.
          Beide möchten einander kennenlernen. Wie man sich erreicht, steht auf deiner Seite von {1}.
        both: {1}
          beide: {1}
        both have to be members on that day
          beide müssen an dem Tag Mitglied sein
        Both of you get a mail with an entry for the calendar.
          Ihr bekommt beide eine Mail mit einem Eintrag für den Kalender.
        Both say yes to an introduction
          Beide sagen ja zu einer Vorstellung
        Call it off
          Absagen
        called off on
          abgesagt am
        give a day and a time to come, within a year
          gib einen Tag und eine Uhrzeit an, die noch kommen, innerhalb eines Jahres
        How long
          Wie lange
        Invite {1} to a one-to-one
          {1} zum Vier-Augen-Gespräch einladen
        invited id
          Nummer des Eingeladenen
        invited person id
          Person des Eingeladenen
        inviter id
          Nummer des Einladenden
        inviter person id
          Person des Einladenden
        is off by inviter
          abgesagt vom Einladenden
        One-to-one with {1}, not answered yet
          Vier-Augen-Gespräch mit {1}, noch nicht beantwortet
        One-to-ones, with an entry for your calendar
          Vier-Augen-Gespräche, mit einem Eintrag für deinen Kalender
        Open the introduction
          Die Vorstellung öffnen
        Open the planner
          Den Planer öffnen
        Somebody would like to introduce you
          Jemand möchte dich vorstellen
        Professions whose clients are the same people share a sphere: building, say, or weddings. The planner brings them together.
          Berufe, deren Kunden dieselben Leute sind, teilen eine Sphäre: den Bau etwa oder Hochzeiten. Der Planer bringt sie zusammen.
        sphere
          Sphäre
        Spheres
          Sphären
        The one-to-one with {1} is called off
          Das Vier-Augen-Gespräch mit {1} ist abgesagt
        the two of you have a one-to-one to come already; call it off to invite anew
          ihr seid schon zu einem Vier-Augen-Gespräch verabredet; sage es ab, um neu einzuladen
        There is no seat yet. A member gets one on their page.
          Noch gibt es keinen Sitz. Ein Mitglied bekommt einen auf seiner Seite.
        waits for your answer
          wartet auf deine Antwort
        What about
          Worüber
        What you talked about
          Worüber ihr geredet habt
        You called it off.
          Du hast abgesagt.
        You invited {1} to a one-to-one
          Du hast {1} zum Vier-Augen-Gespräch eingeladen
        You will be told what {1} says. It is in your calendar until then.
          Du erfährst, was {1} dazu sagt. Bis dahin steht es in deinem Kalender.
        You would be introduced to somebody. Who it is and why is on your page of {1}; say there whether you would like to.
          Du würdest jemandem vorgestellt. Wer es ist und warum, steht auf deiner Seite von {1}; sag dort, ob du möchtest.
        {1} called it off. Find another day?
          {1} hat abgesagt. Findet ihr einen anderen Tag?
        {1} invites you to a one-to-one
          {1} lädt dich zum Vier-Augen-Gespräch ein
        {1} says yes to your one-to-one
          {1} sagt ja zu eurem Vier-Augen-Gespräch
        {1} will come.
          {1} kommt.
        {1} would like to introduce you to somebody. Who it is and why is on your page of {2}; say there whether you would like to.
          {1} möchte dich jemandem vorstellen. Wer es ist und warum, steht auf deiner Seite von {2}; sag dort, ob du möchtest.
        {1} would like to talk with you. Say yes or no on your page.
          {1} möchte mit dir reden. Sag auf deiner Seite ja oder nein.
        """
}
