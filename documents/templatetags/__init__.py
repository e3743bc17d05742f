"""Tags of the templates of papers."""
