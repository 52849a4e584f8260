"""Pages of what leaves the house: the robots of groups, and messages that could not be delivered."""
