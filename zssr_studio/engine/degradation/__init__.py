"""How an LR son is made from an HR father."""
