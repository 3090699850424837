import {
  modifiersOf,
  type ModifierKeys,
  type PointerInput,
  type WheelInput,
} from './input-event.js';
import { placeIn, type Box } from './picture.js';

export interface PointerLike extends ModifierKeys {
  readonly type: string;
  readonly clientX: number;
  readonly clientY: number;
  /** Which button changed, -1 for none. */
  readonly button: number;
  /** Which are held after that. */
  readonly buttons: number;
}

export interface WheelLike extends PointerLike {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number;
}

const PRIMARY_TO_SECONDARY = 0b111;
/** `MouseEvent.buttons` counts the secondary button before the middle one. */
const bitOfButton = [0b001, 0b100, 0b010] as const;
const LINE_PIXELS = 16;

/** What a pointer event says to the runtime, or nothing: a press on the bars, or a fourth button. */
export function pointerInput(event: PointerLike, box: Box): PointerInput | undefined {
  const { x, y, inside } = placeIn(box, event.clientX, event.clientY);
  const kind = kindOf(event);
  const button = isButton(event.button) ? event.button : 0;
  const buttons = event.buttons & PRIMARY_TO_SECONDARY;
  const startsOutside = !inside && (kind === 'down' || (kind === 'move' && buttons === 0));
  if (startsOutside || kind === undefined) return undefined;
  return { t: 'pointer', kind, x, y, button, buttons, mods: modifiersOf(event) };
}

/** A second button pressed while one is held comes as a move that names the button (Pointer Events 5.1). */
function kindOf({ type, button, buttons }: PointerLike): PointerInput['kind'] | undefined {
  if (type === 'pointercancel') return 'cancel';
  if (button === -1) return 'move';
  if (!isButton(button)) return undefined;
  return buttons & bitOfButton[button] ? 'down' : 'up';
}

function isButton(button: number): button is 0 | 1 | 2 {
  return button === 0 || button === 1 || button === 2;
}

export function wheelInput(event: WheelLike, box: Box): WheelInput | undefined {
  const { x, y, inside } = placeIn(box, event.clientX, event.clientY);
  if (!inside) return undefined;
  const pixels = [1, LINE_PIXELS, box.height][event.deltaMode] ?? 1;
  const [dx, dy] = [event.deltaX * pixels, event.deltaY * pixels];
  return { t: 'wheel', dx, dy, x, y, mods: modifiersOf(event) };
}
