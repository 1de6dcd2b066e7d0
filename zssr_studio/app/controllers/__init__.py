"""Bind models to views and freeze jobs."""
