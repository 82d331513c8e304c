"""Makes the sample calls of ``resources/samples``: script -> voices -> telephone line -> files."""
