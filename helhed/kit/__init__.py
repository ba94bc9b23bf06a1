"""Making connectors and judging them: what a person reads and fills in, before a vendor is ever asked."""
