"""The questions of the registry, one module per field; names and words become codes here."""
