"""From the text of a data file to checked records, or to problems that say where and why."""
