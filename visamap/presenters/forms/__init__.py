"""Answers as JSON, CSV and Markdown: the same for every question, worked out from the results."""
