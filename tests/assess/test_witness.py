"""A second witness: smart2015 scored by plain loops over its YAML, blind to assess/.

It shares nothing with the package but the file: no numpy, no Framework, no tree classes.
"""

import math
import random
from pathlib import Path

import numpy as np
import pytest
import yaml

import steelyard
from steelyard import Recipe, dataset_from_arrays, load_framework, score

FILE = Path(steelyard.__file__).parent / "indicators" / "frameworks" / "smart2015.yaml"
PLAIN = yaml.safe_load(FILE.read_text("utf-8"))
SMART = load_framework("smart2015")


class Plain:
    """One city of one year: `raw` by indicator, `given` by auxiliary input; absent = missing."""

    def __init__(self, raw, given, mean="arithmetic", level_set="default", floor=1.0):
        self.raw, self.given, self.mean, self.floor = raw, given, mean, floor
        self.goals = PLAIN["tree"]
        self.levels = next(s for s in PLAIN["level_sets"] if s["name"] == level_set)["levels"]
        self.level_set = level_set
        self.scores, self.seen = {}, {}
        counted = [goal for goal in self.goals if goal.get("weight", 1) > 0]
        for goal in self.goals:
            self.visit(goal)
        self.index, self.coverage = self.combine(counted)

    def visit(self, node):
        if "children" in node:
            for child in node["children"]:
                self.visit(child)
            score, seen = self.combine(node["children"])
        else:
            value = self.raw.get(node["code"])
            score = None if value is None else self.points(node, value)
            seen = 0.0 if value is None else 1.0
        self.scores[node["code"]], self.seen[node["code"]] = score, seen

    def combine(self, nodes):
        total = sum(node.get("weight", 1.0) for node in nodes)
        seen = sum(node.get("weight", 1.0) * self.seen[node["code"]] for node in nodes) / total
        there = [n for n in nodes if self.scores[n["code"]] is not None]
        weight = sum(node.get("weight", 1.0) for node in there)
        if not weight:
            return None, seen
        pairs = [(n.get("weight", 1.0) / weight, self.scores[n["code"]]) for n in there]
        return self.average(pairs), seen

    def average(self, pairs):
        if self.mean == "arithmetic":
            return sum(w * s for w, s in pairs)
        pairs = [(w, max(s, self.floor)) for w, s in pairs]
        if self.mean == "geometric":
            return math.prod(s**w for w, s in pairs)
        return 1 / sum(w / s for w, s in pairs)

    @staticmethod
    def points(node, x):
        kind = node["scale"]
        if kind == "binary":
            return 100.0 * x
        if kind in ("ladder", "ladder-share"):
            return 100.0 * x / max(rung["level"] for rung in node["ladder"])
        low, high = node["low"], node["high"]
        x = min(max(x, low), high)
        if kind == "interval":
            start, end = node["interval"]
            if x < start:
                return 100.0 * (x - low) / (start - low)
            return 100.0 if x <= end else 100.0 * (high - x) / (high - end)
        if kind == "log":
            share = math.log(x / low) / math.log(high / low)
        elif kind == "log1p":
            share = math.log((1 + x) / (1 + low)) / math.log((1 + high) / (1 + low))
        else:
            share = (x - low) / (high - low)
        return 100.0 * (1 - share if node["direction"] == "cost" else share)

    def level_of(self, score):
        if score is None:
            return 0
        reached = [one["level"] for one in self.levels if round(score, 8) >= one["from"]]
        return max(reached, default=1)

    def meets(self, need):
        if "at_level" in need:
            codes = [g["code"] for g in self.goals if g.get("weight", 1) > 0]
            codes = codes if need["node"] == "goals" else [need["node"]]
            return all(self.level_of(self.scores[code]) >= need["at_level"] for code in codes)
        if "observed" in need:
            return need["observed"] in self.raw
        code = need["value"]
        value = self.raw.get(code, self.given.get(code))
        if value is None:
            return need.get("when_given", False)
        return value <= need["at_most"] if "at_most" in need else value >= need["at_least"]

    def verdict(self):
        """Level by the score, final level, code of the binding gate."""
        by_score = self.level_of(self.index)
        policy = next(gate for gate in PLAIN["gates"] if "coverage" in gate)
        counted = [goal for goal in self.goals if goal.get("weight", 1) > 0]
        thin = self.coverage < policy["coverage"]["overall"] - 1e-9
        thin |= any(self.seen[g["code"]] < policy["coverage"]["goal"] - 1e-9 for g in counted)
        if thin:
            return by_score, 0, str(policy["code"])
        final, binding = by_score, None
        for gate in PLAIN["gates"]:
            if gate.get("level_set") != self.level_set:
                continue
            failed = [need["level"] for need in gate["needs"] if not self.meets(need)]
            allowed = max(1, min(failed) - 1) if failed else 99
            if allowed < final:
                final, binding = allowed, str(gate["code"])
        return by_score, final, binding


