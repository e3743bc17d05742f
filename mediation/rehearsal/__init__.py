"""Plays a story (who does what on which day, what must then be true) through the real system."""
