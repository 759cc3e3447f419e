"""Who really wrote this? Evidence from DNS, signatures and trusted headers, and the grade of proof it makes."""
