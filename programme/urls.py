"""The addresses of the places: what the committee watches."""

from django.urls import path

from programme import views

urlpatterns = [
    path("places/<str:code>/", views.place_detail, name="place-detail"),
    path("places/<str:code>/communes/", views.commune_list, name="commune-list"),
    path("places/<str:code>/targets/<str:target>/", views.target_detail, name="target-detail"),
    path("places/<str:code>/freshness/", views.place_freshness, name="place-freshness"),
]
