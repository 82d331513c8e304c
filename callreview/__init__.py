"""CallReview: listen to, read, score and coach contact-centre calls, offline on one computer."""

__version__ = "0.1.0"
