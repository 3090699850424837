"""The payloads of the viewer's own messages: ``OpenStageRequest`` is that of ``openStageRequest``.

Made by tools/messages.py of the protocol's schema.
"""

from typing import Any, Literal, NotRequired, TypedDict


Result = Literal["success", "error"]
"""How a request ended."""


PrimFilter = Literal["USDGeom", "mesh", "xform", "scope"]
"""A kind of prim."""


Value = Any
"""Any JSON. Vectors and colours are arrays of numbers, quaternions too with the real part first, matrices arrays of rows; a number that is not finite is null."""


Point = list[float]
"""A point of the scene, or a direction, in the stage's units."""


Color = list[float]
"""Red, green and blue as displayed, 0 to 1."""


class Prim(TypedDict):
    """A node of the stage's tree."""

    name: str

    path: str

    children: NotRequired["list[Prim] | dict[str, Any]"]
    """An empty object while there are some, to be asked for; absent where there are none."""


class Property(TypedDict):
    """A property of a prim."""

    name: str

    type: str
    """As USD names it, such as ``color3f[]``; ``rel`` for a relationship."""

    value: Value
    """At the stage's first time; the targets' paths of a relationship."""

    truncated: bool
    """Whether the value is only the beginning of the whole, or left out for its size."""

    length: NotRequired[int]
    """Of an array."""

    authored: bool
    """Whether the stage says it; if not, the value is the schema's."""

    animated: bool
    """Whether it changes with time."""

    custom: bool
    """Whether it belongs to no schema."""

    connected: bool
    """Whether something else gives the value, such as a shader."""

    writable: bool
    """Whether ``setPropertyRequest`` can set it."""

    options: list[str]
    """The words that it may be; empty for any."""


class VariantSet(TypedDict):
    """A variant set of a prim."""

    name: str

    variants: list[str]

    selection: str
    """The chosen variant; empty for none."""

    omitted: int
    """How many more variants there are than a message has room for."""


class StageCamera(TypedDict):
    """A camera of the stage."""

    name: str

    path: str


class RenderSettings(TypedDict):
    """How the picture is rendered."""

    background: Color
    """What is seen where nothing is."""

    exposure: float
    """Stops; each more doubles the lights."""

    headlight: bool
    """Whether lights that follow the camera shine in place of the stage's own; a stage without lights has them in any case."""


class LoadingStateResponse(TypedDict):
    """Which stage there is, and whether it is complete."""

    loading_state: Literal["idle", "busy"]

    url: str
    """The stage; empty for a new one."""


class OpenedStageResult(TypedDict):
    """How opening a stage ended."""

    url: str

    result: Result

    error: str
    """A sentence; empty for success."""


class UpdateProgressAmount(TypedDict):
    """How far loading a stage has come; ten times a second at most."""

    progress: float
    """Of the stage that is loaded."""


class GetChildrenResponse(TypedDict):
    """The prims right below one."""

    prim_path: str
    """A prim's absolute path."""

    children: list[Prim]

    omitted: int
    """How many more there are than a message has room for."""


class GetPropertiesResponse(TypedDict):
    """The properties of a prim."""

    prim_path: str
    """A prim's absolute path."""

    type: str
    """The prim's, such as ``Sphere``; empty where it has none."""

    properties: list[Property]
    """In the order of their names."""

    omitted: int
    """How many more there are than a message has room for."""


class SetPropertyResponse(TypedDict):
    """Whether the attribute was set."""

    result: Result

    error: str
    """A sentence; empty for success."""


class GetVariantsResponse(TypedDict):
    """The variant sets of a prim."""

    prim_path: str
    """A prim's absolute path."""

    variant_sets: list[VariantSet]


class SetVariantResponse(TypedDict):
    """Whether the variant was chosen."""

    result: Result

    error: str
    """A sentence; empty for success."""


class StageSelectionChanged(TypedDict):
    """What is selected now, if not by the page itself."""

    prims: list[str]


class MakePrimsPickableResponse(TypedDict):
    """Whether the prims can be picked now."""

    result: Result

    error: str
    """A sentence; empty for success."""


class GetCamerasResponse(TypedDict):
    """The stage's cameras."""

    cameras: list[StageCamera]


class SetCameraResponse(TypedDict):
    """Whether the camera is there now."""

    result: Result

    error: str
    """A sentence; empty for success."""


class FitCameraResponse(TypedDict):
    """Whether the prims are in the picture now."""

    result: Result

    error: str
    """A sentence; empty for success."""


class CameraStateChanged(TypedDict):
    """Where the scene is looked at from: when the page has connected, and while that changes four times a second at most."""

    position: Point

    target: Point
    """What is looked at, and turned around."""

    up: Point
    """What is up in the picture, of length 1."""

    field_of_view: float
    """Vertical, in degrees."""


class SetCameraStateResponse(TypedDict):
    """Whether the camera is there now."""

    result: Result

    error: str
    """A sentence; empty for success."""


class GetRenderSettingsResponse(TypedDict):
    """How the picture is rendered."""

    settings: RenderSettings


class RenderSettingsChanged(TypedDict):
    """How the picture is rendered from now on: the answer to ``setRenderSettingRequest``."""

    settings: RenderSettings


class ResetStageResponse(TypedDict):
    """Whether the camera is back."""

    result: Result

    error: str
    """A sentence; empty for success."""


