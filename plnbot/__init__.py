"""plnbot: a professional learning network for teachers, in the rooms they already sit in."""
