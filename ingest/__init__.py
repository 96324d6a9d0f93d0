"""The ingest gate: what suppliers deliver becomes typed, pseudonymous, accounted rows, or is refused."""
