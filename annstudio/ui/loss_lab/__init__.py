"""The loss lab: curves, outliers, convexity, and sums beside means."""
