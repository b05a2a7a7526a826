"""The bands of communes, by criteria met, that the programme's plans and reports speak of."""

# "below 10" holds "below 5".
BANDS = {
    "below_5": range(5),
    "below_10": range(10),
    "from_10_to_14": range(10, 15),
    "from_15_not_all": range(15, 1_000),
}
