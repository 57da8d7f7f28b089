"""A stand-in for the upstream sites, for the demo and the tests: same addresses, same shapes, invented words."""
