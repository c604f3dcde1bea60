"""The wage premium of a quarter: steps of each right, the closed start of VOP, the cap, and what is not known."""

from datetime import date
from decimal import Decimal

import pytest

from opstap.engine.costing import Premium, Quarter, RateError, Supported, load_premiums, premium
from opstap.engine.costing.premiums import PremiumBook
from opstap.engine.shared import Period

BOOK = load_premiums()
START = date(2022, 4, 1)


def supported(status: str = "vop", starts_on: date = START, until: date | None = None, **known: object) -> Supported:
    """Return a right of five years with a wage cost of 9,000 euros a quarter, unless the test says otherwise."""
    given = {"right_years": 5, "wage_cost": Decimal(9000)} | known
    return Supported(status, starts_on, Period(starts_on, until), **given)  # type: ignore[arg-type] # fields of Supported


def of(support: Supported, year: int, number: int) -> Premium:
    """Return the premium of a quarter."""
    return premium(support, Quarter(year, number), BOOK)


def codes(found: Premium) -> list[str]:
    """Return the codes of what is said beside the amount."""
    return [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("year", "number", "percent", "amount"),
    [(2022, 2, 40, "3600.00"), (2023, 2, 40, "3600.00"), (2023, 3, 30, "2700.00"), (2024, 2, 30, "2700.00"), (2024, 3, 20, "1800.00")],
)
def test_premium_goes_down_by_steps(year: int, number: int, percent: int, amount: str) -> None:
    """VOP of five years pays 40 per cent for five quarters, 30 for four, then 20."""
    found = of(supported(), year, number)
    assert (found.percent, found.amount, found.is_confirmed) == (percent, Decimal(amount), True)


def test_premium_after_the_last_step_is_nothing() -> None:
    """The twenty-first quarter of VOP pays nothing, and says that the steps are over."""
    found = of(supported(), 2027, 2)
    assert (found.number, found.amount, codes(found)) == (21, Decimal(0), ["costing.series_over"])


def test_premium_of_vop_that_started_too_late_is_nothing() -> None:
    """VOP cannot begin on 1 July 2023; on 30 June it still can."""
    late, in_time = of(supported(starts_on=date(2023, 7, 1)), 2023, 3), of(supported(starts_on=date(2023, 6, 30)), 2023, 3)
    assert (late.amount, codes(late), in_time.percent) == (Decimal(0), ["costing.vop_closed"], 40)


def test_premium_of_imw_before_it_existed_is_not_known() -> None:
    """IMW began on 1 July 2023: an earlier start is a mistake in the file, so no amount is given."""
    found = of(supported("imw", date(2023, 6, 1)), 2023, 3)
    assert (found.amount, codes(found)) == (None, ["costing.not_yet_that_day"])


@pytest.mark.parametrize(("years", "percents"), [(2, [20, 20]), (5, [40, 30])])
def test_premium_of_imw_by_years_of_the_right(years: int, percents: list[int]) -> None:
    """IMW of two years pays 20 per cent throughout, of five years 40 and then 30."""
    support = supported("imw", date(2023, 7, 1), right_years=years)
    assert [of(support, 2023, 3).percent, of(support, 2024, 4).percent] == percents


def test_premium_without_the_years_of_the_right_is_not_known() -> None:
    """A right of 2 or 5 years that nobody noted gives no amount."""
    found = of(supported(right_years=None), 2023, 3)
    assert (found.percent, found.amount, codes(found)) == (None, None, ["costing.right_unknown"])


def test_premium_without_wage_cost_gives_the_per_cent_only() -> None:
    """Without the wage cost the per cent is known and the amount is not."""
    found = of(supported(wage_cost=None), 2023, 3)
    assert (found.percent, found.amount, codes(found)) == (30, None, ["costing.wage_cost_unknown"])


def test_premium_of_collective_custom_work_is_what_was_granted() -> None:
    """A support package has its own per cent; without it nothing is guessed."""
    support = supported("cmw_wop", percent=45)
    assert (of(support, 2023, 3).amount, codes(of(supported("cmw_wop"), 2023, 3))) == (Decimal("4050.00"), ["costing.percent_unknown"])


def test_premium_above_the_cap_is_cut_and_to_be_confirmed() -> None:
    """A wage cost above the cap counts as the cap, whose year is not confirmed."""
    found = of(supported(wage_cost=Decimal(12000)), 2023, 2)
    assert (found.capped, found.amount, found.is_confirmed) == (True, Decimal("3825.14"), False)


def test_premium_of_a_part_of_a_quarter_counts_days() -> None:
    """A contract that ends on 1 August has 31 of the 92 days of the third quarter."""
    found = of(supported(until=date(2023, 8, 1)), 2023, 3)
    assert found.amount == (Decimal(9000) * 31 / 92 * 30 / 100).quantize(Decimal("0.01"))


def test_premium_outside_contract_and_right_is_nothing() -> None:
    """A quarter before the start and one after the end bring nothing."""
    support = supported(until=date(2023, 7, 1))
    assert [of(support, 2022, 1).amount, of(support, 2023, 3).amount] == [Decimal(0), Decimal(0)]


def test_premium_for_coaching_is_added() -> None:
    """A middle level of coaching adds 730 euros a quarter under IMW; under VOP nothing is known of it."""
    imw, vop = supported("imw", date(2023, 7, 1), coaching="middle"), supported(coaching="middle")
    assert (of(imw, 2023, 3).amount, of(imw, 2023, 3).coaching) == (Decimal("4330.00"), Decimal("730.00"))
    assert codes(of(vop, 2023, 3)) == ["costing.coaching_unknown"]


def test_quarter_counts_over_years() -> None:
    """The quarter after the fourth is the first of the next year, and they count on."""
    assert (Quarter(2023, 4).next, Quarter(2023, 1).previous) == (Quarter(2024, 1), Quarter(2022, 4))
    assert Quarter(2024, 2).since(Quarter(2023, 3)) == 4
    assert Quarter(2023, 4).period == Period(date(2023, 10, 1), date(2024, 1, 1))


def test_premium_book_refuses_an_unknown_confidence() -> None:
    """A file of premiums that marks an amount with an unknown confidence names it."""
    wrong = {"series": [], "wage_cap": [{"from": START, "value": "1", "source": "", "confidence": "X"}], "coaching": []}
    with pytest.raises(RateError, match="cap: 'X' is not one of C, S, D, M"):
        PremiumBook.from_json(wrong)
