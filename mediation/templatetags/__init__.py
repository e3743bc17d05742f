"""Words, shapes and dates for the templates."""
