"""The commands: the only wing that prints, exits or reads the environment and the clock."""
