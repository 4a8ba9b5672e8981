"""The only writer of output/: whole files, and a manifest that lists what is there."""
