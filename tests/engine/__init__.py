"""The engine on real databases: what is durable, who may, and what goes out."""
