"""The gallery: every template with its picture."""
