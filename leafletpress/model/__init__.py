"""What passes from room to room: frozen values and pure rules, made of the standard library alone."""
