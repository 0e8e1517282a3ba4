"""Proofs that anyone can run: `python -m tests.benchmarks.<name> [--json]`.

Each prints a table for people or, with --json, one object that says with "holds" whether the goal it states is met.
"""
