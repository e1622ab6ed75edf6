"""The web: one page a person understands, and the same answers for programs (extra ``web``)."""
