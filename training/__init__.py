"""Scripts that make the models CallReview ships; nothing here is imported by the product."""
