"""The simulator of Columna Cura, asked by a plain client."""
