import pytest

from parcels.addresses import Address, checked, is_island, label_lines

ULM = Address("Town library", "Marktplatz 1", "89073", "Ulm")


def test_postcode_gets_one_spelling():
    address = checked(Address("Town hall", "Dam 1", " 1012 jl ", "Amsterdam", "NL"))
    assert address.postcode == "1012 JL"


@pytest.mark.parametrize(("postcode", "country"), [("8907", "DE"), ("89073", "AT"), ("1012", "NL")])
def test_postcode_of_another_form_is_refused(postcode, country):
    with pytest.raises(ValueError, match="no postcode"):
        checked(Address("Town library", "Marktplatz 1", postcode, "Ulm", country))


def test_name_is_needed():
    with pytest.raises(ValueError, match="the name is missing"):
        checked(Address(" ", "Marktplatz 1", "89073", "Ulm"))


def test_island():
    assert is_island(Address("Lighthouse", "Am Hafen 3", "27498", "Helgoland"))
    assert not is_island(ULM)


def test_label_names_the_country_abroad():
    assert label_lines(Address("Town hall", "Dam 1", "1012 JL", "Amsterdam", "NL"))[-1] == "NL"
