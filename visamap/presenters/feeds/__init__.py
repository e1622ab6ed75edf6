"""Dated events for feed readers and calendars."""
