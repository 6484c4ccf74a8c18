"""The shared library of the hub: everything a service needs that is not its own rule."""
