"""The only writer of output folders: complete files, and a manifest that lists what is there."""
