"""What is measured: the framework, the dataset and how they are read."""
