"""How the crops of a step are drawn from the HR fathers: evenly, or as the paper does."""
