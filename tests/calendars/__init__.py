"""Tests of the calendars: what is written, read back by three programs; what comes in."""
