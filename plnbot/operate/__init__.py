"""What an operator does with a bot: back up, restore, look after its work, watch its health."""
