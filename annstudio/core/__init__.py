"""What every package shares: texts, errors, parameters with ranges, registries, random streams, resources."""
