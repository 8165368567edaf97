"""The process that reads: it gives what reading gives, and whatever happens to it is told and forgotten."""

from __future__ import annotations

import io
import os
import signal
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from papers import paragraph, pdf, word
from PIL import Image

from extract.models import Document, Mark, ReportError
from extract.readers import load_report, messages, overseer
from extract.readers.overseer import Overseer

TEXT = "青石镇2024年一季度完成工业投资1.2亿元，同比增长5.5%，占年度计划的31.4%。"

PATIENCE = 60  # seconds after which a process that should have ended is given up


@pytest.fixture
def reader() -> Iterator[Overseer]:
    with Overseer() as found:
        yield found


def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """Another program in place of the one that reads."""
    program = tmp_path / "reads.py"
    program.write_text(code, encoding="utf-8")
    real = overseer.subprocess.Popen

    def started(command: list[str], **options: object) -> object:
        return real([command[0], str(program)], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(overseer.subprocess, "Popen", started)


def test_it_gives_what_reading_gives(reader: Overseer) -> None:
    for name, content in (
        ("a.txt", TEXT.encode("gb18030")),
        ("a.docx", word("青石镇简报", TEXT)),
        ("a.pdf", pdf([paragraph(TEXT, 780), paragraph(TEXT * 2, 780)])),
        ("半个\ud800字.txt", TEXT.encode()),
    ):
        assert reader.read(name, content) == load_report(name, content)


def test_a_file_that_is_refused_has_its_own_sentence_and_the_next_is_read(reader: Overseer) -> None:
    for content, words in ((b"", "0 字节"), (b"%PDF-1.7\nno", "PDF 已损坏"), (b"\x7fELF", "程序")):
        with pytest.raises(ReportError, match=words):
            reader.read("a", content)
    assert reader.read("a.txt", TEXT.encode()).text == TEXT


def test_the_files_of_a_zip_and_the_picture_of_a_page(reader: Overseer) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("一/a.txt", TEXT)
        archive.writestr("b.pdf", pdf([paragraph(TEXT, 780)]))
    one, other = reader.members("全部.zip", buffer.getvalue())
    assert (one.name, one.content.decode(), one.problem) == ("a.txt", TEXT, "")
    with Image.open(io.BytesIO(reader.page("pdf", other.content, 1))) as picture:
        assert picture.format == "PNG"


def test_one_that_takes_too_long_is_ended(reader: Overseer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(
        monkeypatch, tmp_path, "import time, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)\n"
    )
    monkeypatch.setenv("TOWN_PROGRESS_SECONDS", "1")
    monkeypatch.setattr(overseer, "GRACE_SECONDS", 0.2)
    with pytest.raises(ReportError, match="超过了 1 秒，已停止"):
        reader.read("a.txt", TEXT.encode())
    monkeypatch.undo()
    assert reader.read("a.txt", TEXT.encode()).text == TEXT


@pytest.mark.skipif(os.name != "posix", reason="only there are signals")
@pytest.mark.parametrize("converting", [False, True])
def test_one_that_never_looks_up_is_ended_at_once_and_a_conversion_in_good_order(
    reader: Overseer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, converting: bool
) -> None:
    begun, left = tmp_path / "begun", tmp_path / "left"
    code = (
        f"import sys, time\nfrom pathlib import Path\nsys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from extract.readers import ending, worker\n"
        f"def endless(name, content):\n    Path({str(begun)!r}).touch()\n    sum(range(10 ** 14))\n"
        "def conversion(name, content):\n"
        "    with ending.in_good_order():\n"
        f"        try:\n            Path({str(begun)!r}).touch()\n            time.sleep(600)\n"
        f"        finally:\n            Path({str(left)!r}).touch()\n"
        f"worker.load_report = {'conversion' if converting else 'endless'}\n"
        "raise SystemExit(worker.main())\n"
    )
    stand_in(monkeypatch, tmp_path, code)
    process = reader._started()
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(reader.read, "a.txt", TEXT.encode())
        while not begun.exists() and not reading.done():
            time.sleep(0.05)
        process.terminate()
        try:
            with pytest.raises(ReportError, match="意外中止"):
                reading.result(PATIENCE)
        finally:
            process.kill()
    assert left.exists() == converting
    assert converting or process.returncode == -signal.SIGTERM


@pytest.mark.parametrize("end", ["import os; os.abort()", "raise SystemExit(3)", "print('{\"sizes\": [5]}\\nab')"])
def test_one_that_dies_is_told(reader: Overseer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, end: str) -> None:
    stand_in(monkeypatch, tmp_path, f"import sys\nsys.stdin.buffer.readline()\n{end}\n")
    with pytest.raises(ReportError, match="意外中止"):
        reader.read("a.txt", TEXT.encode())
    monkeypatch.undo()
    assert reader.read("a.txt", TEXT.encode()).text == TEXT


def test_a_reader_that_breaks_is_told_and_its_trace_is_logged(
    reader: Overseer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    code = (
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from extract.readers import worker\n"
        "def broken(name, content):\n"
        "    raise ZeroDivisionError('in the middle')\n"
        "worker.load_report = broken\n"
        "raise SystemExit(worker.main())\n"
    )
    stand_in(monkeypatch, tmp_path, code)
    with pytest.raises(ReportError, match="意外中止"):
        reader.read("a.txt", TEXT.encode())
    assert "ZeroDivisionError: in the middle" in caplog.text


@pytest.mark.skipif(os.name != "posix", reason="only there can memory be limited")
def test_one_that_needs_too_much_memory_is_told(reader: Overseer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOWN_PROGRESS_MEMORY_MB", "300")
    buffer = io.BytesIO()
    Image.new("RGB", (7000, 8000)).save(buffer, "PNG", compress_level=1)
    with pytest.raises(ReportError, match="300 MB 的上限"):
        reader.page("scan", buffer.getvalue(), 1)
    monkeypatch.undo()
    assert reader.read("a.txt", TEXT.encode()).text == TEXT


def test_the_process_gets_no_address_of_the_database(
    reader: Overseer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    stand_in(monkeypatch, tmp_path, f"import os\nopen({str(seen)!r}, 'w').write(' '.join(os.environ))\n")
    monkeypatch.setenv("TOWN_PROGRESS_STORE", "postgresql://somebody:secret@127.0.0.1/x")
    with pytest.raises(ReportError):
        reader.read("a.txt", TEXT.encode())
    assert "PATH" in seen.read_text()
    assert "TOWN_PROGRESS_STORE" not in seen.read_text()


def test_a_timer_whose_file_was_read_in_time_does_not_end_the_process_for_the_next(reader: Overseer) -> None:
    process = reader._started()
    watch = overseer._Watch(process)
    watch.cancel()
    watch._stop(0)
    assert not watch.over
    assert reader.read("a.txt", TEXT.encode()).text == TEXT
    assert reader._process is process


def test_a_process_whose_end_began_while_it_answered_gets_no_further_file(
    reader: Overseer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = reader._answer

    def late(process: object, head: object, content: bytes, watch: overseer._Watch) -> object:
        answer = answered(process, head, content, watch)  # type: ignore[arg-type]
        watch._stop(watch._serial)
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(reader, "_answer", late)
        assert reader.read("a.txt", TEXT.encode()).text == TEXT
    assert reader._process is None
    assert reader.read("b.txt", TEXT.encode()).text == TEXT


def test_a_document_comes_back_as_it_was_sent() -> None:
    document = Document("半\ud800.pdf", TEXT, "pdf", None, "2024-04-01", ("甲", "乙"), (Mark(0, "page", "1"),))
    assert messages.unpack(messages.pack(document)) == document
