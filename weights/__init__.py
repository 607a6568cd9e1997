"""Weighting methods, one a file."""
