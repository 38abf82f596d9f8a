"""What may happen: the policy, the door for change, the services, and the hall above them."""
