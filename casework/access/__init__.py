"""Who sees and does what: one table (`matrix.yaml`), read by policies, pages and documentation alike."""
