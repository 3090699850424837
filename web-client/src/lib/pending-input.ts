import type { InputEvent, PointerInput, WheelInput } from './input-event.js';

/** Keeps one move and one turn of the wheel until the next frame: nobody sees what lies between. */
export class PendingInput {
  #move: PointerInput | undefined;
  #wheel: WheelInput | undefined;

  /** What must go out now, in order; nothing when the event can wait for the next frame. */
  add(event: InputEvent): InputEvent[] {
    if (event.t === 'pointer' && event.kind === 'move') {
      this.#move = event;
      return [];
    }
    if (event.t === 'wheel') {
      const { dx, dy } = this.#wheel ?? { dx: 0, dy: 0 };
      this.#wheel = { ...event, dx: dx + event.dx, dy: dy + event.dy };
      return [];
    }
    return [...this.flush(), event];
  }

  /** What has waited for this frame. */
  flush(): InputEvent[] {
    const waited = [this.#move, this.#wheel].filter((event) => event !== undefined);
    this.#move = undefined;
    this.#wheel = undefined;
    return waited;
  }
}
