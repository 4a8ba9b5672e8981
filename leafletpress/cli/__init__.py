"""The commands: the only room that prints, exits or reads the environment and the clock."""
