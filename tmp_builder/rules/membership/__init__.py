"""MEM: joining and leaving, classes, votes."""
