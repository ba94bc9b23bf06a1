"""What the object registers of Stoettesystemerne share (SF1500 v6): soeg gives UUIDs, list the objects behind them."""
