"""OCOP: producers, products, evaluations, certificates, value chains, and every step of them."""

from ocop.models.certificates import Certificate, ExpiryNotice, ExpiryReminder
from ocop.models.chains import ChainContract, ValueChain
from ocop.models.evaluations import AssessorSheet, Evaluation
from ocop.models.levels import Level
from ocop.models.producers import Producer
from ocop.models.products import Product, ProductPhoto
from ocop.models.schemes import LoadedScheme, ScoreSheet
from ocop.models.steps import OcopStep

__all__ = [
    "AssessorSheet",
    "Certificate",
    "ChainContract",
    "Evaluation",
    "ExpiryNotice",
    "ExpiryReminder",
    "Level",
    "LoadedScheme",
    "OcopStep",
    "Producer",
    "Product",
    "ProductPhoto",
    "ScoreSheet",
    "ValueChain",
]
