"""Assistants: the questions as tools, acts and sources to read, over MCP (extra ``mcp``)."""
