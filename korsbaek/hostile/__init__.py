"""Vendor systems that misbehave on purpose, by a file that says which, how and when (docs/hostile.md)."""
