"""Frozen answers, one module per question, loaded by that question alone.

A result holds codes, numbers, days and ids; sentences belong to the presenters. Days are
``datetime.date``; every limit, count and stay is in the unit its field name says.
"""
