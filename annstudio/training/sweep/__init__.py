"""Sweeps: the same network trained with other settings and seeds, in processes beside each other, and ranked."""
