"""The package that extensions import, without any runtime around it."""

import math

import pytest
import vitrine
from conftest import no_progress
from vitrine._handlers import handlers
from vitrine._messages import encode
from vitrine_stage.service import Service


@pytest.fixture(autouse=True)
def forget_handlers():
    yield
    handlers.clear()


def nested(levels):
    return {} if levels == 1 else {"a": nested(levels - 1)}


def test_a_message_is_json_as_it_is_sent():
    assert encode("paint", {"name": "Grün", "at": (1, 2.5)}) == '{"event_type":"paint","payload":{"name":"Grün","at":[1,2.5]}}'


@pytest.mark.parametrize(
    ("event_type", "payload", "words"),
    [
        (1, {}, "The type of a message is a text, not int."),
        (" ", {}, "The type of a message has 1 to 128 characters."),
        ("x" * 129, {}, "The type of a message has 1 to 128 characters."),
        ("vitrine.ended", {}, "'vitrine.ended' must be another."),
        ("x", [], "The payload of 'x' is a dict, not list."),
        ("x", {"a": object()}, "not JSON: Object of type object is not JSON serializable."),
        ("x", {"a": math.nan}, "not JSON: Out of range float values are not JSON compliant"),
        ("x", {"a": "\ud800"}, "not JSON: 'utf-8' codec can't encode character"),
        ("x", {"a": "ä" * 33_000}, "has 66037 bytes; 65536 are the most."),
        ("x", {"a": [10**64]}, "The message 'x' holds a number of more than 64 digits."),
        ("x", {"a": -(10**64)}, "The message 'x' holds a number of more than 64 digits."),
        ("x", {"a": {"n" * 1001: 1}}, "The message 'x' holds a name of more than 1000 characters."),
        ("x", nested(32), "nested more than 32 levels deep."),
        ("x", nested(500), "nested more than 32 levels deep."),
    ],
)
def test_what_is_no_message_is_refused_by_a_sentence(event_type, payload, words):
    with pytest.raises((TypeError, ValueError)) as refused:
        encode(event_type, payload)
    assert words in str(refused.value)


def test_a_payload_that_holds_itself_is_refused():
    payload = {}
    payload["self"] = payload
    with pytest.raises(ValueError, match="not JSON"):
        encode("x", payload)


def test_as_deep_as_the_runtime_reads_is_sent():
    assert encode("x", nested(31))


def test_the_largest_that_the_runtime_reads_is_sent():
    assert encode("x", {"n" * 1000: [10**64 - 1, 1 - 10**64, True, 1e300]})


def test_an_extension_has_so_many_periodic_handlers_and_not_more():
    for _ in range(64):
        vitrine.every(1)(lambda: None)
    with pytest.raises(ValueError, match="An extension has 64 periodic handlers, and not more."):
        vitrine.every(1)


def test_a_type_has_one_handler():
    vitrine.on("paint")(lambda payload: None)
    with pytest.raises(ValueError, match="There is a handler for 'paint' already."):
        vitrine.on("paint")


def test_the_viewers_own_requests_have_no_handler():
    with pytest.raises(ValueError, match="The viewer itself answers 'resetStage'; use another type."):
        vitrine.on("resetStage")


@pytest.mark.parametrize("seconds", [0, -1, 0.01, 86_401, math.nan])
def test_seconds_that_make_no_sense_are_refused(seconds):
    with pytest.raises(ValueError, match="The seconds between two calls are 0.02 to 86400"):
        vitrine.every(seconds)


def test_decorators_leave_the_function_as_it_was():
    def handler(*payload):
        return None

    assert vitrine.on("x")(handler) is vitrine.every(1)(handler) is vitrine.on_start(handler) is vitrine.on_end(handler) is handler


def test_outside_of_a_runtime_it_says_so(monkeypatch):
    monkeypatch.setattr("vitrine._host._attached", [])
    with pytest.raises(RuntimeError, match="start one with the option --extension"):
        vitrine.send("x", {})


def test_nothing_is_sent_and_no_stage_is_given_while_no_handler_runs(monkeypatch, tmp_path):
    monkeypatch.setattr("vitrine._host._attached", [])
    service = Service(str(tmp_path), str(tmp_path), None)
    service.perform("load", {}, no_progress, lambda message: pytest.fail("it was sent"))
    with pytest.raises(RuntimeError, match="Only a handler can send messages, while it runs."):
        vitrine.send("x", {})
    with pytest.raises(RuntimeError, match="No stage is open."):
        vitrine.stage()
