"""Fitting the models. `torch` and `implicit` are imported here, at their single entries, and nowhere else."""
