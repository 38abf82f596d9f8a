"""Marks a text for translation below the hall, where no language is known yet."""

from models.vocabulary import N_ as N_
