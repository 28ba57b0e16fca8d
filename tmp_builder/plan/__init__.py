"""The plan: the decisions of one agreement, read from and written to a YAML file that people edit."""
