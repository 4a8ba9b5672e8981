"""The contrast of two colours, by which a text is told from its ground: that of WCAG 2.2."""

Colour = tuple[float, float, float]  # red, green and blue of sRGB, each from 0 to 1

WHITE: Colour = (1.0, 1.0, 1.0)
LEAST = 4.5  # WCAG 2.2, 1.4.3; below it a text is hard to see for many, below 1.5 for all


def contrast(one: Colour, other: Colour) -> float:
    """From 1 of two equal colours to 21 of black and white."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def over(colour: Colour, alpha: float, ground: Colour) -> Colour:
    """What is seen of a colour that lets a share of its ground through."""
    red, green, blue = (alpha * mine + (1 - alpha) * its for mine, its in zip(colour, ground, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
