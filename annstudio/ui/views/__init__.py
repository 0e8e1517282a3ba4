"""Live views: what a run looks like while it learns."""
