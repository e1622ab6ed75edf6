"""Results in words, tables and every form they leave in; it sees results and nothing else."""
