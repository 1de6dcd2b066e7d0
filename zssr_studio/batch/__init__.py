"""Many pictures, one after the other and side by side; each is enlarged as the terminal enlarges a single one."""
