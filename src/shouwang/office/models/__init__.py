"""Ledgers that every office keeps: who holds which post, who was trained, what was told, what is filed."""

from shouwang.office.models.appointments import Appointment
from shouwang.office.models.records import Archive, Publicity, Training

__all__ = ["Appointment", "Archive", "Publicity", "Training"]
