"""The dated events for feed readers and calendars."""
