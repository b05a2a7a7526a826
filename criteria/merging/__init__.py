"""Units formed from others: their former units, what these last reported, what is proposed."""
