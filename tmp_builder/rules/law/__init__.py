"""LAW and LAN: the law of the contract and the language that decides."""
