"""One file from its options to what is written: what the terminal does with one picture, a batch with each."""
