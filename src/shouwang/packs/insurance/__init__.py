"""Social insurance (社会保险, S10): contributions, benefits, medical supervision, standard processes."""
