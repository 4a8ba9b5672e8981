"""Readers of leaflets/ and sites/: YAML and TOML to typed values."""
