"""The loss landscape: optimizers race on the student's own network."""
