"""The knowledge itself: what its things are, where they are kept, and the vocabularies and records that ship.

This room imports none of the others.  `model` holds the objects that cross every doorway, `catalogue` keeps them.
"""

VERSION = "0.1.0"
