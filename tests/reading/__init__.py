"""Reading: what it decides, and what comes of feeds."""
