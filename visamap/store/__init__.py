"""The facts of one release, laid out for asking: opened, decoded when asked, found by name."""
