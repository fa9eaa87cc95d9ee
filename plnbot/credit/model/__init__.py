"""What credit decides, without a database: entries, the chain, what is checked, what is drafted."""
