"""What does the writer want? Bytes become a Mail (parse), a Mail becomes a Reading (read), by rules written as data."""
