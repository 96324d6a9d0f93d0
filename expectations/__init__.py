"""Expectations: what suppliers promise us (gate in) and what we promise receivers (gate out)."""
