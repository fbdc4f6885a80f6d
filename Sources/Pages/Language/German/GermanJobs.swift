extension German {
    /// What the operator's page of scheduled work says.
    static let jobs = """
        Adding up months that are over
          Vergangene Monate zusammenzählen
        Done lately
          Zuletzt erledigt
        Forgetting old work
          Alte Arbeiten vergessen
        Nothing waits, and nothing was given up.
          Nichts wartet, und nichts wurde aufgegeben.
        Occasion
          Anlass
        Planning what is due
          Planen, was fällig ist
        Reminders and the like, each once for its occasion. What fails is tried again, up to eight times.
          Erinnerungen und dergleichen, jede einmal für ihren Anlass. Was misslingt, wird noch einmal versucht, bis zu acht Mal.
        Scheduled work
          Geplante Arbeiten
        Sealing the audit trail
          Das Protokoll versiegeln
        Try again
          Noch einmal versuchen
        What waits or failed
          Was wartet oder misslang
        done
          erledigt
        its time was over before it was done
          seine Zeit war vorbei, bevor es getan war
        its time was over when it was planned
          seine Zeit war vorbei, als es geplant wurde
        skipped
          übersprungen
        """
}
