"""The activation explorer: curves, softmax, depth, extreme numbers, history."""
