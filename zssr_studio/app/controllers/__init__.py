"""Bind the models to the views and freeze jobs."""
