"""数据: all records with filters, one record to correct, the reports with their files, the data dictionary."""

from ui import archive, forms_style, frame, reading, record_page, report_page

if not frame.is_bare():
    forms_style.style()
    view = archive.view()
    record = reading.asked_record("open") if view == "records" else None
    report = reading.asked_report("open") if view == "reports" else None
    if record:
        record_page.show(record)
    elif report:
        report_page.show(report)
    elif view == "records":
        archive.listed(archive.filters())
    elif view == "reports":
        report_page.listed()
    else:
        archive.dictionary()
