"""What activations do: zones, softmax, depth, extreme numbers, and their history."""
