"""Invoices: the number, the tax breakdown, and the PDF/A-3 made from a template that a shop can edit."""