class ViewerError(TypedDict):
    """A message that could not be understood, or whose handler failed."""

    event_type: str
    """The request's; ``vitrine.extension`` for a failure that none caused, and ``vitrine.stage`` for what was saved of a stage; empty where requests were not even read."""

    message: str
    """A sentence that names the field and the remedy, or the name and the text of a Python exception."""


class VitrineWarning(TypedDict):
    """The session will end unless something is done."""

    reason: str
    """Of the end, such as ``MaxDuration``."""

    secondsLeft: int

    extendableSeconds: int
    """What ``vitrine.extend`` would add now; 0 when the end cannot be put off."""


class VitrineExtendedSuccess(TypedDict):
    """What becomes of ``vitrine.extend``."""

    result: Literal["success"]

    error: Literal[""]

    secondsLeft: int
    """Until the new end."""


class VitrineExtendedError(TypedDict):
    """What becomes of ``vitrine.extend``."""

    result: Literal["error"]

    error: str
    """A sentence."""


VitrineExtended = VitrineExtendedSuccess | VitrineExtendedError
"""What becomes of ``vitrine.extend``."""


class VitrineNewerVersion(TypedDict):
    """New sessions get another version of the application than this one."""

    version: str
    """Empty: they do not any more."""


class VitrineStageState(TypedDict):
    """The process that composes the stage changed its state."""

    state: Literal["starting", "ready", "restarting", "failed"]

    message: str
    """A sentence, where something is wrong."""


class VitrineChunk(TypedDict):
    """A part of a reply that has more than 64 KiB; the client library joins them."""

    id: str
    """The request's that the whole answers."""

    index: int
    """From 0."""

    count: int
    """Of the parts."""

    data: str
    """A piece of the whole's text, which follows on the part before."""


class VitrineEnded(TypedDict):
    """The session has ended."""

    reason: str

    message: str
    """A sentence."""


class LoadingStateQuery(TypedDict):
    """Asks whether a stage is being loaded; sent every few seconds until first answered, as proof of life."""


class OpenStageRequest(TypedDict):
    """Shows another stage."""

    url: str
    """Relative to the assets, or absolute; empty for a new stage."""


class GetChildrenRequest(TypedDict):
    """Lists the prims right below one."""

    prim_path: str
    """A prim's absolute path."""

    filters: list[PrimFilter]
    """Kinds of prim to list; empty for all."""


class GetPropertiesRequest(TypedDict):
    """Lists the properties of a prim."""

    prim_path: str
    """A prim's absolute path."""


class SetPropertyRequest(TypedDict):
    """Sets an attribute, for as long as the stage is open; the files never change."""

    prim_path: str
    """A prim's absolute path."""

    name: str
    """The attribute's, such as ``xformOp:translate``."""

    value: Value
    """As ``getPropertiesResponse`` says values of the attribute's type; not null."""


class GetVariantsRequest(TypedDict):
    """Lists the variant sets of a prim."""

    prim_path: str
    """A prim's absolute path."""


class SetVariantRequest(TypedDict):
    """Chooses a variant, for as long as the stage is open; the files never change."""

    prim_path: str
    """A prim's absolute path."""

    variant_set: str

    variant: str


class SelectPrimsRequest(TypedDict):
    """Selects prims in place of those that are selected."""

    paths: list[str]


class MakePrimsPickable(TypedDict):
    """Has a click select these prims and those below them."""

    paths: list[str]


class GetCamerasRequest(TypedDict):
    """Lists the stage's cameras."""


class SetCameraRequest(TypedDict):
    """Goes to where a camera of the stage is."""

    prim_path: str
    """The camera; empty for where the viewer was before."""


class FitCameraRequest(TypedDict):
    """Shows all of some prims, from the present direction."""

    paths: list[str]
    """Empty for the whole scene."""


class SetCameraStateRequest(TypedDict):
    """Goes to a place, as far as the scene lets the camera go; it stays upright."""

    position: Point

    target: Point
    """What is looked at, and turned around; elsewhere than the position."""

    field_of_view: NotRequired[float]
    """Vertical, in degrees; as it is where absent."""


class GetRenderSettingsRequest(TypedDict):
    """Asks how the picture is rendered."""


class SetRenderSettingRequestBackground(TypedDict):
    """Changes one setting of how the picture is rendered."""

    name: Literal["background"]

    value: Color


class SetRenderSettingRequestExposure(TypedDict):
    """Changes one setting of how the picture is rendered."""

    name: Literal["exposure"]

    value: float


class SetRenderSettingRequestHeadlight(TypedDict):
    """Changes one setting of how the picture is rendered."""

    name: Literal["headlight"]

    value: bool


SetRenderSettingRequest = SetRenderSettingRequestBackground | SetRenderSettingRequestExposure | SetRenderSettingRequestHeadlight
"""Changes one setting of how the picture is rendered."""


class ResetStage(TypedDict):
    """Takes the camera back to where it began."""


class VitrineExtend(TypedDict):
    """The viewer would like to stay beyond the session's longest duration."""


class VitrineCancel(TypedDict):
    """The reply to a request is not waited for any more."""

    id: str
    """The request's."""


class VitrineFirstFrame(TypedDict):
    """The page shows its first picture; the client library says so by itself."""


class VitrineGoodbye(TypedDict):
    """The page goes away; the client library says so by itself."""
