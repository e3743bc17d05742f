"""WIRING: settings, addresses, API root, set-up and server. Imported by nobody."""
