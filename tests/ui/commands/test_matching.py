import pytest

from annstudio.ui.commands.matching import match

NAMES = ("Optimizer: Adam", "Optimizer: AdamW", "Add Dense", "Add Batch normalization", "Step one batch", "Undo")


def best(typed):
    found = {name: fit.score for name in NAMES if (fit := match(typed, name)) is not None}
    return max(found, key=found.get, default=None)


def meant(typed, name):
    return "".join(name[place] for place in match(typed, name).places)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("adam", "Optimizer: Adam"),
        ("optimizer: adam", "Optimizer: Adam"),
        ("opad", "Optimizer: Adam"),
        ("adamw", "Optimizer: AdamW"),
        ("dense", "Add Dense"),
        ("dns", "Add Dense"),
        ("add batch", "Add Batch normalization"),
        ("batch norm", "Add Batch normalization"),
        ("sob", "Step one batch"),
        ("batch st", "Step one batch"),
        ("UNDO", "Undo"),
    ],
)
def test_a_few_letters_find_the_name(typed, name):
    assert best(typed) == name


@pytest.mark.parametrize("typed", ["adamm", "zoom", "dense 2", "optimizer relu"])
def test_what_is_not_in_a_name_does_not_fit(typed):
    assert best(typed) is None


def test_a_letter_in_the_midst_of_another_word_is_not_meant():
    assert match("oam", "Optimizer: Adam") is not None
    assert match("aw", "Add Dense, renewed") is None


def test_the_letters_that_were_meant_are_told():
    assert meant("opad", "Optimizer: Adam") == "OpAd"
    assert match("opad", "Optimizer: Adam").places == (0, 1, 11, 12)
    assert meant("e", "See Element") == "E"


def test_a_name_that_begins_so_comes_before_one_that_holds_it():
    assert match("re", "Reset").score > match("re", "Add more").score
    assert match("act", "Activation: ReLU").score > match("act", "Add Activation").score


def test_a_whole_word_comes_before_the_beginning_of_one():
    assert match("adam", "Optimizer: Adam").score > match("adam", "Optimizer: Adamax").score
    assert match("relu", "Activation: ReLU").score > match("relu", "Activation: ReLU6").score


def test_of_equals_none_is_better():
    assert match("act", "Activation: ELU").score == match("act", "Activation: Logistic").score


def test_other_words_count_less_than_the_name():
    by_words = match("gate_xor", "Data set: XOR", "gate_xor")
    assert by_words is not None
    assert by_words.places == ()
    assert match("xor", "Data set: XOR").score > by_words.score


def test_signs_that_grow_in_lower_case_keep_their_places():
    assert meant("stan", "İstanbul Stanza") == "Stan"


def test_no_letter_is_meant_twice():
    assert match("add add", "Add Dense") is None
    assert match("add add", "Add Add").places == (0, 1, 2, 4, 5, 6)


def test_a_word_is_not_scattered_where_it_stands_as_a_whole():
    assert match("linear regression", "Linear regression").places == (*range(6), *range(7, 17))


def test_nothing_typed_fits_everything():
    assert match("  ", "Undo").places == ()
