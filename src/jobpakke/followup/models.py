"""The models of the app, from the folders they live in."""

from jobpakke.followup.context.models import BenefitCount, BenefitImport

__all__ = ["BenefitCount", "BenefitImport"]
