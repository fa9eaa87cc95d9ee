"""What EdCamps keep: boards, cards, votes and sessions, each with their queries."""
