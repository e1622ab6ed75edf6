"""Assistants: the questions as tools, acts and sources to read, over MCP (extra ``mcp``).

The only room that knows the protocol's SDK. It reads words, asks ``visamap.envelopes`` and hands
out the answers of the other doors; nothing here writes, fetches or decides about visas.
"""
