"""Frameworks that ship with Steelyard, as YAML."""
