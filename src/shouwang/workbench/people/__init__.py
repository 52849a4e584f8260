"""Pages of people (人员): users, posts and who holds them, roles, sign-ins, one's own account."""
