"""What each paper states, one frozen dataclass a kind: a template prints it and nothing else."""
