"""The network as neurons and weighted links, in place of cards."""
