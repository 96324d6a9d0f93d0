"""When and in which order: the command line and Dagster, over the same plain steps."""
