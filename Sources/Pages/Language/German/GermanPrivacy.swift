extension German {
    /// What is kept of people, and how it is erased.
    static let privacy = """
        the only operator of the installation cannot be erased; ask another one in first
          der einzige Betreiber der Installation kann nicht gelöscht werden; lade zuerst einen weiteren ein
        this address or number is that of a person of the installation; erase them with person erase
          diese Adresse oder Nummer gehört einer Person der Installation; lösche sie mit person erase
        this e-mail is of somebody who asked not to be kept; leave it out, or have the operator let them return
          diese E-Mail-Adresse gehört jemandem, der nicht gespeichert werden will; lass sie weg, oder bitte den Betreiber, ihn wieder zuzulassen
        this number is of somebody who asked not to be kept; leave it out, or have the operator let them return
          diese Nummer gehört jemandem, der nicht gespeichert werden will; lass sie weg, oder bitte den Betreiber, ihn wieder zuzulassen
        whoever is a member or directs a region is erased after that has ended; end it first
          wer Mitglied ist oder eine Region leitet, wird gelöscht, wenn das beendet ist; beende es zuerst
        """
}
