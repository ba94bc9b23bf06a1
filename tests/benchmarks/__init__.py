"""The benchmarks' own logic; what they measure is run by make bench."""
