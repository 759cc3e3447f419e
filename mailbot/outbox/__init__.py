"""Errands leave the house: letters are rendered, queued and sent; webhooks and refunds are carried out."""
