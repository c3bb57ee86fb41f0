"""belopp reads Swedish publications and writes down every sum of money in them, with its reasons."""
