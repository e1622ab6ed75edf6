"""From data files to checked, compiled records, or to problems that say where and why."""
