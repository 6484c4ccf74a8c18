"""Model bundles on disk: versions with lineage, an atomic `current`, rollback."""
