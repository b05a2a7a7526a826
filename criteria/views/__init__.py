"""The pages of rounds and assessments."""
