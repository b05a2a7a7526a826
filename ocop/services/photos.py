"""Pictures of products: images by their content, made small, without what the camera wrote."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.uploads import PICTURES, check_upload
from ocop.models import ProductPhoto
from ocop.services.steps import Kind, hold_product, record

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from ntm_portal.accounts.models import User

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
MOST_PHOTOS = 12
LONGEST_SIDE = 1280
FORMATS = ("JPEG", "PNG", "WEBP")


@transaction.atomic
def add_photo(
    product_id: int, upload: UploadedFile[bytes], *, by: User, caption: str = ""
) -> ProductPhoto:
    """Keep a small picture of what was sent."""
    product = hold_product(product_id, by=by)
    if product.photos.count() >= MOST_PHOTOS:
        sentence = _("A product has at most %(most)s pictures: remove one first.")
        raise DomainError(sentence % {"most": MOST_PHOTOS}, code="too-many")
    content = small_picture(upload)
    row = ProductPhoto(
        product=product,
        name=PurePath((upload.name or "").replace("\\", "/")).name[:190] or "photo",
        caption=caption.strip(),
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=by,
    )
    record(product, Kind.PHOTO_ADDED, by=by, reason=row.name)
    row.file.save(f"{uuid4().hex}.jpg", ContentFile(content), save=False)
    row.save()
    return row


@transaction.atomic
def remove_photo(product_id: int, pk: int, *, by: User) -> None:
    """Take a picture off the page; the file stays for the history."""
    product = hold_product(product_id, by=by)
    row = product.photos.get(pk=pk)
    record(product, Kind.PHOTO_REMOVED, by=by, reason=f"{row.name} {row.sha256[:12]}")
    row.delete()


def small_picture(upload: UploadedFile[bytes]) -> bytes:
    """Return the picture as a small JPEG; raise DomainError when it is no image."""
    check_upload(upload, PICTURES, most_bytes=MOST_BYTES)
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise DomainError(_("The picture has too many pixels."), code="bad-document")
            upright = ImageOps.exif_transpose(image).convert("RGB")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            small = BytesIO()
            upright.save(small, "JPEG", quality=82, optimize=True)
            return small.getvalue()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        sentence = _("The picture cannot be read: it is damaged. Send it again.")
        raise DomainError(sentence, code="bad-document") from error
