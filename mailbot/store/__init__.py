"""What is kept: the tables, the queries by name, and the one way to a transaction."""
