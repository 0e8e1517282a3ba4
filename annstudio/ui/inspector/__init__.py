"""The inspector: settings of what is selected, made from what the entries declare."""
