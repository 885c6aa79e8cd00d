"""A calm, private coach for facial mirror exercises: what people start."""

__version__ = "0.1.0"
