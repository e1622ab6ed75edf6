"""Answers as plain text of any width, one file for each question."""
