package dev.vitrine.runtime.engine.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoundsTest {

  private static final Bounds BOX = new Bounds(new Vec3(-1, 0, 2), new Vec3(1, 4, 3));

  @Test
  void a_transformed_box_holds_all_transformed_corners() {
    var turnedAndMoved =
        Matrix4.ofColumns(0.6, 0.8, 0, 0, -0.8, 0.6, 0, 0, 0, 0, -2, 0, 5, 6, 7, 1);
    var box = BOX.transformed(turnedAndMoved);
    double left = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (var corner : BOX.corners()) {
      left = Math.min(left, turnedAndMoved.point(corner).x());
      high = Math.max(high, turnedAndMoved.point(corner).z());
    }
    assertThat(box.min().x()).isCloseTo(left, within(1e-12));
    assertThat(box.max().z()).isCloseTo(high, within(1e-12));
  }

  @Test
  void a_box_turned_inside_out_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Bounds(Vec3.ONE, Vec3.ZERO));
  }
}
