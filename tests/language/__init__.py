"""Words, dates and addresses of pages."""
