"""The document as a value: design graph, settings, edits, critic, compilation, file."""
