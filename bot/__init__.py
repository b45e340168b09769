"""People: askers, subscribers, moderators and operators, and the outlets that serve them."""
