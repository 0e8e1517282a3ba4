"""The mathematics behind each lab, without Qt."""
