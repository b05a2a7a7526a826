"""Recognition: the rules as shipped, and what they say of units on a day."""
