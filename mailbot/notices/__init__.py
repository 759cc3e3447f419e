"""What we say unasked: one module per letter, each a pure function from an order and its news to a Decision."""
