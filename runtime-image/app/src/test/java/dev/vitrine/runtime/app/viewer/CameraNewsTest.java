package dev.vitrine.runtime.app.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CameraNewsTest {

  private final Cameraman cameraman = new Cameraman(16.0 / 9);
  private final Steps session = new Steps();
  private final List<ViewerReply> heard = new ArrayList<>();
  private boolean listens = true;
  private final CameraNews news =
      new CameraNews(cameraman, session, reply -> listens && heard.add(reply));

  @Test
  void the_camera_is_told_at_first_and_when_it_has_moved() {
    news.begin();
    session.step();
    session.step();
    assertThat(heard).hasSize(1);
    cameraman.look(new Vec3(0, 0, 2), Vec3.ZERO, OptionalDouble.of(Math.PI / 2));
    session.step();
    session.step();
    assertThat(heard).hasSize(2);
    var told = (ViewerReply.CameraStateChanged) heard.getLast();
    assertThat(told.position().z()).isEqualTo(2);
    assertThat(told.target()).isEqualTo(new ViewerReply.Point(0, 0, 0));
    assertThat(told.up().y()).isEqualTo(1);
    assertThat(told.fieldOfView()).isEqualTo(90);
  }

  @Test
  void what_the_page_did_not_take_is_told_again() {
    news.begin();
    listens = false;
    session.step();
    listens = true;
    session.step();
    assertThat(heard).hasSize(1);
  }

  @Test
  void a_connection_that_comes_back_is_not_told_twice_as_often() {
    news.begin();
    news.begin();
    assertThat(session.tasks).hasSize(1);
  }

  /** Time that passes when the test says so. */
  private static final class Steps extends ScheduledThreadPoolExecutor {

    private final List<Runnable> tasks = new ArrayList<>();

    Steps() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable task, long initialDelay, long delay, TimeUnit unit) {
      tasks.add(task);
      return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    void step() {
      tasks.forEach(Runnable::run);
    }
  }
}
