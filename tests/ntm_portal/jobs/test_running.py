"""A piece of work from the wish to what came of it, however its worker fares."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone

from ntm_portal import celery_app
from ntm_portal.accounts.token_models import ApiToken
from ntm_portal.jobs import running, tasks
from ntm_portal.jobs.models import Job
from ntm_portal.jobs.running import LEASE, CurrentRun, Superseded
from ntm_portal.jobs.services import start
from ntm_portal.jobs.sweeping import ASKED_AGAIN_AFTER, purge, sweep
from ntm_portal.lib.errors import DomainError
from tests.factories import NationFactory, ProvinceFactory, UserFactory
from tests.ntm_portal.jobs.works import seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from ntm_portal.accounts.models import User

    Commit = Callable[..., Any]

pytestmark = pytest.mark.django_db


@pytest.fixture
def her() -> User:
    return UserFactory(roles={"officer": ProvinceFactory()})


@pytest.fixture
def ask(her: User, django_capture_on_commit_callbacks: Commit) -> Callable[..., Job]:
    def asked(kind: str, **arguments: Any) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            job = start(kind, arguments, by=her)
        job.refresh_from_db()
        return job

    return asked


def later(job: Job) -> Job:
    """Let the lease lapse, sweep, and return the job as it is then."""
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    tasks.sweep_jobs.delay()
    job.refresh_from_db()
    return job


def die(job_id: int) -> None:
    with pytest.raises(SystemExit):
        running.run(job_id)


def test_the_tasks_have_the_names_that_settings_call_them_by() -> None:
    called = {"jobs.run", "jobs.sweep", "jobs.purge"}
    swept = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert called <= set(celery_app.tasks)
    assert called - {"jobs.run"} <= swept


def test_work_begins_when_its_wish_is_committed_and_leaves_what_came_of_it(
    ask: Callable[..., Job],
) -> None:
    job = ask("count", to=4)
    assert (job.state, job.result, job.starts) == ("done", {"sum": 10}, 1)
    assert (job.steps_done, job.steps_total, job.step) == (4, 4, "")
    assert job.finished_at is not None
    assert job.expires_at is not None
    assert job.expires_at > timezone.now() + timedelta(days=6)


def test_a_wish_that_is_taken_back_begins_nothing(
    her: User, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as sent, transaction.atomic():
        start("count", {"to": 1}, by=her)
        transaction.set_rollback(True)
    assert (sent, Job.objects.count()) == ([], 0)


def test_a_kind_that_nobody_knows_is_refused(her: User) -> None:
    with pytest.raises(DomainError):
        start("nothing", {}, by=her)


def test_run_twice_it_is_done_once(ask: Callable[..., Job]) -> None:
    job = ask("count", to=4)
    tasks.run_job.delay(job.pk)
    job.refresh_from_db()
    assert (job.state, job.starts) == ("done", 1)


def test_work_of_a_killed_worker_is_run_again_once(her: User) -> None:
    job = start("dies", {"times": 1}, by=her)
    die(job.pk)
    job.refresh_from_db()
    assert (job.state, job.step, job.steps_done) == ("running", "half-way", 1)
    assert sweep() == []
    assert later(job).state == "done"
    assert (job.starts, job.result) == (2, "done")


def test_work_that_kills_its_worker_twice_is_given_up(her: User) -> None:
    job = start("dies", {"times": 9}, by=her)
    die(job.pk)
    with pytest.raises(SystemExit):
        later(job)
    assert later(job).state == "failed"
    assert "twice" in job.fault or "hai lần" in job.fault
    assert seen["deaths"] == job.starts == 2


def test_a_run_given_up_for_dead_that_lives_stops_and_keeps_nothing(her: User) -> None:
    job = start("paper", {}, by=her)
    first = running._claim(job.pk, timezone.now())  # noqa: SLF001  (a worker that then hangs)
    assert first is not None
    assert later(job).state == "done"
    with pytest.raises(Superseded):
        CurrentRun(first).tell(0, 2)
    running.fail(first, "too late")
    kept = set((Path(settings.MEDIA_ROOT) / "jobs").rglob("*.txt"))
    with pytest.raises(Superseded):
        running._keep(  # noqa: SLF001  (as a worker does half-way)
            first, seen_paper(), timezone.now()
        )
    job.refresh_from_db()
    assert (job.state, job.fault, job.starts) == ("done", "", 2)
    assert set((Path(settings.MEDIA_ROOT) / "jobs").rglob("*.txt")) == kept


def seen_paper() -> Any:
    from tests.ntm_portal.jobs.works import PAPER

    return PAPER.work(None)  # type: ignore[arg-type]  # it asks its run for nothing


def test_telling_how_far_it_is_shows_that_it_lives(her: User) -> None:
    job = start("count", {"to": 1}, by=her)
    run_ = running._claim(job.pk, timezone.now() - LEASE)  # noqa: SLF001  (as a worker does half-way)
    assert run_ is not None
    CurrentRun(run_).tell(0, 5, "one")
    assert sweep() == []
    job.refresh_from_db()
    assert (job.state, job.steps_total, job.step) == ("running", 5, "one")


def test_a_message_that_was_lost_is_sent_again_but_not_with_every_sweep(her: User) -> None:
    job = start("count", {"to": 2}, by=her)
    assert sweep() == []
    Job.objects.update(asked_at=timezone.now() - ASKED_AGAIN_AFTER - timedelta(seconds=1))
    assert (sweep(), sweep()) == ([job.pk], [])


def test_a_refusal_is_kept_as_its_sentence(ask: Callable[..., Job]) -> None:
    job = ask("refuses")
    assert (job.state, job.fault) == ("failed", "There is nothing to count.")


def test_a_fault_of_ours_is_noted_and_told_without_its_insides(
    ask: Callable[..., Job], caplog: pytest.LogCaptureFixture
) -> None:
    job = ask("breaks")
    assert job.state == "failed"
    assert "a bug" not in job.fault
    assert "a bug" in caplog.text


def test_a_locked_database_is_no_failure_of_the_work(
    her: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_given: object) -> None:
        raise OperationalError("database is locked")

    job = start("count", {"to": 2}, by=her)
    with monkeypatch.context() as patch:
        patch.setattr(running, "_keep", locked)
        with pytest.raises(OperationalError):
            running.run(job.pk)
    assert later(job).state == "done"


def test_work_may_no_more_than_the_token_by_which_it_was_asked_for(her: User) -> None:
    nation = NationFactory()
    her.assignments.create(role="officer", unit=nation)
    ApiToken.issue(her, area=ProvinceFactory(), may_write=False)
    job = start("count", {"to": 2}, by=her, token=ApiToken.objects.get())
    running.run(job.pk)
    assert seen["scope"].read == {"/VN/62/"}
    assert seen["scope"].write == frozenset()


def test_what_is_old_is_thrown_away_with_its_file(
    ask: Callable[..., Job], django_capture_on_commit_callbacks: Commit
) -> None:
    old, young = ask("paper"), ask("paper")
    Job.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert purge() == 1
    assert list(Job.objects.all()) == [young]
    assert not Path(old.file.path).exists()
    assert Path(young.file.path).exists()
