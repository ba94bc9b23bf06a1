"""The caseworker's view: reads the canonical store as a principal, masks, receipts and logs."""
