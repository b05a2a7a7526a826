"""What makes a reviewer look twice: rules as data, found in one commune or in a whole round."""
