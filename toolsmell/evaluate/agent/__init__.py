"""Runs an agent: a model works at tasks with the tools of a live server, and its runs are recorded and measured.

A run is recorded as trajectories (`trajectory`), which are measured and compared without server or model
(`measures`, `study`). `loop` makes one, through `guard`, which holds every call against schema and policy, and
`server`, which makes it in a process of its own.
"""
