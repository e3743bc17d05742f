"""THE FILE: parties, claims, deadlines, ledger, access. It does not know that a process exists."""
