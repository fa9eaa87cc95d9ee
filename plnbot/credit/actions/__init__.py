"""What is done with credit, one plain function each."""
