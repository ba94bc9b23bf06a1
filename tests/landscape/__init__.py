"""Every further system of the town, on its whole way into a store."""
