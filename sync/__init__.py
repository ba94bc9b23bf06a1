"""The way in: land what a connector reads, place it as facts, consolidate. Knows connectors and the store, not airflow."""
