from django.urls import reverse

from ntm_portal.lib.addresses import addresses_of


def test_each_row_has_the_address_that_its_pattern_gives() -> None:
    address = addresses_of("product-detail")
    assert [address(1), address(23)] == [reverse("product-detail", args=[pk]) for pk in (1, 23)]
