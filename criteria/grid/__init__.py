"""Values in a table to type into: communes by indicators, or one commune by rounds."""
