"""The entrance, room by room."""
