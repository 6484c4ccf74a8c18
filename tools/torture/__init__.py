"""Chat under torture: clients that drop, processes and servers that die, and a verdict on what every client saw."""
