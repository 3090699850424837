package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.Vec3;

/**
 * How a scene is shown, whatever is in it.
 *
 * @param background what is seen where nothing is: red, green, blue as displayed, 0 to 1
 * @param exposure stops, -10 to 10: each more doubles the lights
 * @param headlight whether lights that follow the camera shine in place of the stage's own
 */
public record Look(Vec3 background, double exposure, boolean headlight) {

  /**
   * A dark slate. One colour, because a gradient costs a software renderer and an encoder alike.
   */
  public static final Look DEFAULT = new Look(new Vec3(0.235, 0.25, 0.275), 0, false);

  private static final double MOST_STOPS = 10;

  public Look {
    requireShown(background.x());
    requireShown(background.y());
    requireShown(background.z());
    // Written so that NaN fails as well.
    if (!(Math.abs(exposure) <= MOST_STOPS)) {
      throw new IllegalArgumentException(
          "an exposure must lie between -10 and 10 stops, but is " + exposure);
    }
  }

  private static void requireShown(double part) {
    if (part < 0 || part > 1) {
      throw new IllegalArgumentException(
          "a background's colour must lie between 0 and 1, but has " + part);
    }
  }
}
