"""How the model that finds card data was trained; the product never imports this."""
