"""Where each element of the contracts lives in the model, or why it is left out: data, and a text made of it."""
