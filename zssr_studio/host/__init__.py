"""What the program asks the system that it runs on: memory, installed packages, processes of its own."""
