"""What people leave in a knowledge base, in a database of its own: ``people.db`` in the home.

The catalogue is written by the holder of the home's lock only; this one also by the web: curators and their tokens,
what they did, the jobs that wait for the writer, states of review, dead links, searches that found nothing,
collections and contributions.  `People` opens it; the modules beside it each keep one of these.
"""

from corpus.people.database import People

__all__ = ["People"]
