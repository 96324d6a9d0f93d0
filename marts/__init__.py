"""Marts: the figures that analysts read, the cards that define them, and the releases that hold them."""
