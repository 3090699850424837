package dev.vitrine.protocol;

/** One thing that the viewer did, in a text frame of the data channel {@code input}. */
public sealed interface InputEvent {

  /** The most that a frame may hold, in bytes of UTF-8. */
  int MAX_BYTES = 1024;

  /** The bit of {@code mods} for either shift key. */
  int SHIFT = 1;

  /** The bit of {@code mods} for either control key. */
  int CTRL = 2;

  /** The bit of {@code mods} for either alt key. */
  int ALT = 4;

  /** The bit of {@code mods} for the command or Windows key. */
  int META = 8;

  /** What a pointer did. */
  enum PointerKind implements LowerCaseWord {
    MOVE,
    DOWN,
    UP,
    CANCEL
  }

  /** What a key did. */
  enum KeyKind implements LowerCaseWord {
    DOWN,
    UP
  }

  /**
   * A mouse, pen or finger, as in Pointer Events.
   *
   * @param x from the picture's left, 0 to 1
   * @param y from the picture's top, 0 to 1
   * @param button 0 left, 1 middle, 2 right; without meaning for a move
   * @param buttons those held down as a mask: 1 left, 2 right, 4 middle, 8 back, 16 forward
   * @param mods modifier keys held down, as a mask
   */
  record Pointer(PointerKind kind, double x, double y, int button, int buttons, int mods)
      implements InputEvent {}

  /**
   * A wheel or its like, as in UI Events.
   *
   * @param dx to the right, in CSS pixels
   * @param dy downwards, in CSS pixels
   */
  record Wheel(double dx, double dy, double x, double y, int mods) implements InputEvent {}

  /**
   * A key of the keyboard.
   *
   * @param code the key's place on the keyboard, as in UI Events KeyboardEvent code: {@code KeyF}
   */
  record Key(KeyKind kind, String code, int mods) implements InputEvent {}

  /** The page lost the focus: all keys and buttons are up. */
  record Blur() implements InputEvent {}

  /** Reads one frame; places outside the picture are moved to its edge. */
  static InputEvent parse(String text) throws BadMessageException {
    return InputCodec.parse(text);
  }

  /** This event as the text of a frame. */
  default String toJson() {
    return InputCodec.write(this);
  }
}
