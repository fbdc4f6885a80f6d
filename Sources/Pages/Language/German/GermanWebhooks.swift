extension German {
    /// What the pages of webhooks say.
    static let webhooks = """
        A member joins
          Ein Mitglied kommt hinzu
        A member leaves
          Ein Mitglied geht
        A new secret
          Ein neues Geheimnis
        A referral is passed
          Eine Empfehlung wird gegeben
        A referral moves
          Eine Empfehlung kommt voran
        A sheet is sealed
          Ein Blatt wird abgeschlossen
        Add
          Hinzufügen
        Add a webhook
          Webhook hinzufügen
        Added on {1} by {2}.
          Hinzugefügt am {1} von {2}.
        Added on {1}.
          Hinzugefügt am {1}.
        Address
          Adresse
        An address of the public internet that begins with https://.
          Eine Adresse im öffentlichen Internet, die mit https:// beginnt.
        Is told: {1}
          Erfährt: {1}
        It fails since {1}. After seven days it is switched off.
          Er scheitert seit {1}. Nach sieben Tagen wird er abgeschaltet.
        It is told nothing any more, and what it was told is forgotten with its secret.
          Er erfährt nichts mehr, und was er erfahren hat, wird mit seinem Geheimnis vergessen.
        It signs what is told from now on. For 24 hours the one before signs as well, so that your program can change in peace.
          Es unterschreibt ab jetzt, was mitgeteilt wird. 24 Stunden lang unterschreibt das vorige mit, damit Ihr Programm in Ruhe wechseln kann.
        It signs what is told from now on. Give it to your program, and send a test event then.
          Es unterschreibt ab jetzt, was mitgeteilt wird. Geben Sie es Ihrem Programm, und senden Sie dann ein Probeereignis.
        It was told nothing yet.
          Er hat noch nichts erfahren.
        Make a new secret
          Neues Geheimnis machen
        Nobody is told anything.
          Niemand erfährt etwas.
        Programs of yours that are told at once what happens in the chapter: a referral is passed, a sheet is sealed. They learn ids, dates and amounts, and nobody’s name; who earned is never told.
          Ihre eigenen Programme, die sofort erfahren, was im Chapter geschieht: eine Empfehlung wird gegeben, ein Blatt abgeschlossen. Sie erfahren Nummern, Tage und Beträge und niemandes Namen; wer verdient hat, wird nie mitgeteilt.
        Send a test event
          Probeereignis senden
        Switch it on
          Einschalten
        Switched off by hand on {1}.
          Von Hand abgeschaltet am {1}.
        Switched off on {1}: for seven days nothing that it was told was answered as it should be.
          Abgeschaltet am {1}: Sieben Tage lang wurde nichts, was er erfuhr, so beantwortet, wie es sein soll.
        Switched off on {1}: it answered 410, which says that nobody is there any more.
          Abgeschaltet am {1}: Er hat mit 410 geantwortet, und das heißt, dass dort niemand mehr ist.
        Take a webhook away
          Webhook entfernen
        Take it away
          Entfernen
        Test event
          Probeereignis
        Thanks are recorded
          Ein Dank wird erfasst
        The newest first, those of the last 30 days. What fails is tried up to eight times within two days.
          Die neuesten zuerst, die der letzten 30 Tage. Was scheitert, wird innerhalb von zwei Tagen bis zu acht Mal versucht.
        The webhook is there
          Der Webhook ist da
        This is the secret. It is shown only now: whoever has it can write what your program takes for ours.
          Das ist das Geheimnis. Es wird nur jetzt gezeigt: Wer es hat, kann schreiben, was Ihr Programm für unseres hält.
        Until {1} the former secret signs as well.
          Bis {1} unterschreibt das vorige Geheimnis mit.
        Webhooks
          Webhooks
        What happens meanwhile is not told later.
          Was inzwischen geschieht, wird später nicht mitgeteilt.
        What it was told
          Was er erfahren hat
        a chapter has at most 10 webhooks; take one away first
          Ein Chapter hat höchstens 10 Webhooks; entfernen Sie erst einen
        address
          Adresse
        answered {1}
          antwortete {1}
        choose what it is told
          wählen Sie, was er erfährt
        created at
          angelegt am
        delivered at
          zugestellt am
        event id
          Ereignis
        failing since
          scheitert seit
        fails
          scheitert
        former secret
          voriges Geheimnis
        former until
          voriges gilt bis
        give an address such as https://example.org/hook, at port 443 or 8443, with nobody before the host and nothing behind a #
          geben Sie eine Adresse wie https://example.org/hook an, mit Port 443 oder 8443, ohne Benutzer vor dem Namen und ohne etwas hinter einem #
        given up at
          aufgegeben am
        host
          Rechner
        it did not answer within 10 seconds
          er antwortete nicht innerhalb von 10 Sekunden
        it is not on the public internet
          sie liegt nicht im öffentlichen Internet
        its address is not on the public internet
          seine Adresse liegt nicht im öffentlichen Internet
        its certificate is not to be trusted
          seinem Zertifikat ist nicht zu trauen
        its name leads nowhere
          sein Name führt nirgendwohin
        its node ended before it knew
          sein Knoten endete, bevor er es wusste
        last trouble
          letzte Störung
        leased until
          in Arbeit bis
        made by
          gemacht von
        next try at
          nächster Versuch am
        next try {1}
          nächster Versuch {1}
        nobody takes the connection
          niemand nimmt die Verbindung an
        not tried yet
          noch nicht versucht
        off
          aus
        off at
          abgeschaltet am
        off because
          Grund des Abschaltens
        on
          an
        the chapter tells this address already; take that webhook away first
          Das Chapter teilt dieser Adresse schon etwas mit; entfernen Sie erst jenen Webhook
        the connection broke off
          die Verbindung brach ab
        the service could not send
          der Dienst konnte nicht senden
        the webhook is off; switch it on first
          Der Webhook ist aus; schalten Sie ihn erst ein
        the webhook was switched off
          der Webhook wurde abgeschaltet
        told
          mitgeteilt
        tried at
          versucht am
        tries
          Versuche
        webhook
          Webhook
        webhook delivery
          Mitteilung an einen Webhook
        webhook id
          Webhook
        """
}
