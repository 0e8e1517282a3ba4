"""The glass box: one step of training, taken apart into the numbers that make it up."""
