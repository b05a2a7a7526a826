"""Addresses of rounds and assessments."""

from django.urls import URLPattern, URLResolver, include, path

from criteria.views import (
    assessments,
    evidence,
    grid,
    log,
    quality,
    rescue,
    review,
    review_list,
    rounds,
    rounds_grid,
    sending,
    why,
    workbooks,
)

ROUND = "rounds/<str:code>/"
UPLOAD = "uploads/<int:pk>/"
ASSESSMENT = "assessments/<int:pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(ROUND, rounds.worklist, name="worklist"),
    path(f"{ROUND}next/", rounds.round_next, name="round-next"),
    path(f"{ROUND}close/", rounds.round_close, name="round-close"),
    path(f"{ROUND}reopen/", rounds.round_reopen, name="round-reopen"),
    path(f"{ROUND}grid/", grid.grid, name="round-grid"),
    path(f"{ROUND}warnings/", quality.round_warnings, name="round-warnings"),
    path(f"{ROUND}send/", sending.send_list, name="round-send"),
    path(f"{ROUND}review/", review_list.review_list, name="round-review"),
    path(f"{ROUND}review/verify/", review_list.review_verify, name="round-review-verify"),
    path(f"{ROUND}excel/", workbooks.excel, name="round-excel"),
    path(f"{ROUND}workbook/", workbooks.workbook, name="round-workbook"),
    path(UPLOAD, workbooks.upload_detail, name="upload-detail"),
    path(f"{UPLOAD}columns/", workbooks.upload_columns, name="upload-columns"),
    path(f"{UPLOAD}marked/", workbooks.upload_marked, name="upload-marked"),
    path(f"{UPLOAD}apply/", workbooks.upload_apply, name="upload-apply"),
    path(ASSESSMENT, assessments.assessment_detail, name="assessment-detail"),
    path(f"{ASSESSMENT}rounds/", rounds_grid.rounds_grid, name="assessment-rounds"),
    path(f"{ASSESSMENT}submit/", review.assessment_submit, name="assessment-submit"),
    path(f"{ASSESSMENT}verify/", review.assessment_verify, name="assessment-verify"),
    path(f"{ASSESSMENT}return/", review.assessment_return, name="assessment-return"),
    path(f"{ASSESSMENT}values/<str:code>/", assessments.value_save, name="value-save"),
    path(f"{ASSESSMENT}values/<str:code>/why/", why.value_detail, name="value-detail"),
    path(f"{ASSESSMENT}values/<str:code>/line/", grid.grid_cell, name="grid-cell"),
    path(f"{ASSESSMENT}values/<str:code>/evidence/", evidence.evidence_add, name="evidence-add"),
    path("log/", log.change_log, name="change-log"),
    path("log/csv/", log.change_log_csv, name="change-log-csv"),
    path("log/workbook/", log.change_log_workbook, name="change-log-workbook"),
    path("rescue/", rescue.rescue, name="rescue"),
    path("evidence/<int:pk>/", evidence.evidence_file, name="evidence-file"),
    path("evidence/<int:pk>/withdraw/", evidence.evidence_withdraw, name="evidence-withdraw"),
    path("", include("criteria.law_urls")),
    path("", include("criteria.merging_urls")),
    path("recognitions/", include("criteria.recognition_urls")),
]
