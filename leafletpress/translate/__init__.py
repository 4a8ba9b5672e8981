"""What the commands of translators do."""
