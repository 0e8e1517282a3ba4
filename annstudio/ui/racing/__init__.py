"""A race as it is shown: map, relief, table, and what moves one of those who race."""
