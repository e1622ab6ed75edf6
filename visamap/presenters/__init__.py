"""Results in every form they leave the house in; a presenter sees results and nothing else."""
