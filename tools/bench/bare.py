"""The page to compare with: Flask, one route, no database, no template."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index() -> str:
    """Answer at once."""
    return "<!doctype html><title>Bare</title><h1>Bare</h1>"
