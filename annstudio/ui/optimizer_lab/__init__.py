"""The optimizer lab: optimizers race over a surface."""
