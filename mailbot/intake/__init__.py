"""Mail comes in: its bytes are kept, and only then acknowledged; nobody reads them here."""
