"""What people and shops reach by HTTP: the shop's API, the customer's pages, the staff's case page."""
