"""Fetches newer data, checks it, and puts it into force: nothing is ever fetched unasked.

``update_matrix`` is for the table of all passports, ``update_data`` for our own data file,
``undo`` goes back to the copy before. Whatever goes wrong, the data in use stays as it was and the
error says what happened. One update runs at a time. The clock is the caller's.
"""

from visamap.update.fetch import Bounds
from visamap.update.steps import undo, update_data, update_matrix

__all__ = ["Bounds", "undo", "update_data", "update_matrix"]
