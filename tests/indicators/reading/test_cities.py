"""Names of cities."""

import pytest

from steelyard.indicators.reading.cities import cities, is_official, understand_name


@pytest.mark.parametrize(
    "written, name",
    [
        ("杭州", "杭州市"),
        ("杭州市", "杭州市"),
        ("宁 波 市", "宁波市"),
        ("溫州市", "温州市"),
        ("臺州市", "台州市"),
        ("Hangzhou", "杭州市"),
        ("hangzhou city", "杭州市"),
        ("Xi'an", "西安市"),
        ("Chongqing", "重庆市"),
        ("Harbin", "哈尔滨市"),
        ("Urumqi", "乌鲁木齐市"),
        ("义乌", "义乌市"),
        ("北京", "北京市"),
    ],
)
def test_every_spelling_leads_to_the_official_name(written, name):
    assert understand_name(written).name == name


@pytest.mark.parametrize(
    "written",
    ["广东", "浙江省", "上海浦东", "浦东新区", "恩施州", "吉林", "恩施", "东京", "首尔", "河内",
     "Paris", "Almaty", "Astana", "Shymkent", "Springfield", "New York", "Lima", "São Paulo"],
)  # fmt: skip
def test_other_places_pass_as_they_are(written):
    found = understand_name(written, among_official=False)
    assert (found.name, found.act) == (written, "as_written")


@pytest.mark.parametrize(
    "written, candidates",
    [
        ("杭洲市", ("杭州市",)),
        ("杭洲", ("杭州市",)),
        ("连云岗", ("连云港市",)),
        ("石家庒市", ("石家庄市",)),
    ],
)
def test_a_slip_is_suggested_and_never_mended(written, candidates):
    found = understand_name(written)
    assert (found.name, found.act, found.candidates) == (written, "near", candidates)


def test_a_short_name_is_a_slip_only_among_official_names():
    assert understand_name("义鸟市").act == "as_written"
    assert understand_name("义鸟市", among_official=True).candidates == ("义乌市", "义马市")


def test_a_pinyin_of_two_cities_is_not_guessed():
    found = understand_name("Suzhou")
    assert (found.act, set(found.candidates)) == ("ambiguous", {"苏州市", "宿州市"})


def test_an_official_name_is_no_slip_of_its_neighbour():
    for name in ("泰州市", "台州市", "扬州市", "杨凌区", "嘉善县", "宿州市", "徐州市"):
        assert understand_name(name, among_official=True).act == "as_written"


def test_a_name_like_a_formula_stays_text():
    for written in ("=1+1", "+cmd", "-2", "@SUM(A1)"):
        assert (understand_name(written).name, understand_name(written).act) == (written, "formula")


def test_the_official_list_is_of_the_size_the_ministry_states():
    assert 680 <= len(cities()) <= 710
    assert is_official("龙泉市")
    assert not is_official("杭洲市")
