"""Whole lists of travellers: Arrow on one machine, Spark on a cluster, Python for short ones."""
