package dev.vitrine.cli.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.project.NewProject;
import dev.vitrine.cli.project.Project;
import dev.vitrine.cli.project.ProjectName;
import dev.vitrine.cli.project.Template;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in a real registry. */
class ProjectImageIT {

  @TempDir static Path shared;
  private static LocalRegistry registry;
  private static ImageReference base;

  @TempDir private Path work;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Path folder;

  /** The runtime's image, as far as it matters here: an entry point and a layer. */
  @BeforeAll
  static void pushABase() throws Exception {
    registry = LocalRegistry.open(shared.resolve("registry"));
    var file = Files.writeString(shared.resolve("runtime"), "the runtime");
    base = ImageReference.parse(registry.address() + "/runtime:1");
    Jib.fromScratch()
        .addLayer(List.of(file), AbsoluteUnixPath.get("/opt"))
        .setEntrypoint("/opt/runtime")
        .setUser("10001")
        .containerize(
            Containerizer.to(RegistryImage.named(base))
                .setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(shared.resolve("cache"))
                .setApplicationLayersCache(shared.resolve("cache")));
  }

  @AfterAll
  static void end() {
    registry.close();
  }

  @BeforeEach
  void makeAProject() throws IOException {
    folder = work.resolve("look");
    NewProject.write(folder, Template.USD_VIEWER.render(new ProjectName("look")));
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/config"), "");
    Files.createDirectories(folder.resolve("look/__pycache__"));
    Files.writeString(folder.resolve("look/__pycache__/x.pyc"), "");
  }

  @Test
  void a_project_lies_on_top_of_the_runtime_which_is_told_what_to_open() throws Exception {
    push("look", "1.0");
    var config = registry.config("look", "1.0").get("config");
    assertThat(config.at("/Entrypoint/0").asText()).isEqualTo("/opt/runtime");
    assertThat(config.at("/User").asText()).isEqualTo("10001");
    assertThat(config.at("/Env"))
        .extracting(variable -> variable.asText())
        .contains("VITRINE_STAGE=/app/stage/scene.usda", "VITRINE_EXTENSION=/app/look");
    assertThat(layer("look", "1.0").keySet())
        .contains("app/look/__init__.py", "app/stage/scene.usda", "app/vitrine.yaml")
        .noneMatch(path -> path.contains("__pycache__") || path.contains(".git"));
  }

  @Test
  void the_same_files_make_the_same_image_whenever_and_by_whom() throws Exception {
    var first = push("again", "1");
    Files.setLastModifiedTime(
        folder.resolve("stage/scene.usda"), FileTime.fromMillis(1_000_000_000_000L));
    assertThat(folder.resolve("look/__init__.py").toFile().setExecutable(true)).isTrue();
    assertThat(push("again", "2")).isEqualTo(first);
    assertThat(layer("again", "1").values())
        .allSatisfy(
            entry -> {
              assertThat(entry.getLastModifiedDate().getTime()).isEqualTo(1000);
              assertThat(entry.getLongUserId()).isZero();
            });

    Files.writeString(folder.resolve("stage/scene.usda"), "#usda 1.0\n");
    assertThat(push("again", "3")).as("another stage").isNotEqualTo(first);
  }

