"""Fetches newer data, checks it, and puts it into force: nothing is ever fetched unasked.

``update_matrix`` is for the table of all passports, ``update_data`` for our own data file,
``undo`` goes back to the copy before. Whatever goes wrong, the data in use stays as it was and the
error says what happened. One update runs at a time. The clock is the caller's.
"""

from visamap.dataset.update.fetch import Bounds
from visamap.dataset.update.orders import undo, update_matrix
from visamap.dataset.update.release import update_data

__all__ = ["Bounds", "undo", "update_data", "update_matrix"]
