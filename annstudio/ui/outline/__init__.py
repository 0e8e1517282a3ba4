"""The outline: the network as a list, for who reads it in order, by keyboard or by ear."""
