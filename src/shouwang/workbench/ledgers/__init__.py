"""The pages of ledgers: every list, record and form follows from the ledger's declaration."""
