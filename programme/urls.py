"""The addresses of the places: what the committee watches."""

from django.urls import path

from programme import (
    act_views,
    bulletin_views,
    commune_views,
    criterion_views,
    published_views,
    report_views,
    round_views,
    views,
    what_if_views,
)

urlpatterns = [
    path("published/", published_views.newest, name="published"),
    path("published/data/", published_views.dictionary, name="published-data"),
    path("published/<str:code>/", published_views.place, name="published-place"),
    path("rounds/", round_views.round_list, name="round-list"),
    path("rounds/new/", round_views.round_open, name="round-open"),
    path("rounds/<str:code>/", round_views.round_detail, name="round-detail"),
    path("rounds/<str:code>/publish/", round_views.round_publish, name="round-publish"),
    path("places/<str:code>/", views.place_detail, name="place-detail"),
    path("places/<str:code>/communes/", commune_views.commune_list, name="commune-list"),
    path("places/<str:code>/communes.csv", commune_views.commune_list_csv, name="commune-list-csv"),
    path("places/<str:code>/targets/<str:target>/", views.target_detail, name="target-detail"),
    path("places/<str:code>/criteria/", criterion_views.criterion_table, name="criterion-table"),
    path(
        "places/<str:code>/criteria.csv",
        criterion_views.criterion_table_csv,
        name="criterion-table-csv",
    ),
    path(
        "places/<str:code>/criteria/<str:criterion>/",
        criterion_views.criterion_detail,
        name="criterion-detail",
    ),
    path(
        "places/<str:code>/criteria/<str:criterion>/<str:measure>/",
        criterion_views.measure_values,
        name="measure-values",
    ),
    path("places/<str:code>/act/", act_views.where_to_act, name="where-to-act"),
    path("places/<str:code>/stale/", act_views.stale_list, name="stale-list"),
    path("places/<str:code>/stale.csv", act_views.stale_list_csv, name="stale-list-csv"),
    path("places/<str:code>/what-if/", what_if_views.what_if, name="what-if"),
    path("places/<str:code>/reports/", report_views.report_list, name="report-list"),
    path("places/<str:code>/bulletin/", bulletin_views.bulletin, name="bulletin"),
    path("reports/<int:pk>/<str:form>/", report_views.report_file, name="report-file"),
    path("places/<str:code>/freshness/", views.place_freshness, name="place-freshness"),
]
