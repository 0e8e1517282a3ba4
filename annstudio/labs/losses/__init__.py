"""What losses look like, and what they do to a fit."""
