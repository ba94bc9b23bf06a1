"""The simulator of Prisme 365, asked by a plain client."""
