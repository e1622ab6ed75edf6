"""The forms that the data is taken away in; each is written from ``Export`` alone, byte for byte.

No form asks the clock, and none writes a file: they return what the files hold.
"""
