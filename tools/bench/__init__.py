"""Measures the pages of a portal with many notices: `make bench`."""
