"""Lesson files: load, check, mark."""
