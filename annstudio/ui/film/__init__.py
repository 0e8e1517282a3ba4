"""The dialog that exports a run as a film."""
