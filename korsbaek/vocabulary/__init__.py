"""The invented but Danish words of the town: names, roads, cases, benefits and care."""
