"""What is done with programmes, memberships, rounds and introductions."""
