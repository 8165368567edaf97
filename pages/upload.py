"""上传: reports in, read and kept at once; then every record beside its sentence, to confirm, correct or reject."""

from ui import forms_style, navigation, oversize, reading, review, uploads

navigation.in_frame()
forms_style.style()
oversize.watch()
report = reading.asked_report("report")
if report:
    review.show(report, uploads.candidates_of(report["id"]))
else:
    uploads.head()
    uploads.choose()
    uploads.progress()
    uploads.told()
    uploads.earlier()
