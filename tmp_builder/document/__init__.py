"""The assembled agreement as one engine-neutral tree: nodes, walks, canonical form and fingerprints."""
