"""What a network computes and how it learns, in NumPy alone."""
