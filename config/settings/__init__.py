"""Settings: `base` for all, then `dev`, `test` or `production`; what differs by house comes from the environment."""
