"""What a ledger (台账) is: its declaration, its template, and how workbooks are read into it."""
