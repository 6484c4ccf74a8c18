"""The signals that find candidates: factors, sequence, transitions, trends, content, nearness."""
