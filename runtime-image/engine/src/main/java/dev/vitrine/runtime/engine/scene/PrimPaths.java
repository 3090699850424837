package dev.vitrine.runtime.engine.scene;

/** The one rule about prim paths that the records share. */
final class PrimPaths {

  private PrimPaths() {}

  static void requireAbsolute(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "a prim's path must be absolute and begin with /, but is '%s'".formatted(path));
    }
  }
}
