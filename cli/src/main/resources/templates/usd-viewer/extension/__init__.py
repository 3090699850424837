"""What @TITLE@ answers to the page. Each function is called with the payload of a message."""

import vitrine


@vitrine.on("echoRequest")
def echo(payload):
    """The same again: a first try at talking to the page."""
    vitrine.send("echoResponse", payload)
