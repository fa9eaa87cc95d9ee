"""What people and time do to boards: laid, changed, led through phases; cards posted, merged and voted on."""
