"""How the shipped sentiment model is made: data, encoder, training, export, figures."""
