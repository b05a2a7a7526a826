"""Proves the figures: works everything out again by a plain path of its own, and compares.

Nothing of the roll-up is used here: values are judged one commune at a time, facts are read row
by row, and sums follow the path of each unit.
"""
