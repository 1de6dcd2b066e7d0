"""Super-resolution from transformed self-exemplars (Huang, Singh and Ahuja 2015): no network, and no other picture."""
