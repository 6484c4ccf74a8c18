"""`hub backup` and `hub restore`: one file that holds a hub, of either topology, and can become either."""
