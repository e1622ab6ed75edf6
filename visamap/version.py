"""The version of the code, a calendar version ``YYYY.M.patch``; of the data speaks its release."""

__version__ = "2026.11.0"
