"""DAT: datasets, their routes across borders, and the authorities that ask for them."""
