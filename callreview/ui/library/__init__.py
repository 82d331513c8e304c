"""The library: the list of calls with sorting, filters and search."""
