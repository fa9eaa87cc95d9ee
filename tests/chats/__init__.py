"""The core alone: talk, store, engine, the capabilities and the settings."""
