"""What the room of people does in the background."""

from celery import shared_task

from ntm_portal.accounts.tidying import forget_replies, write_down_all


@shared_task(name="accounts.tidy_up")  # type: ignore[untyped-decorator]  # celery ships no types
def tidy_up() -> None:
    """Write down what tokens asked, and forget answers that nobody will ask for again."""
    write_down_all()
    forget_replies()
