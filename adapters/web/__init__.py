"""The lobby and the pages: plnbot in a browser."""
