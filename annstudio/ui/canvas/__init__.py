"""The canvas: layers as cards, wired by hand."""
