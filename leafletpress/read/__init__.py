"""Read: the files of a project as values, every problem with its place."""
