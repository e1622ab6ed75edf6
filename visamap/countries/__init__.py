"""Codes and names of countries and travel documents, in many languages.

``resolver`` answers what a person meant and is all that a question needs; ``catalogue`` builds its
tables when the data is compiled and is the only room of pycountry. This door imports neither, so
that each is paid for only where it is used.
"""
