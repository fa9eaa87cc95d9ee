"""Full text: the words, and one suite for both databases."""
