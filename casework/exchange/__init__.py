"""Machine exchange: the shared wire format, the outbox and the inbox. No network here."""
