"""One neuron: its line, how it learns by three rules, and what it cannot learn."""
