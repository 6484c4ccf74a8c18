"""Helpers for tests: a real hub in a temporary folder, people in it, and a clock to move."""
