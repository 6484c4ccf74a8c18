"""From signals to a list: features, blend, diversity, reasons, exploration."""
