"""KMD Momentum's simulator, asked by a plain client."""
