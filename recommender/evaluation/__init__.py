"""Judging a ranking on what happened next: metrics, replay, baselines and readers of research data."""
