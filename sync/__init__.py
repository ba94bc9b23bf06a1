"""The way in: land what a connector reads, place it as facts, consolidate. Knows the store, never airflow."""
