"""Set-up of a fresh machine; standard library only, it runs before anything is installed."""
