"""The OCOP register as other systems read it; every field says what it holds."""

from __future__ import annotations

from rest_framework import serializers

from ocop.models import Certificate, Producer, Product, ValueChain

UNIT_CODE = "Official code of the commune (General Statistics Office)."
DEMONSTRATION = "True when the row is invented for demonstration."
EMPTY = "may be empty"


class ProducerSerializer(serializers.Serializer[Producer]):
    """Who takes part in OCOP (chủ thể); without names and numbers of persons."""

    id = serializers.IntegerField(help_text="Identifies the producer in this portal.")
    name = serializers.CharField(help_text="Name, in Vietnamese.")
    kind = serializers.CharField(
        help_text="enterprise, cooperative, cooperative_group, household or farm."
    )
    unit = serializers.CharField(source="commune.code", help_text=UNIT_CODE)
    unit_name = serializers.CharField(source="commune.name", help_text="Its name, in Vietnamese.")
    cooperative = serializers.IntegerField(
        source="cooperative_id",
        allow_null=True,
        help_text="The cooperative of the register that it is; null where it is none.",
    )
    tax_code = serializers.CharField(help_text=f"Tax code; {EMPTY}.")
    joined_on = serializers.DateField(help_text="In OCOP since.")
    is_led_by_woman = serializers.BooleanField(help_text="Led by a woman.")
    is_led_by_minority = serializers.BooleanField(
        help_text="Led by a member of an ethnic minority."
    )
    is_demonstration = serializers.BooleanField(help_text=DEMONSTRATION)


class ProductSerializer(serializers.Serializer[Product]):
    """A product of one of the six product groups."""

    id = serializers.IntegerField(help_text="Identifies the product in this portal.")
    name = serializers.CharField(help_text="Name, in Vietnamese.")
    name_en = serializers.CharField(help_text=f"Name in English; {EMPTY}.")
    group = serializers.CharField(help_text="food, drink, herbal, craft, ornamental or tourism.")
    subgroup = serializers.CharField(help_text=f"Sub-group, in Vietnamese; {EMPTY}.")
    producer = serializers.IntegerField(source="producer_id", help_text="Who makes it.")
    producer_name = serializers.CharField(source="producer.name", help_text="Name of the maker.")
    unit = serializers.CharField(source="commune.code", help_text=UNIT_CODE)
    unit_name = serializers.CharField(source="commune.name", help_text="Its name, in Vietnamese.")
    is_local_speciality = serializers.BooleanField(help_text="A local speciality.")
    story = serializers.CharField(help_text=f"Its story, in Vietnamese; {EMPTY}.")
    material_origin = serializers.CharField(help_text=f"Origin of the material; {EMPTY}.")
    is_demonstration = serializers.BooleanField(help_text=DEMONSTRATION)


class CertificateSerializer(serializers.Serializer[Certificate]):
    """An award of stars; in force from `valid_from` to `valid_to` unless it ended before."""

    id = serializers.IntegerField(help_text="Identifies the certificate in this portal.")
    product = serializers.IntegerField(source="product_id", help_text="The product.")
    product_name = serializers.CharField(source="product.name", help_text="Its name.")
    group = serializers.CharField(source="product.group", help_text="Its product group.")
    unit = serializers.CharField(source="product.commune.code", help_text=UNIT_CODE)
    stars = serializers.IntegerField(help_text="Stars, 3 to 5.")
    award_kind = serializers.CharField(
        source="kind", help_text="first, renewal, upgrade or downgrade."
    )
    decided_by_level = serializers.CharField(
        help_text="The level that decided: district, province or nation."
    )
    decision_number = serializers.CharField(help_text="Number of the decision.")
    valid_from = serializers.DateField(help_text="First day in force.")
    valid_to = serializers.DateField(help_text="Last day in force.")
    is_potential_five = serializers.BooleanField(
        help_text="Five stars were proposed and the centre still decides."
    )
    revoked_on = serializers.DateField(
        allow_null=True, help_text="The day from which it no longer holds; null: it did not end."
    )
    superseded_by = serializers.IntegerField(
        source="superseded_by_id",
        allow_null=True,
        help_text="The certificate that replaced it; null: none, so an end is a revocation.",
    )
    is_demonstration = serializers.BooleanField(help_text=DEMONSTRATION)


class ContractSerializer(serializers.Serializer[ValueChain]):
    """The contracts of a year."""

    year = serializers.IntegerField(help_text="The year.")
    number = serializers.IntegerField(help_text="How many contracts.")
    value_million_vnd = serializers.DecimalField(
        16, 2, help_text="What they were worth, million đồng."
    )


class ValueChainSerializer(serializers.Serializer[ValueChain]):
    """A value chain, and who is joined in it."""

    id = serializers.IntegerField(help_text="Identifies the chain in this portal.")
    name = serializers.CharField(help_text="Name, in Vietnamese.")
    unit = serializers.CharField(source="lead_unit.code", help_text=UNIT_CODE)
    started_on = serializers.DateField(help_text="First day.")
    ended_on = serializers.DateField(allow_null=True, help_text="Last day; null while it works.")
    households = serializers.IntegerField(allow_null=True, help_text="Households; null: unknown.")
    cooperatives = serializers.ListField(
        child=serializers.IntegerField(),
        source="cooperative_ids",
        help_text="Cooperatives of the register, by their ids.",
    )
    producers = serializers.ListField(
        child=serializers.IntegerField(),
        source="producer_ids",
        help_text="Producers, by their ids.",
    )
    products = serializers.ListField(
        child=serializers.IntegerField(),
        source="product_ids",
        help_text="Products, by their ids.",
    )
    contracts = ContractSerializer(many=True, help_text="Contracts by year.")
    is_demonstration = serializers.BooleanField(help_text=DEMONSTRATION)
