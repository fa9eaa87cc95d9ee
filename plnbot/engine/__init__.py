"""The engine: takes in what people do, does what is due, and sends what is to be said."""
