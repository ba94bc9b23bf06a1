"""GraphQL as the vendor systems of the town speak it."""
