package dev.vitrine.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageProcessIT {

  private static final Path PYTHON = Path.of(System.getProperty("stage.python"));
  private static final Path PACKAGE = Path.of(System.getProperty("stage.package"));
  private static final String BALLS =
      """
      #usda 1.0
      (
          upAxis = "Z"
      )
      def Xform "World"
      {
          def Sphere "Ball"
          {
          }
          def Scope "Empty"
          {
          }
          def Xform "Group"
          {
              def Cube "Box"
              {
              }
          }
      }
      """;
  private static final String BALL_AT_X_9 =
      """
      #usda 1.0
      over "World"
      {
          over "Ball"
          {
              double3 xformOp:translate = (9, 0, 0)
              uniform token[] xformOpOrder = ["xformOp:translate"]
          }
      }
      """;

  @TempDir private Path assets;
  @TempDir private Path runParent;
  @TempDir private Path kept;
  private final RecordingListener listener = new RecordingListener();
  private StageProcess stage;

  @BeforeEach
  void author() throws IOException {
    write("balls.usda", BALLS);
  }

  @AfterEach
  void end() throws IOException {
    if (stage != null) {
      stage.close();
    }
    try (var left = Files.list(runParent)) {
      assertThat(left).as("what the stage process leaves behind").isEmpty();
    }
  }

  @Test
  void a_stage_becomes_a_scene() throws Exception {
    start(options());

    try (var opened = get(stage.open("balls.usda", _ -> {}))) {
      assertThat(opened.scene().draws())
          .extracting(draw -> draw.owner())
          .containsExactly("/World/Ball", "/World/Group/Box");
      assertThat(opened.scene().meshes().getFirst().bounds().max().x()).isEqualTo(1.0);
      assertThat(opened.warnings()).isEmpty();
    }
    assertThat(listener.nextState()).isEqualTo(new StageState.Starting());
    assertThat(listener.nextState()).isEqualTo(new StageState.Ready());
  }

  @Test
  void how_far_a_stage_has_come_is_told() throws Exception {
    start(options());

    var progress = new CopyOnWriteArrayList<Double>();
    get(stage.open("balls.usda", progress::add)).close();
    assertThat(progress).contains(0.1).isSorted();
    assertThat(progress).allMatch(fraction -> fraction >= 0 && fraction <= 1);
  }

  @Test
  void properties_are_told_and_one_that_was_set_outlasts_the_process() throws Exception {
    start(options());
    get(stage.open("balls.usda", _ -> {})).close();

    assertThat(get(stage.setProperty("/World/Ball", "radius", new IntNode(3)))).isTrue();
    listener.nextEdited().close();
    ProcessHandle.of(stage.pid().orElseThrow()).orElseThrow().destroyForcibly();
    listener.nextReopened().close();
    var told = get(stage.properties("/World/Ball"));

    assertThat(told.type()).isEqualTo("Sphere");
    assertThat(told.properties())
        .filteredOn(it -> it.name().equals("radius"))
        .singleElement()
        .satisfies(
            radius -> {
              assertThat(radius.value().asDouble()).isEqualTo(3);
              assertThat(radius.type()).isEqualTo("double");
              assertThat(radius.authored()).isTrue();
              assertThat(radius.writable()).isTrue();
            });
  }

  @Test
  void a_value_that_does_not_suit_is_refused_and_nothing_is_edited() throws Exception {
    start(options());
    get(stage.open("balls.usda", _ -> {})).close();

    assertThatThrownBy(() -> get(stage.setProperty("/World/Ball", "radius", new TextNode("3"))))
        .hasMessageContaining("The value of 'radius' must be a finite number.");
    assertThatThrownBy(() -> get(stage.setVariant("/World/Ball", "size", "big")))
        .hasMessageContaining("The prim /World/Ball has no variant set 'size'.");
    assertThat(get(stage.variants("/World/Ball"))).isEmpty();
  }

  @Test
  void a_scene_that_was_kept_is_the_one_that_is_composed_again() throws Exception {
    start(options());
    var cache = new SceneCache(kept, options(), 1 << 20, InstantSource.system());
    try (var opened = get(stage.open("balls.usda", _ -> {}))) {
      cache.keep(opened);
    }
    try (var found = cache.find("balls.usda").orElseThrow();
        var again = get(stage.open("balls.usda", _ -> {}))) {
      assertThat(found.checksum()).isEqualTo(again.checksum());
      assertThat(found.scene().draws()).hasSameSizeAs(again.scene().draws());
    }
  }

  @Test
  void a_stage_of_absurd_numbers_is_a_scene_too() throws Exception {
    write(
        "absurd.usda",
        """
        #usda 1.0
        (
            metersPerUnit = 0
            upAxis = "X"
        )
        def Sphere "Far"
        {
            double radius = 1e300
            color3f[] primvars:displayColor = [(nan, inf, -1)]
        }
        def Sphere "Away"
        {
            double3 xformOp:translate = (1e300, nan, 0)
            uniform token[] xformOpOrder = ["xformOp:translate"]
        }
        def Sphere "Flat"
        {
            double3 xformOp:scale = (0, 0, 0)
            uniform token[] xformOpOrder = ["xformOp:scale"]
        }
        def DistantLight "Sun"
        {
            float inputs:intensity = 3e38
            float inputs:exposure = 900
            color3f inputs:color = (-5, 1, 1)
        }
        def Camera "Camera"
        {
            float focalLength = 1e-30
        }
        """);
    start(options());

    try (var opened = get(stage.open("absurd.usda", _ -> {}))) {
      assertThat(opened.scene().draws())
          .extracting(draw -> draw.owner())
          .containsExactly("/Away", "/Flat");
      assertThat(opened.warnings())
          .containsExactly("/Far is not drawn: some points are not finite numbers.");
    }
  }

  @Test
  void the_default_stage_opens_without_a_warning() throws Exception {
    var examples = Path.of(System.getProperty("stage.examples")).toRealPath();
    start(StageOptions.of(PYTHON, PACKAGE, examples).withRunParent(runParent));

    try (var opened = get(stage.open("stages/vitrine.usda", _ -> {}))) {
      assertThat(opened.warnings()).isEmpty();
      assertThat(opened.scene().meshes()).hasSizeGreaterThan(10);
      assertThat(opened.scene().cameras()).hasSize(1);
    }
  }

  @Test
  void children_are_listed_and_filtered() throws Exception {
    start(options());
    get(stage.open("balls.usda", _ -> {})).close();

    assertThat(get(stage.children("/World", List.of())).children())
        .containsExactly(
            new StageChild("Ball", "/World/Ball", false),
            new StageChild("Empty", "/World/Empty", false),
            new StageChild("Group", "/World/Group", true));
    assertThat(get(stage.children("/World", List.of("xform"))).children())
        .extracting(StageChild::name)
        .containsExactly("Group");
    assertRefused(stage.children("/World", List.of("lamp")), "'lamp' is not a filter of children");
    assertRefused(stage.children("/Nowhere", List.of()), "The stage has no prim at /Nowhere.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing.usda       | The stage missing.usda does not exist in the assets folder.
          empty.usda         | The stage empty.usda is empty (0 bytes).
          malformed.usda     | The stage malformed.usda could not be opened: line 4: Expected }
          words.usda         | The stage words.usda could not be opened: <words.usda> is not a valid usda layer.
          words.usdc         | The stage words.usdc could not be opened: File too small
          words.txt          | The stage words.txt is not a USD file: its name must end in .usd
          folder.usda        | The stage folder.usda is not a file.
          ../outside.usda    | The stage ../outside.usda lies outside the assets folder.
          /etc/hostname      | The stage /etc/hostname lies outside the assets folder.
          """)
  void a_bad_stage_is_refused_with_a_sentence(String url, String sentence) throws Exception {
    write("empty.usda", "");
    write("malformed.usda", "#usda 1.0\ndef Xform \"A\"\n{\n  def {{{\n");
    write("words.usda", "hello");
    write("words.usdc", "hello");
    write("words.txt", "hello");
    Files.createDirectory(assets.resolve("folder.usda"));
    start(options());

    assertRefused(stage.open(url, _ -> {}), sentence);
    assertThat(get(stage.open("balls.usda", _ -> {})).scene().draws()).hasSize(2);
  }

  @Test
  void a_killed_process_is_replaced_and_has_stage_and_edits_open_again() throws Exception {
    start(options());
    get(stage.open("balls.usda", _ -> {})).close();
    get(stage.edit(BALL_AT_X_9)).close();
    assertThat(listener.nextState()).isEqualTo(new StageState.Starting());
    assertThat(listener.nextState()).isEqualTo(new StageState.Ready());

    ProcessHandle.of(stage.pid().orElseThrow()).orElseThrow().destroyForcibly();

    assertThat(listener.nextState()).isInstanceOf(StageState.Restarting.class);
    try (var reopened = listener.nextReopened()) {
      assertThat(reopened.url()).isEqualTo("balls.usda");
      var ball = reopened.scene().draws().getFirst();
      assertThat(Matrix4.ofFloats(ball.transforms(), 0).point(Vec3.ZERO))
          .isEqualTo(new Vec3(9, 0, 0));
    }
    assertThat(listener.nextState()).isEqualTo(new StageState.Ready());
    assertThat(get(stage.children("/World", List.of())).children()).hasSize(3);
  }

  @Test
  void edits_that_are_no_layer_change_nothing() throws Exception {
    start(options());
    get(stage.open("balls.usda", _ -> {})).close();

    assertRefused(stage.edit("over {"), "The edits could not be applied");
    assertThat(get(stage.children("/World", List.of())).children()).hasSize(3);
  }

  @Test
  void a_pipe_is_refused_as_a_stage() throws Exception {
    makePipe("pipe.usda");
    start(options());

    assertRefused(stage.open("pipe.usda", _ -> {}), "The stage pipe.usda is not a file.");
  }

  @Test
  void a_stage_that_hangs_is_given_up_and_the_one_before_is_opened_again() throws Exception {
    makePipe("pipe.usda");
    write("hangs.usda", "#usda 1.0\n(\n    subLayers = [@./pipe.usda@]\n)\n");
    start(options().withLimits(4096, Duration.ofSeconds(8)));
    get(stage.open("balls.usda", _ -> {})).close();

    assertRefused(stage.open("hangs.usda", _ -> {}), "took longer than 8 s to answer");

    try (var reopened = listener.nextReopened()) {
      assertThat(reopened.url()).isEqualTo("balls.usda");
    }
  }

  @Test
  void a_stage_that_takes_the_process_down_is_not_opened_again() throws Exception {
    var nested = "def \"a\" {\n".repeat(200_000) + "}\n".repeat(200_000);
    write("deep.usda", "#usda 1.0\n" + nested);
    start(options());
    get(stage.open("balls.usda", _ -> {})).close();
    write("balls.usda", "#usda 1.0\n" + nested);

    assertRefused(stage.open("deep.usda", _ -> {}), "The stage process ended while it worked");

    assertThat(listener.nextLost()).startsWith("balls.usda: The stage process ended");
    write("balls.usda", BALLS);
    get(stage.open("balls.usda", _ -> {})).close();
  }

  @Test
  void a_stage_that_needs_too_much_memory_is_refused() throws Exception {
    write("huge.usda", hugeInstancer(3_000_000));
    start(options().withLimits(1500, Duration.ofSeconds(60)));

    assertRefused(stage.open("huge.usda", _ -> {}), "memory");
    assertThat(get(stage.open("balls.usda", _ -> {})).scene().draws()).hasSize(2);
  }

  @Test
  void files_outside_of_the_assets_folder_cannot_be_read_through_a_stage(@TempDir Path outside)
      throws Exception {
    Files.writeString(outside.resolve("secret.usda"), BALLS);
    write(
        "curious.usda",
        "#usda 1.0\ndef \"A\" (\n    references = @%s/secret.usda@</World>\n)\n{\n}\n"
            .formatted(outside));
    start(options());

    try (var opened = get(stage.open("curious.usda", _ -> {}))) {
      assertThat(opened.scene().draws()).isEmpty();
      assertThat(opened.warnings())
          .singleElement()
          .asString()
          .contains("a file outside the assets folder")
          .doesNotContain(outside.toString());
    }
  }

  @Test
  void a_process_that_cannot_start_is_given_up_with_a_sentence() throws Exception {
    start(options(Path.of("/bin/false")));

    assertThat(listener.nextState()).isEqualTo(new StageState.Starting());
    StageState last = listener.nextState();
    while (last instanceof StageState.Restarting) {
      last = listener.nextState();
    }
    assertThat(last)
        .isEqualTo(
            new StageState.Failed(
                "The stage process was lost too often. "
                    + "The stage process ended while it started."));
    assertRefused(stage.open("balls.usda", _ -> {}), "lost too often");
  }

  @Test
  void a_missing_interpreter_is_told_at_once() throws Exception {
    start(options(Path.of("/nowhere/python")));

    assertThat(listener.nextState()).isEqualTo(new StageState.Starting());
    assertThat(listener.nextState())
        .isInstanceOfSatisfying(
            StageState.Failed.class,
            failed -> assertThat(failed.message()).contains("/nowhere/python"));
  }

  @Test
  void closing_ends_the_process_and_fails_what_waits() throws Exception {
    start(options());
    get(stage.open("balls.usda", _ -> {})).close();
    var process = ProcessHandle.of(stage.pid().orElseThrow()).orElseThrow();

    stage.close();

    assertThat(process.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
    assertRefused(stage.open("balls.usda", _ -> {}), "The stage process was ended.");
  }

  private void start(StageOptions options) {
    stage = StageProcess.start(options, listener, InstantSource.system());
  }

  private StageOptions options() {
    return options(PYTHON);
  }

  private StageOptions options(Path python) {
    return StageOptions.of(python, PACKAGE, assets).withRunParent(runParent);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(assets.resolve(name), text);
  }

  private void makePipe(String name) throws Exception {
    var made = new ProcessBuilder("mkfifo", assets.resolve(name).toString()).start().waitFor();
    assertThat(made).isZero();
  }

  private static String hugeInstancer(int instances) {
    var zeros = "0, ".repeat(instances - 1) + "0";
    var places = "(0, 0, 0), ".repeat(instances - 1) + "(0, 0, 0)";
    return """
    #usda 1.0
    def PointInstancer "Many"
    {
        rel prototypes = </Many/Ball>
        int[] protoIndices = [%s]
        point3f[] positions = [%s]
        def Sphere "Ball"
        {
        }
    }
    """
        .formatted(zeros, places);
  }

  private static void assertRefused(CompletionStage<?> answer, String words) {
    assertThatThrownBy(() -> get(answer))
        .isInstanceOf(StageException.class)
        .hasMessageContaining(words);
  }

  private static <T> T get(CompletionStage<T> answer) throws Exception {
    try {
      return answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof StageException refused ? refused : failed;
    }
  }
}
