"""A line of a line is a line: what a stack of layers can do with and without bends in between."""
