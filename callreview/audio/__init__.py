"""Recording to prepared PCM and peaks; prepared PCM to the loudspeaker. No Qt."""
