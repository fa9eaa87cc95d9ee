"""Q1/A1 chats: planned from pasted questions, run on time, archived by question."""
