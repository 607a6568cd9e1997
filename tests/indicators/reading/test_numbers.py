"""The number in a text."""

from decimal import Decimal

import pytest

from steelyard.indicators.reading.numbers import is_date, number_in


@pytest.mark.parametrize(
    "text, value, unit, scale, bound",
    [
        ("85.3", "85.3", "", None, ""),
        ("85.3%", "85.3", "%", None, ""),
        ("85.3％", "85.3", "%", None, ""),
        ("２１１．６", "211.6", "", None, ""),
        ("12,345", "12345", "", None, ""),
        ("12，345", "12345", "", None, ""),
        ("1,234,567.8", "1234567.8", "", None, ""),
        ("1 234", "1234", "", None, ""),
        ("85,5", "85.5", "", None, ""),
        ("1.234,5", "1234.5", "", None, ""),
        ("1.2亿", "1.2", "", 100_000_000, ""),
        ("6.8016亿元", "6.8016", "元", 100_000_000, ""),
        ("3.5万人", "3.5", "人", 10_000, ""),
        ("37分钟", "37", "分钟", None, ""),
        ("4.5 Mbps", "4.5", "Mbps", None, ""),
        ("35 μg/m³", "35", "μg/m3", None, ""),
        ("1.556300E+04", "15563", "", None, ""),
        ("(8,000)", "-8000", "", None, ""),
        ("（8,000）", "-8000", "", None, ""),
        ("−5", "-5", "", None, ""),
        ("85.3*", "85.3", "", None, ""),
        ("85.3[1]", "85.3", "", None, ""),
        ("85.3①", "85.3", "", None, ""),
        ("85.3¹", "85.3", "", None, ""),
        ("85.3（注1）", "85.3", "", None, ""),
        ("\u00a03\u200b ", "3", "", None, ""),
        ("80-85", "82.5", "", None, "range"),
        ("80%～85%", "82.5", "%", None, "range"),
        ("3.5万-4万", "3.75", "", 10_000, "range"),
        ("≥95", "95", "", None, "at_least"),
        ("95以上", "95", "", None, "at_least"),
        ("不超过3", "3", "", None, "at_most"),
        ("约90", "90", "", None, "about"),
        ("90%左右", "90", "%", None, "about"),
    ],
)
def test_a_number_is_understood(text, value, unit, scale, bound):
    number = number_in(text)
    assert number.value == Decimal(value)
    assert (number.unit, number.scale, number.bound) == (unit, scale, bound)


@pytest.mark.parametrize(
    "text",
    ["", "—", "良", "是", "暂无", "1.2.3", "3/4", "0x10", "1_000", "2小时30分", "12 345,6", "5-3",
     "5-", "8000)", "1,2,3", "5..3", "nan", "inf", "٣", "PM2.5", "12,34,567", "2024-06-05"],
)  # fmt: skip
def test_what_is_not_one_number_is_none(text):
    assert number_in(text) is None


def test_a_single_group_of_three_is_doubtful_and_others_are_not():
    assert number_in("12,345").doubtful
    assert not number_in("1,234,567").doubtful
    assert not number_in("12,345.6").doubtful
    assert not number_in("85,5").doubtful


@pytest.mark.parametrize(
    "text", ["2024-06-05", "2024/6/5", "2024年6月5日", "6月5日", "5-Jan", "Jan-05"]
)
def test_dates_are_known(text):
    assert is_date(text)
    assert not is_date("80-85")
