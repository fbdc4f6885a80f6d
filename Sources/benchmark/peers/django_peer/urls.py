from django.urls import path

from django_peer import views

urlpatterns = [
    path("hello", views.hello),
    path("lookup/<slug:slug>/<int:id>", views.lookup),
    path("report/attendance/<slug:slug>", views.attendance_report),
    path("report/roi/<slug:slug>", views.roi_report),
    path("report-app/attendance/<slug:slug>", views.attendance_report_of_models),
    path("report-app/roi/<slug:slug>", views.roi_report_of_models),
]
