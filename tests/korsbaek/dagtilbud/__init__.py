"""The placement system's simulator, held to the OpenAPI file that the project ships."""
