"""Which indicators stand for a county or a town: the best known of those that are reported. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

LIMIT = 6
# The best known first; of a line only one is taken before the next line.
KNOWN: tuple[tuple[str, ...], ...] = (
    ("地区生产总值",),
    ("规模以上工业总产值", "规模以上工业增加值", "工业总产值", "规模以上工业销售产值"),
    ("固定资产投资", "有效投资"),
    ("一般公共预算收入", "财政总收入", "地方财政收入", "税收收入"),
    ("社会消费品零售总额",),
    ("实际使用外资", "到位内资", "招商引资到位资金"),
    ("农村居民人均可支配收入", "城镇居民人均可支配收入"),
    ("工业投资", "重点项目投资"),
    ("进出口总额", "出口总额"),
)


def of_county(newest: pd.DataFrame, limit: int = LIMIT) -> list[str]:
    """The headline indicators of all towns together, at most ``limit``.

    ``newest`` has one row for each town and indicator; only rows with a gap to the pace count. The best known
    come first, of those that at least half as many towns report as the most reported one; then the rest, those
    first that most towns report.
    """
    able = newest[newest["gap"].notna() & newest["completion"].notna()]
    towns = able.groupby("indicator")["town"].nunique()
    counts = {str(name): int(count) for name, count in towns.items()}
    by_count = sorted(counts, key=lambda name: (-counts[name], name))
    common = {name for name in counts if counts[name] * 2 >= max(counts.values())}
    known = [
        max(found, key=counts.__getitem__) for line in KNOWN if (found := [name for name in line if name in common])
    ]
    return list(dict.fromkeys([*known, *by_count]))[:limit]


def of_town(reported: Iterable[str], county: Iterable[str], limit: int = LIMIT) -> list[str]:
    """The headline indicators of one town: the county's, then the best known, then the rest of ``reported``."""
    own = list(dict.fromkeys(reported))
    wanted = [*county, *(name for line in KNOWN for name in line), *own]
    return [name for name in dict.fromkeys(wanted) if name in own][:limit]
