"""Values as another system sends them, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from criteria.api.serializers import ROUND_CODE, UNIT_CODE
from criteria.models.late import LONGEST_REASON
from criteria.scoring.verdicts import NOT_ASSESSED
from criteria.services.pushing import Row
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from criteria.models import Assessment

MOST_ROWS = 100_000
NUMBER = (
    "The number, as a text with a decimal point or as a JSON number; yes and no are 1 and 0; "
    "null takes the value away. Basis: reported."
)


class OwnValueSerializer(serializers.Serializer[Any]):  # rows, not models
    """One value of the assessment to which it is sent."""

    measure = serializers.CharField(
        max_length=12, help_text="Code of what is measured, unique in its set: 17.1a."
    )
    number = serializers.DecimalField(
        18, 4, allow_null=True, required=False, default=None, help_text=NUMBER
    )
    not_assessed = serializers.BooleanField(
        required=False, default=False, help_text="Left out, where the law lets it be; no number."
    )
    version = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=0,
        max_value=2**31 - 1,
        help_text="The version you saw: if it is another by now, the row is refused as a conflict. "
        "Null: written over whatever stands.",
    )

    late_reason = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=LONGEST_REASON,
        help_text="Where the round has closed and is not published: why it is entered late. "
        "Once for an assessment is enough, until it is verified.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a number for what is left out."""
        if attrs["not_assessed"] and attrs["number"] is not None:
            sentence = _("A value that is left out has no number.")
            raise serializers.ValidationError({"number": sentence})
        return attrs


class PushedValueSerializer(OwnValueSerializer):
    """One value that is sent."""

    unit = serializers.CharField(max_length=10, help_text=UNIT_CODE)
    round = serializers.CharField(max_length=20, help_text=ROUND_CODE)


class OwnPushSerializer(serializers.Serializer[Any]):  # rows, not models
    """Values of one assessment."""

    values = serializers.ListField(
        child=OwnValueSerializer(), min_length=1, help_text="The values."
    )


class PushSerializer(serializers.Serializer[Any]):  # rows, not models
    """Values that are sent together."""

    values = serializers.ListField(
        child=PushedValueSerializer(),
        min_length=1,
        max_length=MOST_ROWS,
        help_text=f"The values, at most {MOST_ROWS:,}.",
    )


class FateSerializer(serializers.Serializer[Any]):  # rows, not models
    """What became of one row."""

    row = serializers.IntegerField(help_text="Its place in what was sent; the first is 0.")
    status = serializers.ChoiceField(
        ["changed", "unchanged", "held_back", "refused"],
        help_text="unchanged: it says what stands already. held_back: it holds, but was not "
        "written because others were refused. With a dry run: what would become.",
    )
    code = serializers.CharField(
        required=False, help_text="Why it was refused; stable, for machines."
    )
    detail = serializers.CharField(
        required=False, help_text="Why it was refused, in the reader's language."
    )
    pointer = serializers.CharField(required=False, help_text="Where in what was sent.")
    mine = serializers.CharField(
        required=False,
        allow_null=True,
        help_text="In a conflict: the number that was sent; null took it away.",
    )
    theirs = serializers.CharField(
        required=False,
        allow_null=True,
        help_text="In a conflict: the number that stands; null: none.",
    )
    version = serializers.IntegerField(
        required=False,
        help_text="In a conflict: the version of the number that stands; null: none.",
    )


class ChangedVerdictSerializer(serializers.Serializer[Any]):  # rows, not models
    """A verdict that is another now, or would be."""

    unit = serializers.CharField(help_text=UNIT_CODE)
    round = serializers.CharField(help_text=ROUND_CODE)
    criterion = serializers.CharField(help_text="Code of the criterion, unique in its set.")
    before = serializers.CharField(
        allow_null=True, help_text="The verdict before; null: not judged yet."
    )
    after = serializers.CharField(help_text="The verdict now.")


COUNTS = inline_serializer(
    "PushCounts",
    {
        "changed": serializers.IntegerField(help_text="Rows that changed a value."),
        "unchanged": serializers.IntegerField(help_text="Rows that said what stands already."),
        "held_back": serializers.IntegerField(
            help_text="Rows that hold, not written because others were refused."
        ),
        "refused": serializers.IntegerField(help_text="Rows that were refused."),
    },
)


class PushResultSerializer(serializers.Serializer[Any]):  # rows, not models
    """What became of everything that was sent."""

    status = serializers.ChoiceField(
        ["saved", "partly", "refused", "tried"],
        help_text="saved: all. partly: row by row, some were refused. refused: nothing was "
        "written. tried: a dry run.",
    )
    counts = COUNTS
    rows = FateSerializer(many=True, help_text="The rows, in the order in which they were sent.")
    verdicts = ChangedVerdictSerializer(
        many=True, help_text="Verdicts on criteria that changed, or with a dry run would change."
    )


def rows_of(items: Iterable[object]) -> list[Row | DomainError]:
    """Return each entry of `values` as a row, or what is wrong with it."""
    serializer = PushedValueSerializer()
    return [_row(serializer, item) for item in items]


def rows_for(assessment: Assessment, items: Iterable[object]) -> list[Row | DomainError]:
    """Return the same of entries that name only what is measured."""
    serializer = OwnValueSerializer()
    place = {"unit": assessment.unit.code, "round": assessment.round.code}
    return [_row(serializer, item, place) for item in items]


def _row(
    serializer: OwnValueSerializer, item: object, place: Mapping[str, str] | None = None
) -> Row | DomainError:
    try:
        given = serializer.run_validation(item) | (place or {})
    except serializers.ValidationError as error:
        return DomainError(_said(error), code="invalid-row")
    typed = NOT_ASSESSED if given["not_assessed"] else given["number"]
    return Row(
        given["unit"],
        given["round"],
        given["measure"],
        typed,
        given["version"],
        late_reason=given["late_reason"],
    )


def _said(error: serializers.ValidationError) -> str:
    if not isinstance(error.detail, dict):
        return " ".join(map(str, error.detail))
    return " ".join(f"{name}: {' '.join(map(str, said))}" for name, said in error.detail.items())
