"""The method: a network is trained on one picture. torch and numpy; no Qt, no files, no printing."""
