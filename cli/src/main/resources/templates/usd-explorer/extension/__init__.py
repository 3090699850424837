"""What @TITLE@ answers to the page, and what moves in it."""

import vitrine

PLANETS = "/World/Planets"
ORBIT = "xformOp:rotateY:orbit"
DAYS_A_STEP = 2


@vitrine.on_start
def start():
    vitrine.state.turning = False


@vitrine.on("echoRequest")
def echo(payload):
    """The same again: a first try at talking to the page."""
    vitrine.send("echoResponse", payload)


@vitrine.on("turntableRequest")
def turntable(payload):
    """Has the planets move or stop: {"on": true}."""
    on = payload.get("on")
    if not isinstance(on, bool):
        raise ValueError("on must be true or false.")
    vitrine.state.turning = on
    vitrine.send("turntableResponse", {"on": on})


@vitrine.every(0.1)
def turn():
    """Each planet goes on by its part of its year, as the stage tells it in orbit:days."""
    planets = vitrine.stage().GetPrimAtPath(PLANETS)
    if not vitrine.state.turning or not planets:
        return
    for planet in planets.GetChildren():
        go_on(planet)
        if moon := planet.GetChild("Moon"):
            go_on(moon)


def go_on(body):
    """A body that has no orbit, or no year, stays where it is."""
    angle, days = body.GetAttribute(ORBIT), body.GetAttribute("orbit:days")
    if angle and days and days.Get():
        angle.Set(((angle.Get() or 0) + 360 * DAYS_A_STEP / days.Get()) % 360)
