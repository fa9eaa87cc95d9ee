"""What an operator may change: settings, packs and languages."""
