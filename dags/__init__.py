"""When: the nightly DAGs for airflow. No logic lives here; the work is in sync."""
