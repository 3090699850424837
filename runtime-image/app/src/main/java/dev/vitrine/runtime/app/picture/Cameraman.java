package dev.vitrine.runtime.app.picture;

import dev.vitrine.protocol.InputEvent;
import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.camera.OrbitCamera;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.UpAxis;
import java.util.Optional;

/** Keeps the camera where the viewer's input put it. Safe for use by several threads. */
public final class Cameraman {

  private final double aspect;
  private Hand hand = Hand.on(OrbitCamera.initial());

  /**
   * @param aspect the picture's width by its height
   */
  public Cameraman(double aspect) {
    this.aspect = aspect;
  }

  /** The newest place of the camera. */
  public synchronized Camera camera() {
    return hand.camera().camera();
  }

  /** Does what the viewer did. */
  public synchronized void follow(InputEvent event) {
    hand = hand.after(event, aspect);
  }

  /** Takes a new scene into the picture; an empty one is looked at from where the camera is. */
  public synchronized void frame(Optional<Bounds> scene, UpAxis upAxis) {
    scene.ifPresent(bounds -> hand = hand.with(OrbitCamera.facing(bounds, upAxis, aspect)));
  }

  /** Back to where the camera was when the scene came. */
  public synchronized void reset() {
    hand = hand.with(hand.camera().reset());
  }
}