def drawn(chance):
    """A city at random: good or bad, with gaps, often at the very boundary of a gate."""
    standing, weak = chance.uniform(0, 1.15), chance.choice("ABCD------")
    raw = {}
    for one in SMART.indicators:
        low, high = one.low if one.low is not None else 0.0, one.high or 1.0
        behind = 0.5 if one.code[0] == weak else 0.0
        share = min(max(standing - behind + chance.gauss(0, 0.15), -0.1), 1.1)
        share = 1 - share if one.direction == "cost" else share
        value = low + share * (high - low)
        if one.scale in ("ladder", "ladder-share"):
            value = round(min(max(value, low), high), 0 if one.scale == "ladder" else 2)
        raw[one.code] = float(value > 0.5) if one.scale == "binary" else value
    for code, values in (("A101", (2, 2.5)), ("B101", (50,)), ("E101", (60, 80)), ("F101", (1, 2))):
        if chance.random() < 0.4:
            raw[code] = float(chance.choice(values))
    gaps = chance.choice((0, 0, 0.02, 0.1, 0.3))
    raw = {code: value for code, value in raw.items() if chance.random() >= gaps}
    given = {
        "survey_sample": chance.choice((None, 119.0, 120.0, 500.0)),
        "serious_incidents": chance.choice((None, 0.0, 0.0, 0.0, 1.0)),
        "previous_level": chance.choice((None, 3.0, 4.0, 5.0)),
    }
    return raw, given


@pytest.fixture(scope="module")
def cities():
    chance = random.Random(42)
    return [drawn(chance) for _ in range(600)]


def as_dataset(cities):
    values = [[raw.get(code, np.nan) for code in SMART.codes] for raw, _ in cities]
    given = {code: [given[code] for _, given in cities] for code in cities[0][1]}
    names = [f"city {place}" for place in range(len(cities))]
    return dataset_from_arrays(SMART, names, values, auxiliary=given)


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic"])
def test_every_node_level_and_gate_agrees_with_plain_loops(cities, mean):
    assessment = score(as_dataset(cities), Recipe(aggregate=mean))
    grades = assessment.grades
    bound = set()
    for row, (raw, given) in enumerate(cities):
        plain = Plain(raw, given, mean)
        expected = {**plain.scores, "index": plain.index}
        found = dict(zip([n.code for n in SMART.nodes], assessment.tree.scores[row], strict=True))
        for code, value in expected.items():
            wanted = np.nan if value is None else value
            assert found[code] == pytest.approx(wanted, rel=1e-12, abs=1e-12, nan_ok=True), code
        assert assessment.coverage["index"].iloc[row] == pytest.approx(plain.coverage, abs=1e-12)
        verdict = (int(grades.by_score[row]), int(grades.final[row]), grades.binding[row])
        assert verdict == plain.verdict()
        bound.add(verdict[2])
    assert bound >= {None, "1", "2", "3", "4", "5", "6"}
    assert "7" in bound or mean == "harmonic"


def test_the_other_level_set_agrees_with_plain_loops(cities):
    grades = score(as_dataset(cities), Recipe(levels="national2017")).grades
    for row, (raw, given) in enumerate(cities):
        verdict = (int(grades.by_score[row]), int(grades.final[row]), grades.binding[row])
        assert verdict == Plain(raw, given, level_set="national2017").verdict()


def test_ranks_agree_with_counting(cities):
    assessment = score(as_dataset(cities))
    known = [Plain(raw, given).index for raw, given in cities]
    for row, own in enumerate(known):
        better = sum(other is not None and round(other, 8) > round(own, 8) for other in known)
        assert assessment.ranks.iloc[row] == better + 1
