"""Floor 2: many documents become one history: joined actors, merged events, relation states, episodes, the dossier."""

from dragoman.relate.dossier import make_dossier
from dragoman.relate.history import build_history, complete, join_documents
from dragoman.relate.state import states_on

__all__ = ["build_history", "complete", "join_documents", "make_dossier", "states_on"]