  @Test
  void a_file_is_whole_or_not_there() throws Exception {
    var file = work.resolve("look.tar");
    var digest = image(base, Map.of()).build(Destination.tar(file, folder));
    assertThat(digest).startsWith("sha256:");
    var archive = Files.readAllBytes(file);
    assertThat(entries(archive).keySet()).contains("manifest.json");
    assertThat(Files.getPosixFilePermissions(file))
        .as("as any file")
        .isEqualTo(Files.getPosixFilePermissions(folder.resolve("vitrine.yaml")));
    assertThat(image(base, Map.of()).build(Destination.tar(file, folder))).isEqualTo(digest);
    assertThat(Files.readAllBytes(file)).as("the same again").isEqualTo(archive);

    Files.delete(file);
    var nowhere = ImageReference.parse(registry.address() + "/nothing:1");
    assertThatThrownBy(() -> image(nowhere, Map.of()).build(Destination.tar(file, folder)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("nothing");
    try (var left = Files.list(work)) {
      assertThat(left).containsExactly(folder);
    }
  }

  @Test
  void a_refused_push_says_how_to_sign_in_and_goes_through_with_the_password() throws Exception {
    try (var closed = LocalRegistry.closed(work.resolve("closed"))) {
      var image = Destination.push(closed.address() + "/look:1");
      failed(Map.of(), image, closed.address() + "/look", "docker login", "VITRINE_REGISTRY_USER");
      failed(signedIn("wrong"), image, "docker login");
      assertThat(image(base, signedIn("right")).build(image)).startsWith("sha256:");
      assertThat(told).as("that there is no TLS").anyMatch(line -> line.contains("HTTP"));
    }
  }

  private static Map<String, String> signedIn(String password) {
    return Map.of("VITRINE_REGISTRY_USER", "who", "VITRINE_REGISTRY_PASSWORD", password);
  }

  @Test
  void a_registry_that_is_not_there_is_told() {
    failed(Map.of(), Destination.push("127.0.0.1:1/look:1"), "does not answer", "127.0.0.1:1");
  }

  @Test
  void a_link_is_refused_with_its_name() throws IOException {
    Files.createSymbolicLink(folder.resolve("secrets"), Path.of("/etc"));
    assertThatThrownBy(() -> push("link", "1"))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessageContaining(folder.resolve("secrets").toString());
  }

  @Test
  void a_project_behind_a_link_is_packed_as_any_other() throws Exception {
    var digest = push("linked", "1");
    folder = Files.createSymbolicLink(work.resolve("link"), folder);
    assertThat(push("linked", "2")).isEqualTo(digest);
  }

  @Test
  void what_the_runtime_is_to_open_cannot_stay_behind() throws IOException {
    Files.createDirectory(folder.resolve(".hidden"));
    Files.move(folder.resolve("stage/scene.usda"), folder.resolve(".hidden/scene.usda"));
    Files.writeString(
        folder.resolve("vitrine.yaml"), "name: look\nstage: .hidden/scene.usda\nextension: look\n");
    assertThatThrownBy(() -> push("hidden", "1"))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessageContaining("stage: .hidden/scene.usda stays out of the image");

    Files.createDirectory(folder.resolve("node_modules"));
    Files.writeString(folder.resolve("node_modules/__init__.py"), "");
    Files.writeString(
        folder.resolve("vitrine.yaml"), "name: look\nstage: s.usda\nextension: node_modules\n");
    Files.writeString(folder.resolve("s.usda"), "#usda 1.0\n");
    assertThatThrownBy(() -> push("hidden", "1"))
        .hasMessageContaining("extension: node_modules/__init__.py stays out");
  }

  private void failed(Map<String, String> environment, Destination destination, String... words) {
    assertThatThrownBy(() -> image(base, environment).build(destination))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(1))
        .message()
        .contains(words);
  }

  private String push(String repository, String tag) throws InterruptedException {
    var name = "%s/%s:%s".formatted(registry.address(), repository, tag);
    return image(base, Map.of()).build(Destination.push(name));
  }

  private ProjectImage image(ImageReference base, Map<String, String> credentials) {
    var environment = new TreeMap<>(credentials);
    environment.put("XDG_CACHE_HOME", shared.resolve("cache").toString());
    return new ProjectImage(Project.read(folder), base, false, environment, told::add);
  }

  /** The project's own layer, the last. */
  private static Map<String, TarArchiveEntry> layer(String repository, String tag)
      throws IOException {
    var layers = new ArrayList<String>();
    registry
        .manifest(repository, tag)
        .get("layers")
        .forEach(layer -> layers.add(layer.get("digest").asText()));
    var blob = registry.blob(repository, layers.getLast());
    return entries(new GZIPInputStream(new ByteArrayInputStream(blob)).readAllBytes());
  }

  private static Map<String, TarArchiveEntry> entries(byte[] archive) throws IOException {
    var entries = new TreeMap<String, TarArchiveEntry>();
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.put(entry.getName(), entry);
      }
    }
    return entries;
  }
}
