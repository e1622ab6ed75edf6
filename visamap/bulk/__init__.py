"""Whole lists of travellers: DuckDB on one machine, Spark on a cluster, Python for short ones.

No rule about visas lives here. The answers come from ``queries.decisions`` as small tables, the
codes from the resolver, and one SQL text joins them to the list in either engine. DuckDB and Spark
have their rooms here, each imported when it is asked for.
"""
