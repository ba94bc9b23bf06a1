"""Speed, as ratios to peers and physical limits measured in the same run: python -m benchmarks."""
