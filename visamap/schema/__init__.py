"""One class per kind of record; unknown keys are refused, nothing is computed across records."""
