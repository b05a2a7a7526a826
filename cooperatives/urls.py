"""Addresses of the register of cooperatives."""

from django.urls import path

from cooperatives.views import register, returns

ONE = "<int:pk>/"

urlpatterns = [
    path("", register.cooperative_list, name="cooperative-list"),
    path("export.xlsx", register.cooperative_export, name="cooperative-export"),
    path("template.xlsx", register.cooperative_template, name="cooperative-template"),
    path("upload/", register.cooperative_upload, name="cooperative-upload"),
    path("returns.xlsx", returns.returns_template, name="returns-template"),
    path("returns/upload/", returns.returns_upload, name="returns-upload"),
    path("new/", register.cooperative_create, name="cooperative-create"),
    path(ONE, register.cooperative_detail, name="cooperative-detail"),
    path(f"{ONE}edit/", register.cooperative_edit, name="cooperative-edit"),
    path(f"{ONE}join/<int:double>/", register.cooperative_join, name="cooperative-join"),
    path(f"{ONE}returns/", returns.return_year, name="return-year"),
    path(f"{ONE}returns/<int:year>/", returns.return_edit, name="return-edit"),
    path(f"{ONE}<slug:turn>/", register.cooperative_turn, name="cooperative-turn"),
    path("returns/<int:pk>/submit/", returns.return_step, {"step": "submit"}, name="return-submit"),
    path("returns/<int:pk>/verify/", returns.return_step, {"step": "verify"}, name="return-verify"),
    path("returns/<int:pk>/return/", returns.return_step, {"step": "return"}, name="return-return"),
]
