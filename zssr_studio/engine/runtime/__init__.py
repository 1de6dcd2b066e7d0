"""The machine: device, memory, threads."""
