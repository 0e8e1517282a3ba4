"""The glass box: the room in which one step of training is taken apart."""
