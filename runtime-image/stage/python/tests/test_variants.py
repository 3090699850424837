"""The variants of a prim, and what choosing one does."""

import pytest
from vitrine_stage import variants
from vitrine_stage.errors import StageError

SHAPES = """
def Xform "Thing" (
    variants = { string shape = "ball" }
    prepend variantSets = ["shape", "finish"]
)
{
    variantSet "shape" = {
        "ball" {
            def Sphere "Shape"
            {
            }
        }
        "box" (
            payload = @./box.usda@</Box>
        ) {
        }
    }
    variantSet "finish" = {
        "matt" {
        }
    }
}
"""


@pytest.fixture
def thing(write, open_stage):
    write("box.usda", 'def Xform "Box"\n{\n    def Cube "Shape"\n    {\n    }\n    def Cube "Lid"\n    {\n    }\n}\n')
    return open_stage(write("thing.usda", SHAPES))


def test_variant_sets_say_what_there_is_and_what_is_chosen(thing):
    assert variants.describe(thing, "/Thing") == {
        "variant_sets": [
            {"name": "shape", "variants": ["ball", "box"], "selection": "ball"},
            {"name": "finish", "variants": ["matt"], "selection": ""},
        ]
    }


def test_a_prim_without_variants_has_none(thing):
    assert variants.describe(thing, "/Thing/Shape") == {"variant_sets": []}


def test_what_was_chosen_is_drawn_with_the_payload_that_it_brings(thing, extract):
    assert len(extract(thing).draws) == 1
    variants.choose(thing, "/Thing", "shape", "box")
    assert len(extract(thing).draws) == 2
    assert variants.describe(thing, "/Thing")["variant_sets"][0]["selection"] == "box"


def test_a_choice_is_an_edit_of_the_session(thing, open_stage, extract):
    variants.choose(thing, "/Thing", "shape", "box")
    assert len(extract(open_stage("thing.usda", thing.export_edits())).draws) == 2
    assert not thing.usd.GetRootLayer().dirty


@pytest.mark.parametrize(
    ("path", "variant_set", "variant", "sentence"),
    [
        ("/Thing", "size", "big", "The prim /Thing has no variant set 'size'."),
        ("/Thing", "shape", "egg", "The variant set 'shape' has no variant 'egg'; use any of ball, box."),
        ("/Thing", "shape", "", "The variant set 'shape' has no variant ''; use any of ball, box."),
        ("/Nowhere", "shape", "box", "The stage has no prim at /Nowhere."),
    ],
)
def test_what_cannot_be_chosen_is_refused_by_a_sentence(thing, path, variant_set, variant, sentence):
    before = thing.export_edits()
    with pytest.raises(StageError) as refused:
        variants.choose(thing, path, variant_set, variant)
    assert str(refused.value) == sentence
    assert thing.export_edits() == before
