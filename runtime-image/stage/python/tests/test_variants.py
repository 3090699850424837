"""The variants of a prim, and what choosing one does."""

import json

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
            {"name": "shape", "variants": ["ball", "box"], "selection": "ball", "omitted": 0},
            {"name": "finish", "variants": ["matt"], "selection": "", "omitted": 0},
        ]
    }


def test_a_prim_without_variants_has_none(thing):
    assert variants.describe(thing, "/Thing/Shape") == {"variant_sets": []}


def test_as_many_variants_are_told_as_fit_into_a_message(write, open_stage):
    names = [f"v{number:04}{'x' * 1_000}" for number in range(1_000)]
    each = "".join(f'"{name}" {{\n}}\n' for name in names)
    sets = "".join(f'variantSet "set{number}" = {{\n{each}}}\n' for number in range(3))
    metadata = 'prepend variantSets = ["set0", "set1", "set2"]'
    stage = open_stage(write("many.usda", f'def "Many" (\n{metadata}\n)\n{{\n{sets}}}\n'))

    told = variants.describe(stage, "/Many")["variant_sets"]
    assert [len(each["variants"]) + each["omitted"] for each in told] == [1_000] * 3
    assert told[0]["omitted"] == 0
    assert len(json.dumps(told)) < 2 << 20
    with pytest.raises(StageError) as refused:
        variants.choose(stage, "/Many", "set0", "egg")
    assert len(str(refused.value)) < 4_000


def test_a_variant_that_takes_its_own_prim_away_can_be_chosen_and_left(write, open_stage, extract):
    sets = 'variantSet "kept" = {\n"no" (\nactive = false\n) {\n}\n"yes" {\n}\n}\n'
    metadata = 'prepend variantSets = "kept"'
    stage = open_stage(write("gone.usda", f'def Sphere "Ball" (\n{metadata}\n)\n{{\n{sets}}}\n'))

    variants.choose(stage, "/Ball", "kept", "no")
    assert len(extract(stage).draws) == 0
    variants.choose(stage, "/Ball", "kept", "yes")
    assert len(extract(stage).draws) == 1


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
