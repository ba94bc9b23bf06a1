"""Systems without a door of their own: what they know reaches others only through the index that they tell (SF1470)."""
