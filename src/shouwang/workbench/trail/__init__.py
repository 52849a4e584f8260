"""Pages of the trail (留痕): who did what; the history of a record; who saw a person's file; the seals."""
