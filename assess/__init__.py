"""From a dataset to scores, ranks and levels."""
