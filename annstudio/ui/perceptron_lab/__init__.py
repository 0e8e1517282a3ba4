"""The perceptron lab: one neuron, its line and its samples."""
