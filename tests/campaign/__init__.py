"""Schedules of faults, drawn by chance from a seed, and the truth that every receipt is held to."""
