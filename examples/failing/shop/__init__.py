"""Prices, stock and orders of a small shop."""
