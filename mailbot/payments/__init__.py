"""How money moves: payment methods, business days, the timetable of unpaid orders, GiroCodes, refunds. Pure."""
