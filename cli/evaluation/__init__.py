"""What a home finds and understands, held against judged sets: scoring (pure) and the measuring of a home."""
