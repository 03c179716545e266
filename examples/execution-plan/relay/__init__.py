"""Relay: carries out workflows of several steps for sessions that are to survive a crash."""
