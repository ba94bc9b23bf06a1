"""Tests of the words and the store."""
