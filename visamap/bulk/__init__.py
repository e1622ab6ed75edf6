"""Whole lists of travellers: Arrow on one machine, Spark on a cluster, Python for short ones.

No rule about visas lives here. The answers come from ``queries.decisions``, the codes from the
resolver, and one function answers a block of a list for either engine. Arrow and Spark are imported
when they are asked for.
"""
