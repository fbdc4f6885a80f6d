extension German {
    /// What stands around the figures in an XLSX file.
    static let workbooks = """
        About
          Erläuterung
        Column
          Spalte
        In the API
          In der API
        No.
          Nr.
        Numbers of more than 15 digits are written as text: Excel would round them.
          Zahlen mit mehr als 15 Stellen stehen als Text da: Excel würde sie runden.
        Table
          Tabelle
        What it means
          Was es bedeutet
        """
}
