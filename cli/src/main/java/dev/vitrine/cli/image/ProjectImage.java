package dev.vitrine.cli.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.event.events.ProgressEvent;
import com.google.cloud.tools.jib.event.progress.ProgressEventHandler;
import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Puts a project on top of the runtime's image. Same project, same base: same digest.
 *
 * @param base the runtime's image
 * @param plainHttp whether whoever asks trusts any registry without TLS, or with any certificate
 * @param environment where credentials may be
 * @param progress is told what is being done
 */
public record ProjectImage(
    Project project,
    ImageReference base,
    boolean plainHttp,
    Map<String, String> environment,
    Consumer<String> progress) {

  /** Jib's own system property; there is no other way to tell it. */
  private static final String SEND_PASSWORDS_WITHOUT_TLS = "sendCredentialsOverHttp";

  private static final Set<LogEvent.Level> TOLD =
      EnumSet.of(LogEvent.Level.WARN, LogEvent.Level.PROGRESS);

  /** The registry that is pushed to where none is. */
  private static final String NOWHERE = "";

  /** What the umask leaves of it. */
  private static final FileAttribute<?> AS_OTHER_FILES =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

  /**
   * Builds it and brings it to its destination.
   *
   * @return its digest, such as {@code sha256:...}
   * @throws CommandFailure if a registry refuses, or does not answer
   */
  public String build(Destination destination) throws InterruptedException {
    return switch (destination) {
      case Destination.Registry(var image) -> push(image);
      case Destination.Tar(var file) -> write(file);
    };
  }

  private String push(ImageReference image) throws InterruptedException {
    var target = access(image, image.getRegistry());
    var source = access(base, image.getRegistry());
    if (plainHttp || (target.isHere() && source.isHere())) {
      System.setProperty(SEND_PASSWORDS_WITHOUT_TLS, "true");
    }
    return digest(
        ImageFormat.OCI,
        Containerizer.to(target.toJib()),
        source,
        target.needsNoTls() && source.needsNoTls(),
        image.getRegistry());
  }

  /** In the format that every engine loads; the file is there when it is whole. */
  private String write(Path file) throws InterruptedException {
    var source = access(base, NOWHERE);
    try {
      var draft =
          Files.createTempFile(
              file.resolveSibling(""), "." + file.getFileName(), ".part", AS_OTHER_FILES);
      draft.toFile().deleteOnExit(); // where somebody interrupts us
      try {
        var digest =
            digest(
                ImageFormat.Docker,
                Containerizer.to(
                    TarImage.at(draft).named(ImageReference.of(null, project.name().app(), null))),
                source,
                source.needsNoTls(),
                NOWHERE);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return digest;
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw CommandFailure.failed("%s cannot be written: %s", file, e);
    }
  }

  private String digest(
      ImageFormat format,
      Containerizer containerizer,
      RegistryAccess source,
      boolean withoutTls,
      String pushed)
      throws InterruptedException {
    containerizer
        .setToolName("vitrine")
        .setAllowInsecureRegistries(plainHttp || withoutTls)
        .setBaseImageLayersCache(cache())
        .setApplicationLayersCache(cache())
        .addEventHandler(LogEvent.class, this::tell)
        .addEventHandler(ProgressEvent.class, new ProgressEventHandler(new Progress(progress)));
    try {
      return describe(Jib.from(source.toJib()).setFormat(format))
          .containerize(containerizer)
          .getDigest()
          .toString();
    } catch (ExecutionException e) {
      throw RegistryFailure.explain(e.getCause() == null ? e : e.getCause(), pushed);
    } catch (RegistryException | IOException | CacheDirectoryCreationException e) {
      throw RegistryFailure.explain(e, pushed);
    }
  }

  private JibContainerBuilder describe(JibContainerBuilder image) {
    var folder = ProjectLayer.FOLDER;
    image
        .addFileEntriesLayer(ProjectLayer.of(project))
        .addEnvironmentVariable("VITRINE_STAGE", folder.resolve(project.stage()).toString());
    project
        .extension()
        .ifPresent(
            name ->
                image.addEnvironmentVariable("VITRINE_EXTENSION", folder.resolve(name).toString()));
    return image;
  }

  private RegistryAccess access(ImageReference image, String pushed) {
    var credentials =
        new RegistryCredentials(
            pushed, environment, Path.of(System.getProperty("user.home")), this::tell);
    return new RegistryAccess(image, credentials.of(image));
  }

  private Path cache() {
    var caches = environment.get("XDG_CACHE_HOME");
    var folder =
        caches == null || caches.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(caches);
    return folder.resolve("vitrine/layers");
  }

  private void tell(LogEvent event) {
    if (TOLD.contains(event.getLevel())) {
      progress.accept(event.getMessage());
    }
  }
}
