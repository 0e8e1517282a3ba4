"""The cost of a network over its weights: optimizers race down it, and slices show what it looks like around them."""
