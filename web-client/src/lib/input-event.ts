/** Held modifier keys: 1 shift, 2 control, 4 alt, 8 meta, added up. */
export type Modifiers = number;

/** x and y are fractions of the picture, 0,0 at its top left; buttons as in the DOM's `MouseEvent.buttons`. */
export interface PointerInput {
  readonly t: 'pointer';
  readonly kind: 'move' | 'down' | 'up' | 'cancel';
  readonly x: number;
  readonly y: number;
  readonly button: 0 | 1 | 2;
  readonly buttons: number;
  readonly mods: Modifiers;
}

/** dx and dy in CSS pixels, positive to the right and down. */
export interface WheelInput {
  readonly t: 'wheel';
  readonly dx: number;
  readonly dy: number;
  readonly x: number;
  readonly y: number;
  readonly mods: Modifiers;
}

/** `code` names the key's place on the keyboard (UI Events KeyboardEvent code Values). */
export interface KeyInput {
  readonly t: 'key';
  readonly kind: 'down' | 'up';
  readonly code: string;
  readonly mods: Modifiers;
}

/** The page lost the focus: every key and button counts as released. */
export interface BlurInput {
  readonly t: 'blur';
}

export type InputEvent = PointerInput | WheelInput | KeyInput | BlurInput;

export interface ModifierKeys {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

export function modifiersOf({ shiftKey, ctrlKey, altKey, metaKey }: ModifierKeys): Modifiers {
  return (shiftKey ? 1 : 0) + (ctrlKey ? 2 : 0) + (altKey ? 4 : 0) + (metaKey ? 8 : 0);
}
