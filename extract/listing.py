"""Lists of names: which stretch of text lists as many names as there are numbers, and what its members share."""

from __future__ import annotations

import re
from typing import Final

from extract import indicators, places
from extract.context import Context
from extract.phrases import Token
from extract.survey import SOFT, Run
from extract.vocabulary import words

_PLACES_COUNTED: Final = re.compile(r"([\u4e00-\u9fff]{2,6}?)等?[两二三四五六七八九十]+个?(县|区|市|镇|乡|街道)")
_STANDING: Final = re.compile(r"(?:位?居|位列|列|排)?(?:全[市县区省])?(?:前|后)[两二三四五六七八九十]+[位名]?")
_LIST_SOFT: Final = SOFT | {"、"}


class Listing(Context):
    """Finds the names of a list for a run of numbers: A、B和C分别完成…80%、85%和90%."""

    def _after_each(self, run: Run) -> bool:
        """Whether a name stands right behind 分别: 恩和镇、石空镇分别到位资金2.2亿元、6.8亿元."""
        return any(token.letter == "E" and token.end == run.start for token in self.tokens)

    def _match_list(self, texts: list[tuple[int, int, str]], count: int, object_: str) -> list[Run] | None:
        """The names among stretches of text, taken from the last one backwards until there are enough."""
        joined = ""
        for start, _, text in reversed(texts):
            if count > 1 and "、" not in text and _STANDING.fullmatch(text):
                continue
            joined = text + ("、" + joined if joined else "")
            names = self._names_of(joined, count)
            if names:
                whole = indicators.is_generic(object_) or all(map(self._names_only_place, names))
                whole = whole or bool(indicators.resolve(object_) and not any(map(_tells_measure, names)))
                named = [indicators_clean(_with_object(name, object_ if whole else "")) for name in names]
                return [Run(name, start, texts[-1][1]) for name in self._share_indicator(named)]
        return None

    def _names_of(self, joined: str, count: int) -> list[str] | None:
        """The names of a list, its first one told with the place before it: 柳溪镇GDP、第二产业增加值."""
        place, rest = places.split_place(joined, self.town)
        if not place or not rest or rest[0] in "、,和与及等两三四五六七八九":
            return indicators.split_names(joined, count)
        names = indicators.split_names(rest, count)
        return [place + names[0], *names[1:]] if names else indicators.split_names(joined, count)

    def _share_indicator(self, names: list[str]) -> list[str]:
        """城关镇、三合镇、清水乡财政收入: the indicator after the last place is every place's."""
        counted = _PLACES_COUNTED.fullmatch(names[-1])
        if counted and len(names) > 1:
            kind = counted.group(2)
            return [name if name.endswith(kind) else name + kind for name in [*names[:-1], counted.group(1)]]
        place, rest = places.split_place(names[-1], self.town)
        if place is not None and indicators.is_clause(rest):
            return [*names[:-1], place]
        if (
            place is None
            or not rest
            or not all(places.looks_like_place(name) or places.is_place(name, self.town) for name in names[:-1])
        ):
            return names
        return [name + rest for name in names[:-1]] + names[-1:]

    def _list_texts(self, tokens: list[Token], begin: int, stop: int) -> list[tuple[int, int, str]]:
        """Stretches of text that may be lists of names, 、 included, with their bounds."""
        found: list[tuple[int, int, str]] = []
        index = begin
        while index < stop:
            if tokens[index].letter not in _LIST_SOFT:
                index += 1
                continue
            last = index
            while last < stop and (tokens[last].letter in _LIST_SOFT or self._inside_name(tokens, last)):
                last += 1
            start, end = tokens[index].start, tokens[last - 1].end
            low, high = indicators.trim(self.folded[start:end])
            text = indicators.tidy(self.folded[start:end][low:high].replace(" ", ""))
            if indicators.plausible(text):
                found.append((start + low, start + high, text))
            index = last
        return found

    def _inside_name(self, tokens: list[Token], index: int) -> bool:
        """Whether a verb stands inside a name: 工业投资、重点项目 完成 投资、民间投资分别…."""
        if tokens[index].letter != "V" or index + 2 >= len(tokens) or tokens[index + 2].letter != "、":
            return False
        works = self.folded.endswith(("项目", "工程"), 0, tokens[index].start)
        return works and self.folded.startswith("投资", tokens[index].end)

    def _names_only_place(self, name: str) -> bool:
        if indicators.resolve(name) or name in words()["any"]:
            return False
        return places.is_place(name, self.town) or places.looks_like_place(name)


def _tells_measure(name: str) -> bool:
    """Whether a member of a list says itself what is measured: 税收, 工业产值; not 东盟."""
    return bool(indicators.resolve(name)) or indicators.looks_like_name(name)


def _with_object(name: str, object_: str) -> str:
    """A member of a list with the noun that follows the verb: 国税、地税分别完成收入."""
    if not object_ or name.endswith(object_):
        return name
    return name + object_ if name.endswith(("项目", "工程")) or not indicators.resolve(name) else name


def indicators_clean(name: str) -> str:
    """A member of a list without the words that frame it."""
    low, high = indicators.trim(name)
    return name[low:high].strip("“”\"'的") or name
