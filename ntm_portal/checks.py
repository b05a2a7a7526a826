"""System checks that name what is wrong with the environment."""
