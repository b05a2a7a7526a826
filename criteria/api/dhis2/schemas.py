"""How data value sets and their import summary are described."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

# Described only; nothing is read by these, hence Any.
TEXT = serializers.CharField


class DataValueSerializer(serializers.Serializer[Any]):
    """One data value."""

    dataElement = TEXT(help_text="Identifier or code of the measure, or its code in its set.")
    period = TEXT(help_text="The round: 2020Q4. May stand once above the values.")
    orgUnit = TEXT(help_text="Identifier or official code of the unit; likewise.")
    value = TEXT(help_text="The number as a text, or true and false. Basis: reported.")
    comment = TEXT(
        required=False,
        help_text="Kept as a note on the value. "
        "After its round has closed, it must say why the value comes late.",
    )
    categoryOptionCombo = TEXT(required=False, help_text="Left out, empty or default.")
    attributeOptionCombo = TEXT(required=False, help_text="Left out, empty or default.")
    deleted = serializers.BooleanField(required=False, help_text="Take the value away.")


class DataValueSetSerializer(serializers.Serializer[Any]):
    """What is sent together."""

    dataSet = TEXT(
        required=False,
        allow_null=True,
        help_text="Not needed, null does as well: each data element belongs to one set.",
    )
    completeDate = TEXT(
        required=False,
        allow_null=True,
        help_text="Noted by nobody, as is null: a person sends an assessment for review.",
    )
    dataValues = DataValueSerializer(many=True, help_text="The values.")


COUNT = inline_serializer(
    "Dhis2ImportCount",
    {
        "imported": serializers.IntegerField(help_text="New values."),
        "updated": serializers.IntegerField(help_text="Values that stood and are others now."),
        "ignored": serializers.IntegerField(help_text="Values that stood alike, or were refused."),
        "deleted": serializers.IntegerField(help_text="Values taken away."),
    },
)


class ConflictSerializer(serializers.Serializer[Any]):
    """One fault, with the places of all values that have it."""

    object = TEXT(help_text="What the sender named.")
    objects = serializers.DictField(help_text="The same, by what it is.")
    value = TEXT(help_text="What is wrong, in the reader's language.")
    errorCode = TEXT(help_text="DHIS2's code; one of ours where DHIS2 has none.")
    property = TEXT(help_text="Where in the data value it is wrong.")
    indexes = serializers.ListField(
        child=serializers.IntegerField(), help_text="Places of the values; the first is 0."
    )


class ImportSerializer(serializers.Serializer[Any]):
    """The import summary itself."""

    responseType = TEXT(help_text="Always ImportSummary.")
    status = TEXT(help_text="SUCCESS, or WARNING where something was refused.")
    importOptions = serializers.DictField(help_text="How it was imported.")
    description = TEXT(help_text="In words.")
    importCount = COUNT
    conflicts = ConflictSerializer(many=True, help_text="What was refused.")
    rejectedIndexes = serializers.ListField(
        child=serializers.IntegerField(), help_text="Places of the values that were refused."
    )
    dataSetComplete = TEXT(help_text="Always false.")


class ImportAnswerSerializer(serializers.Serializer[Any]):
    """What became of a data value set."""

    httpStatus = TEXT(help_text="OK or Conflict.")
    httpStatusCode = serializers.IntegerField(help_text="200 or 409.")
    status = TEXT(help_text="OK or WARNING.")
    message = TEXT(help_text="In words.")
    response = ImportSerializer(help_text="The import summary.")
