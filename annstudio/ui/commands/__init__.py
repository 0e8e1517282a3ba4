"""The command palette: everything that can be done, found by typing a few of its letters."""
