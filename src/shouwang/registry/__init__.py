"""Who and where: the registers that every office shares and that the packs' rules ask across."""
