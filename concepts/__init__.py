"""What words mean: the concept model, the source mappings and the generator that turns both into a warehouse."""
