"""What may happen: the law, the door for change, the desks, and the hall above them."""
