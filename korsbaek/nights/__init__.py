"""What happens in a night, and the book of it."""
