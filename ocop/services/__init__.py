"""What people do with the OCOP register."""

from ocop.services.certificates import Award, Letter, certify, notify, refuse_five, revoke
from ocop.services.chains import ChainEntry, change_chain, record_contracts, register_chain
from ocop.services.duplicates import join_duplicate
from ocop.services.evaluations import Dossier, conclude, open_evaluation, reopen
from ocop.services.photos import add_photo, remove_photo
from ocop.services.producers import ProducerEntry, change_producer, register_producer
from ocop.services.products import ProductEntry, change_product, register_product
from ocop.services.sheets import SheetEntry, remove_sheet, save_sheet

__all__ = [
    "Award",
    "ChainEntry",
    "Dossier",
    "Letter",
    "ProducerEntry",
    "ProductEntry",
    "SheetEntry",
    "add_photo",
    "certify",
    "change_chain",
    "change_producer",
    "change_product",
    "conclude",
    "join_duplicate",
    "notify",
    "open_evaluation",
    "record_contracts",
    "refuse_five",
    "register_chain",
    "register_producer",
    "register_product",
    "remove_photo",
    "remove_sheet",
    "reopen",
    "revoke",
    "save_sheet",
]
