"""The parts of `helhed demo`, in the order in which they start."""
