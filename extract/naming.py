"""Names: which stretch of text names a number, and what it needs to stand alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from extract import indicators, places
from extract.items import Item
from extract.models import NO_PERIOD
from extract.owning import HOLDERS, Owning, item_is_total, with_context
from extract.phrases import Token
from extract.survey import HARD, RATE_UNITS, Number, Run, runs
from extract.vocabulary import words

_LOOK_BACK: Final = 120
"""How many tokens back the names of a list are looked for."""
_GOAL_NOUN: Final = re.compile("收入|支出|投资|税收")
_CUE_NAME: Final = re.compile(
    r"((?:投资|支出|收入|征收|收购|播种|支付|拨付|入库|工程(?=形象|进度)))(?:完成率|进度|完成进度|形象进度)"
)
_DOUBLED: Final = re.compile(r"(工业|农业|全镇|完成|实现|固定资产|财政|税收)(?=\1)")


class Naming(Owning):
    """Finds the name that a number belongs to and makes it stand alone."""

    def _candidates(self, number: Number) -> list[Run]:
        level = number.role in ("completion", "target", "over")
        stop = number.index if number.role == "planned_total" else min(number.cue, number.index)
        stop = min(stop, number.bracket) if number.bracket else stop
        tokens = self.tokens
        if level:
            while stop < number.index and tokens[stop].letter not in "TGKpq":
                stop += 1
            while stop > number.piece and tokens[stop - 1].letter in "TGp":
                stop -= 1
        found = runs(tokens, self.letters, number.piece, stop, self.folded, level)
        if found and level:
            found = [*found[:-1], self._with_cue_noun(found[-1], number)]
        if len(found) == 1 and number.kind == "money" and not number.listed:
            found = [self._with_list_before(found[0], number)]
        return self._with_goal_noun(found, stop) if level else found

    def _with_cue_noun(self, run: Run, number: Number) -> Run:
        """A name whose noun was read with the rate's word: 一般公共预算 收入进度 is of 一般公共预算收入."""
        for token in self.tokens[number.piece : number.index]:
            match = _CUE_NAME.match(self.folded, token.start, token.end) if token.letter == "K" else None
            if match and token.start == run.end and not run.name.endswith(match.group(1)):
                return replace(run, name=run.name + match.group(1), end=match.end(1))
        return run

    def _with_list_before(self, run: Run, number: Number) -> Run:
        """A short name with the one before 、 that shares its noun: 基金、费收入, 索道、观光车收入."""
        tokens, mark = self.tokens, number.piece - 1
        if mark < 1 or tokens[mark].letter != "、" or tokens[mark - 1].letter not in "xw" or mark - 1 < number.left:
            return run
        before = tokens[mark - 1]
        alone = mark < 2 or tokens[mark - 2].letter in ",;:"
        noun = run.name.endswith(("收入", "支出", "投资", "产值", "税收"))
        low, high = indicators.trim(self.folded[before.start : before.end])
        first = self.folded[before.start + low : before.start + high]
        if not (alone and noun and 2 <= len(first) <= 6) or indicators.resolve(run.name) or indicators.resolve(first):
            return run
        if run.start != before.end + 1 or places.looks_like_place(first) or indicators.looks_like_name(first):
            return run
        return Run(f"{first}、{run.name}", before.start + low, run.end)

    def _with_goal_noun(self, found: list[Run], stop: int) -> list[Run]:
        """A name whose last noun was read with the goal: 财政总收入预算 is the budget of 财政总收入."""
        token = self.tokens[stop] if stop < len(self.tokens) else None
        if token is None or token.letter != "G" or stop == 0 or self.tokens[stop - 1].letter not in "xw":
            return found
        noun = _GOAL_NOUN.match(self.folded, token.start)
        before = self.tokens[stop - 1]
        if noun is None or before.end != token.start:
            return found
        name = self.folded[before.start : noun.end()]
        low, high = indicators.trim(name)
        if not indicators.resolve(name[low:high]):
            return found
        whole = Run(name[low:high], before.start + low, before.start + high)
        return [*(run for run in found if run.start < before.start), whole]

    def _name(self, found: list[Run]) -> Run | None:
        """One name out of the runs of a clause: subject and object are joined where neither stands alone."""
        if not found:
            return None
        last = found[-1]
        name = indicators.tidy(last.name)
        if words()["any"].get(name) == "q" and not self.naming_total:
            return None
        if len(found) > 1:
            subject = indicators.tidy(found[-2].name)
            if places.is_place(subject, self.town) or places.looks_like_place(subject):
                return replace(last, name=name, town=subject if subject != self.town else None)
            short = (
                indicators.is_generic(name)
                or self._narrows(subject, name, last.after_verb)
                or (last.after_verb and indicators.resolve(name) is None and len(name) <= 4)
            )
            if (
                short
                and self._takes(subject, name)
                and not indicators.is_clause(subject)
                and not places.is_place(subject, self.town)
            ):
                return Run(subject + name, found[-2].start, last.end, last.after_verb)
        return Run(name, last.start, last.end, last.after_verb)

    @staticmethod
    def _narrows(subject: str, name: str, after_verb: bool) -> bool:
        """Whether a subject says which part of a known indicator is meant: 公路建设 完成 固定资产投资."""
        whole = indicators.resolve(subject + name)
        if not after_verb or whole == indicators.resolve(name):
            return False
        if subject.endswith("企业") and len(subject) > 2:
            return True
        return whole is not None or (name.endswith("投资") and subject.endswith(tuple(indicators.name_words("field"))))

    @staticmethod
    def _takes(subject: str, name: str) -> bool:
        """Whether a subject and a short object make one name: 重点项目 + 投资, but not 固定资产投资 + 投资."""
        return not subject.endswith(name) and (
            indicators.resolve(subject + name) is not None
            or name in indicators.name_words("deed")
            or (indicators.is_money_noun(name) and not indicators.counts_money(subject))
            or subject.endswith(("项目", "工程", "企业"))
            or not indicators.resolve(subject)
        )

    def _name_in_cue(self, number: Number) -> Run | None:
        """What a rate's own word names: 投资完成率 is of 投资, 支出进度 of 支出."""
        for token in self.tokens[number.left : number.index]:
            match = _CUE_NAME.match(self.folded, token.start, token.end) if token.letter == "K" else None
            if match:
                return Run(match.group(1), match.start(1), match.end(1))
        return None

    def _other_noun(self, number: Number) -> Run | None:
        """What a rate's own word names where that is not what was just told: 收入进度57%，支出进度62%."""
        run = self._name_in_cue(number) if self._here(self.current) else None
        return (
            run if run is not None and self.current is not None and not self.current.name.endswith(run.name) else None
        )

    def _known_before(self, number: Number) -> Run | None:
        """The indicator that a clause between the last number and this one names."""
        tokens = self.tokens
        stop = number.piece
        while stop > number.left:
            begin = stop - 1
            while begin > number.left and tokens[begin - 1].letter not in HARD:
                begin -= 1
            aside = begin > 0 and tokens[begin - 1].letter == "("
            found = None if aside else self._known_in(tokens, begin, stop)
            if found:
                return found
            stop = begin
        return None

    def _earlier_name(self, number: Number) -> Run | None:
        """The indicator that an earlier clause, or the sentence before, names without a figure."""
        found = self._known_before(number)
        if found:
            return found
        hint, self.hint = self.hint, None
        return hint or self._skimmed_name()

    def _skimmed_name(self) -> Run | None:
        """The indicator that the sentence before names without a figure: 财政收入增势良好。1-6月完成1.9亿元."""
        if self.skimmed is None or self.sentence_items or self.skimmed[0] < self.sentence_before:
            return None
        start, end = self.skimmed
        known = indicators.find_known(self.folded[start:end])
        return (
            Run(self.folded[start + known[0] : start + known[1]], start + known[0], start + known[1]) if known else None
        )

    def _known_in(self, tokens: list[Token], begin: int, stop: int) -> Run | None:
        if begin >= stop:
            return None
        start, end = tokens[begin].start, tokens[stop - 1].end
        known = indicators.find_known(self.folded[start:end])
        if known:
            return Run(self.folded[start + known[0] : start + known[1]], start + known[0], start + known[1])
        found = runs(tokens, self.letters, begin, stop, self.folded)
        return next((run for run in reversed(found) if indicators.looks_like_name(run.name)), None)

    def _earlier_name_since(self, number: Number) -> Run | None:
        if number.piece <= number.left + 1:
            return None
        found = self._known_before(number)
        return found if found and indicators.resolve(found.name) else None

    def _noun_after(self, number: Number) -> Run | None:
        """The noun counted by a number that precedes it: 引进12个技改项目."""
        if number.kind in RATE_UNITS or number.kind in ("money",):
            return None
        index = number.index + 1
        if index >= len(self.tokens) or self.tokens[index].letter not in "xw":
            return None
        stop = index
        while stop < len(self.tokens) and self.tokens[stop].letter in "xwWG“”":
            stop += 1
        if stop < len(self.tokens) and self.tokens[stop].letter == "K":
            return None
        raw = self.folded[self.tokens[index].start : self.tokens[stop - 1].end]
        if raw.endswith("中"):
            return None
        low, high = indicators.trim(raw)
        name = indicators.tidy(raw[low:high].replace(" ", ""))
        if not indicators.plausible(name):
            return None
        start = self.tokens[index].start
        return Run(name, start + low, start + low + len(name))

    def _listed_names(self, first: Number, count: int) -> list[Run] | None:
        tokens = self.tokens
        stop = min(first.cue, first.index)
        found = self._candidates(first)
        object_ = found[-1].name if found and (found[-1].after_verb or self._after_each(found[-1])) else ""
        texts = self._list_texts(tokens, first.left, stop)
        for without in ((object_,), ()):
            names = self._match_list([t for t in texts if t[2] not in without], count, object_ if without else "")
            if names:
                return names
        return None

    def _names_before_last(self, first: Number, count: int) -> list[Run] | None:
        """The names of a list whose share of a whole was told in between: A、B、C产值占88.7%，分别增长…."""
        stop = first.left - 1
        low = max(stop - _LOOK_BACK, 0)
        while stop > low and self.tokens[stop].letter not in "SRVv":
            stop -= 1
        begin = max((at + 1 for at in range(low, stop) if self.tokens[at].letter in ",;n"), default=low)
        return self._match_list(self._list_texts(self.tokens, begin, stop), count, "") if stop > low else None

    def _stand_alone(self, run: Run, item: Item, kind: str = "") -> tuple[str, str, tuple[int, int]]:
        place, name = self._split_places(places.without_mask(run.name))
        if place and not indicators.plausible(name):
            name = run.name
        elif place:
            item.town = place
            name = name[slice(*indicators.trim(name))] or name
            base = self.whole if self.part else self.current
            short = len(name) <= 2 and not indicators.is_generic(name)
            if base is not None and short and (name in base.name or name in base.text):
                return base.name, base.text, (run.start, run.end)
            run = replace(run, start=run.start + len(place) if self.folded.startswith(place, run.start) else run.start)
        context = ""
        name = self._without_town(name)
        if doubled := _DOUBLED.match(name):
            name = name[doubled.end() :]
        if self.head.endswith(HOLDERS) and self.head not in name and not any(word in name for word in HOLDERS):
            return self.head + name, name, (run.start, run.end)
        current = self.current
        if current is not None and self._here(current) and current.name.endswith("应" + name):
            paid = current.name.removesuffix("应" + name) + name
            return paid, paid, (run.start, run.end)
        if len(name) <= 3 and self.head.endswith(name) and not indicators.resolve(name):
            return self.head, name, (run.start, run.end)
        if name in indicators.name_words("coverage") and self.current is not None:
            return name + self.current.name, name, (run.start, run.end)
        measure = self._measure_of(name, item, kind)
        if measure:
            return name + measure, run.name if not place else name, (run.start, run.end)
        if indicators.is_generic(name) or item_is_total(name) or name in indicators.name_words("deed"):
            context = self._context(name, run.start)
            item.owner = context
        whole = with_context(context, name)
        text = context + name if context and context + name == whole else name
        return (whole, text, (run.start, run.end))

    def _split_places(self, name: str) -> tuple[str | None, str]:
        """The places at the head of a name and the rest; of two, 江北市南岸区, the second counts."""
        place, rest = places.split_place(name, self.town)
        second, shorter = places.split_place(rest, self.town) if place else (None, rest)
        return (second, shorter) if second and indicators.plausible(shorter) else (place, rest)

    def _is_new_name(self, run: Run, item: Item) -> bool:
        ours, theirs = indicators.key_of(run.name), indicators.key_of(item.name)
        if ours == theirs or (indicators.is_generic(run.name) and (ours in theirs or item.target is not None)):
            return False
        if indicators.resolve(run.name) or indicators.looks_like_name(run.name):
            return True
        return not run.after_verb and len(run.name) >= 4 and not indicators.is_clause(run.name)

    def _goes_back(self) -> bool:
        """Whether a nameless rate opens a sentence after parts were told: it is of their whole (11月当月增长22.7%)."""
        last = self.current
        return last is not None and last.part and self.whole is not None and not self.sentence_items

    def _open(self, run: Run | None, *, town: str | None = None, kind: str = "") -> Item:
        item = Item(
            serial=self.serial,
            sentence=self.sentence,
            status=self.once or self.status,
            town=town or (run.town if run else None),
        )
        if run is not None and self._names_only_place(run.name):
            item.town, run = run.name, None
        ahead = item.status == "planned"
        item.when, flags = self.calendar.resolve(self.period, ahead=ahead) if self.period else (NO_PERIOD, ["时段缺失"])
        item.flags.extend(flags)
        if run is None:
            source = self.whole if self._goes_back() else self.current
            hint, self.hint = self.hint, None
            if hint is not None and item.town:
                item.name, item.text, _ = self._stand_alone(hint, Item())
                item.mark("indicator", hint.start, hint.end)
            elif self.head_fresh and self.head and not self.sentence_items and not item.town:
                item.name = item.text = self.head
                item.flags.append("指标承标题")
            elif source is not None:
                item.name, item.text = source.name, source.text
                item.town = item.town or self.line_place or (None if self.of_all else source.town)
                item.flags.append("指标承前")
            elif self.head or indicators.resolve(self.subject):
                item.name = item.text = self.head or self.subject
                item.flags.append("指标承标题")
        else:
            item.name, item.text, item.span = self._stand_alone(run, item, kind)
            item.mark("indicator", *item.span)
            if item.name.endswith(("项目投资", "工程投资")):
                self.counted_name = item.name.removesuffix("投资")
        item.town = item.town or self.line_place or None
        self.once = ""
        item.part = self.part
        self.sentence_items.append(item)
        self.current = item
        self.head_fresh = False
        if not self.part:
            self.whole = item
        return item
