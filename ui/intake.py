"""Taking in uploaded reports: each is read and kept at once, in a thread that outlives a change of page. No Streamlit.

What is kept is kept as 未核对; checking it afterwards changes what is in the store, so nothing waits in a browser.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Thread

from extract import ReportError, find
from extract.models import Findings, Period
from extract.readers.archives import is_bundle
from extract.readers.overseer import Overseer
from extract.readers.trust import lowered
from store import Store, StoreError
from ui import aliases, clock

LOG = logging.getLogger(__name__)

# What happens to a file, in order; the share of the bar that each fills.
STAGES: dict[str, float] = {
    "排队": 0.0,
    "查重": 0.1,
    "读取文字": 0.3,
    "识别数据": 0.5,
    "入库": 0.8,
    "完成": 1.0,
}
SAVED, KNOWN, REFUSED = "已入库", "已存在", "未入库"
UNPACKED = "已解开"
"""The outcome of a zip: the files in it have results of their own."""
UNEXPECTED = "读取时出现意外错误，这份没有入库；请换一种格式（如 .docx 或 .txt）再试，并把文件交给管理员查看。"
NO_RECORDS = "已入库，但没有读出任何指标数据；请核对文件是否为工作报告。"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it was uploaded, or pasted text under a name."""

    name: str
    content: bytes


@dataclass(slots=True)
class Result:
    """What became of one file; ``report_id`` is its report, or the one that has the same content."""

    name: str
    stage: str = "排队"
    outcome: str = ""
    message: str = ""
    report_id: int | None = None
    town: str | None = None
    period: Period = field(default_factory=lambda: Period(None, None))
    recorded: int = 0
    not_understood: int = 0
    left_out: int = 0
    records: int = 0
    town_candidates: tuple[str, ...] = ()
    conflicts: tuple[int, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing more will happen to the file."""
        return bool(self.outcome)


@dataclass
class Intake:
    """A batch of files on its way into the store; ``results`` fill while it runs, in the order of the files.

    The files of a zip come after all others, as more results. Files are read in a process of their own.
    """

    store: Store
    who: str
    files: Sequence[Incoming]
    results: list[Result] = field(init=False)

    def __post_init__(self) -> None:
        self.results = [Result(file.name) for file in self.files]
        self._thread = Thread(target=self._run, name="intake")

    def start(self) -> Intake:
        """Begin in a thread of its own."""
        self._thread.start()
        return self

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; whether the batch has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        waiting = deque(zip(self.files, self.results, strict=True))
        self.files = ()
        with Overseer() as reader:
            while waiting:
                file, result = waiting.popleft()
                if is_bundle(file.name, file.content):
                    waiting.extend(self._unpacked(reader, file, result))
                else:
                    take_in(self.store, reader, file, self.who, result)

    def _unpacked(self, reader: Overseer, file: Incoming, result: Result) -> Iterator[tuple[Incoming, Result]]:
        """The files of a zip or a mail with a result for each; one that cannot be unpacked is refused."""
        result.stage = "读取文字"
        try:
            members = reader.members(file.name, file.content)
        except ReportError as error:
            result.outcome, result.message, result.stage = REFUSED, str(error), "完成"
            return
        result.outcome, result.stage = UNPACKED, "完成"
        for member in members:
            inner = Result(member.name)
            self.results.append(inner)
            if member.problem:
                inner.outcome, inner.message, inner.stage = REFUSED, member.problem, "完成"
            else:
                yield Incoming(member.name, member.content), inner


def take_in(store: Store, reader: Overseer, file: Incoming, who: str, result: Result) -> None:
    """Read one file and keep it; whatever happens ends in ``result``, never in an exception."""
    try:
        _take_in(store, reader, file, who, result)
    except (ReportError, StoreError) as error:
        result.outcome, result.message = REFUSED, str(error)
    except Exception:
        LOG.exception("Reading %s failed", file.name)
        result.outcome, result.message = REFUSED, UNEXPECTED
    result.stage = "完成"


def _take_in(store: Store, reader: Overseer, file: Incoming, who: str, result: Result) -> None:
    result.stage = "查重"
    if file.content and _is_known(store, file.content, result):
        return
    result.stage = "读取文字"
    document = reader.read(file.name, file.content)
    result.stage = "识别数据"
    findings = lowered(aliases.applied(find(document), aliases.kept(store)))
    result.stage = "入库"
    saved = store.save_report(findings, file.content, who=who)
    if saved.duplicate:
        _is_known(store, file.content, result)
        return
    _tell(result, findings)
    result.report_id, result.conflicts, result.outcome = saved.report_id, saved.conflicts, SAVED


def _is_known(store: Store, content: bytes, result: Result) -> bool:
    known = store.find_duplicate(content)
    if known is None:
        return False
    result.report_id, result.town = known.id, known.town
    result.period = Period(known.period_start, known.period_end)
    result.records, result.not_understood, result.left_out = (
        known.record_count,
        known.missed_count,
        known.left_out_count,
    )
    history = "那一份后来已被替换，留在历史中。" if known.superseded_by else ""
    when = clock.moment(known.received_at)
    result.outcome = KNOWN
    result.message = f"已存在，未重复入库：与《{known.name}》内容相同（{known.who}于{when}上传）。{history}"
    return True


def _tell(result: Result, findings: Findings) -> None:
    coverage = findings.coverage
    result.town, result.town_candidates, result.period = findings.town, findings.town_candidates, findings.period
    result.records = len(findings.records)
    result.recorded = coverage["recorded"]
    result.not_understood, result.left_out = coverage["not_understood"], coverage["left_out"]
    result.message = "" if findings.records else NO_RECORDS
