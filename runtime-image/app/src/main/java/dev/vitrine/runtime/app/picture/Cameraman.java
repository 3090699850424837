package dev.vitrine.runtime.app.picture;

import dev.vitrine.protocol.InputEvent;
import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.camera.OrbitCamera;
import dev.vitrine.runtime.engine.camera.OrbitView;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.CameraData;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Keeps the camera where the viewer's input put it. Safe for use by several threads. */
public final class Cameraman {

  private final double aspect;
  private Hand hand = Hand.on(OrbitCamera.initial());
  private @Nullable OrbitView free; // as long as the viewer is where a camera of the stage is

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
    var before = hand.camera();
    hand = hand.after(event, aspect);
    if (!hand.camera().equals(before)) {
      free = null;
    }
  }

  /** Takes a new scene into the picture; an empty one is looked at from where the camera is. */
  public synchronized void frame(Optional<Bounds> scene, UpAxis upAxis) {
    free = null;
    scene.ifPresent(bounds -> hand = hand.with(OrbitCamera.facing(bounds, upAxis, aspect)));
  }

  /** Where the camera is, as a viewer sees it. */
  public synchronized OrbitCamera orbit() {
    return hand.camera();
  }

  /** Goes to where a camera of the stage is. */
  public synchronized void goThrough(CameraData camera) {
    if (free == null) {
      free = hand.camera().view();
    }
    hand = hand.with(hand.camera().through(camera));
  }

  /**
   * Goes back to where the viewer was before {@link #goThrough}, unless they went on from there.
   */
  public synchronized void goBack() {
    if (free != null) {
      hand = hand.with(hand.camera().at(free));
      free = null;
    }
  }

  /** Shows all of a box from the present direction. */
  public synchronized void fit(Bounds box) {
    free = null;
    hand = hand.with(hand.camera().fit(box, aspect));
  }

  /** Goes to a place; see {@link OrbitCamera#looking}. */
  public synchronized void look(Vec3 eye, Vec3 target, OptionalDouble fieldOfViewRadians) {
    free = null;
    var camera = hand.camera();
    double angle = fieldOfViewRadians.orElse(camera.view().fieldOfViewRadians());
    hand = hand.with(camera.looking(eye, target, angle));
  }

  /** Back to where the camera was when the scene came. */
  public synchronized void reset() {
    free = null;
    hand = hand.with(hand.camera().reset());
  }
}
