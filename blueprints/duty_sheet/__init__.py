"""The pages of the duty sheet."""

from blueprints.duty_sheet.views import duty_sheet
