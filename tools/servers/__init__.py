"""The real servers of the grown-up topology on a bare machine: `python -m tools.servers up|down|status|logs|reset`."""
