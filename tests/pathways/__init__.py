"""Tests of pathways."""
