"""Credit: the ledger, what decides, what is drafted and shown."""
