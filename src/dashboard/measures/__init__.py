"""How unevenly groups live in a city: the measures, how sure they are, and what they rest on."""
