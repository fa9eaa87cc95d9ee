"""Pages of EdCamps: the list of boards, and a board."""
