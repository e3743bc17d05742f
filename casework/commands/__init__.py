"""The file changes only by a command: keyword-only, atomic, who and when passed in, one event."""
