"""The page of the calendar."""

from blueprints.calendar.views import calendar
