"""Published worked examples, each to the tolerance of its printed digits."""

import numpy as np
import pytest

from steelyard.weights.weigh import weigh

BY_DATA = [
    ("angle", "angle_shuai_2012"),
    ("cilos", "cilos_zavadskas_podvezko_2016"),
    ("deviation", "std_jahan_edwards_2013"),
    ("deviation", "std_salabun_2020"),
    ("entropy", "entropy_elsayed_2017"),
    ("entropy", "entropy_ersoy_2021"),
    ("entropy", "entropy_lee_chang_2018"),
    ("entropy", "entropy_xu_2004"),
    ("entropy", "entropy_zavadskas_podvezko_2016"),
    ("idocriw", "idocriw_zavadskas_podvezko_2016"),
    ("lopcow", "lopcow_ecer_pamucar_2022"),
    ("merec", "merec_keshavarz_2021"),
    ("rancom", "rancom_wieckowski_2023"),
    ("variation", "cv_shuai_2012"),
]


@pytest.mark.parametrize("method, name", BY_DATA, ids=[name for _, name in BY_DATA])
def test_weights_of_a_published_table(case, method, name):
    published = case(name)
    found = weigh(method, published["matrix"], published["directions"])
    expected = published["expected"]["weights"]
    assert found.values == pytest.approx(expected, abs=published["tolerance"])


def test_critic_of_tus_and_adali_takes_its_cost_for_a_benefit(case):
    published = case("critic_tus_adali_2019")
    as_printed = weigh("critic", published["matrix"])
    honest = weigh("critic", published["matrix"], published["directions"])
    assert as_printed.values == pytest.approx(published["expected"]["weights"], abs=6e-4)
    assert honest.values == pytest.approx([0.184, 0.213, 0.142, 0.158, 0.168, 0.134], abs=5e-4)


def test_ahp_of_drinks_with_two_tables_of_random_indices(case):
    published = case("ahp_saaty_drinks_2008")
    expected, tolerance = published["expected"], published["tolerance"]
    saaty = weigh("ahp", published["matrix"])
    other = weigh("ahp", published["matrix"], random_index="donegan-dodd")
    assert saaty.values == pytest.approx(expected["weights"], abs=tolerance)
    assert saaty.details["CR"] == pytest.approx(expected["CR_saaty_RI1_32"], abs=tolerance)
    assert other.details["CR"] == pytest.approx(expected["CR_dd"], abs=5e-5)


def test_ahp_of_the_choice_of_a_school(case):
    published = case("ahp_saaty_school_selection")
    found = weigh("ahp", published["matrix"])
    assert found.values == pytest.approx(published["expected"]["weights"], abs=1e-4)
    assert found.details["lambda_max"] == pytest.approx(7.49, abs=0.1)
    assert found.details["CR"] == pytest.approx(0.2290, abs=5e-5)


def test_ahp_with_a_gap_filled_for_the_least_eigenvalue(case):
    published = case("ahp_bozoki_2010_incomplete")
    expected = published["expected"]
    found = weigh("ahp", published["matrix"], gaps_by="least-eigenvalue")
    assert found.values == pytest.approx(expected["weights"], abs=1e-4)
    assert found.details["matrix"][2, 3] == pytest.approx(expected["missing_cd"], abs=1e-4)
    over_complete = found.details["CI"] / 0.8286
    assert over_complete == pytest.approx(expected["CI_over_complete_dd_RI"], abs=1e-4)


@pytest.mark.parametrize("model", ["linear", "nonlinear"])
def test_bwm_of_a_car_is_consistent(case, model):
    published = case("bwm_rezaei_2015_car")
    found = weigh("bwm", model=model, **published["parameters"])
    assert found.values == pytest.approx(published["expected"]["weights"], abs=1e-3)
    assert found.details["xi"] == pytest.approx(0.0, abs=1e-9)


def test_pca_eigenvalues_of_the_handbook(case):
    published = case("oecd_handbook_pca_eigenvalues_tai")
    found = weigh("pca", published["matrix"], published["directions"])
    for name, tolerance in published["tolerance"].items():
        assert found.details[name] == pytest.approx(published["expected"][name], abs=tolerance)


def test_pca_loadings_and_weights_of_the_handbook(case):
    published = case("oecd_handbook_pca_weights_tai")
    expected, tolerance = published["expected"], published["tolerance"]
    found = weigh("pca", case("oecd_handbook_pca_eigenvalues_tai")["matrix"])
    assert found.details["components"] == 4
    # Components have no order of their own: the first indicator to lead one tells which it is.
    order = [found.details["group"][leader] for leader in (6, 0, 7, 1)]
    loadings = np.abs(found.details["rotated"][:, order])
    assert loadings == pytest.approx(
        np.array(expected["absolute_loadings"]), abs=tolerance["absolute_loadings"]
    )
    for name in ("explained", "explained_share"):
        assert found.details[name][order] == pytest.approx(expected[name], abs=tolerance[name])
    assert found.values == pytest.approx(expected["weights"], abs=tolerance["weights"])
