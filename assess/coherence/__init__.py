"""Statistical coherence of an index, as the JRC audits it."""
