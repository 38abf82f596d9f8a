"""The desk for records: written, sent round, adopted, redacted."""
