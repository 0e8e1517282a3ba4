"""The dialog that exports a figure of the network."""
