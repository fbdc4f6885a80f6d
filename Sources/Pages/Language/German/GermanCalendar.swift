extension German {
    /// What is said of calendars that phones subscribe to, and in them.
    static let calendar = """
        Calendar
          Kalender
        Calendar of the chapter
          Kalender des Chapters
        Cancelled: {1}
          Abgesagt: {1}
        Code of the address
          Code der Adresse
        Holiday, no meeting: {1}
          Feiertag, keine Sitzung: {1}
        In your own calendar
          Im eigenen Kalender
        It has an address
          Er hat eine Adresse
        It has no address yet
          Er hat noch keine Adresse
        It is shown only now. Whoever has it may read when and where you meet.
          Sie wird nur jetzt angezeigt. Wer sie hat, kann lesen, wann und wo ihr euch trefft.
        It is shown only now. Whoever has it reads what you read there: give it to nobody. It holds nobody’s e-mail or telephone.
          Sie wird nur jetzt angezeigt. Wer sie hat, liest, was du dort liest: Gib sie niemandem. E-Mail-Adressen und Telefonnummern stehen nicht darin.
        Made on {1}. It was shown then; where it is lost, make a new one.
          Erstellt am {1}. Sie wurde damals angezeigt; ist sie verloren, erstelle eine neue.
        Make a new one
          Eine neue erstellen
        Make an address
          Eine Adresse erstellen
        On this device
          Auf diesem Gerät
        On your phone
          Auf deinem Telefon
        Read this with your phone, and say yes when it asks whether to subscribe.
          Lies das mit deinem Telefon ein und stimme zu, wenn es fragt, ob du abonnieren möchtest.
        Subscribe
          Abonnieren
        The meetings of the chapter for everybody who subscribes to them, from its website say: where and when, the topics, and what is cancelled. Nobody is named.
          Die Sitzungen des Chapters für alle, die sie abonnieren, etwa auf seiner Website: wo und wann, die Themen und was abgesagt ist. Niemand wird genannt.
        The meetings of your chapters in the calendar of your phone or computer, which looks for changes by itself: where and when, the programme, and what is cancelled.
          Die Sitzungen deiner Chapter im Kalender deines Telefons oder Computers, der selbst nach Änderungen sieht: wo und wann, das Programm und was abgesagt ist.
        The meetings of your chapters, in the calendar of your phone.
          Die Sitzungen deiner Chapter, im Kalender deines Telefons.
        Where nothing opens, copy this address to where your calendar adds one by its address:
          Öffnet sich nichts, kopiere diese Adresse dorthin, wo dein Kalender einen weiteren über seine Adresse hinzufügt:
        With a new one the old one leads nowhere: devices that subscribed to it have to subscribe again.
          Mit einer neuen führt die alte nirgendwohin: Geräte, die sie abonniert haben, müssen neu abonnieren.
        Your calendar
          Dein Kalender
        chapter calendar
          Kalender des Chapters
        made at
          erstellt am
        secret hash
          Prüfsumme des Geheimnisses
        """
}
