"""The words: the Rammearkitektur's objects as facts with three times, and the store that keeps them."""
