"""Line of a line: a stack of layers beside the one layer that they multiply to."""
