"""What can be ranked, in memory: events, reels and picks as rows of contiguous arrays."""
