"""Changes told to other systems: from the ledger, in order, signed, until they have arrived."""
