"""What reading decides, and the values that it decides on. Pure."""
