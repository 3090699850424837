package dev.vitrine.cli.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
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
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Puts a project on top of the runtime's image. Same project, same base: same digest.
 *
 * @param base the runtime's image
 * @param plainHttp whether whoever asks trusts any registry without TLS
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
    var target = RegistryImage.named(image);
    credentials().forPush(image).forEach(target::addCredentialRetriever);
    if (plainHttp || (isHere(image) && isHere(base))) {
      System.setProperty(SEND_PASSWORDS_WITHOUT_TLS, "true");
    }
    return digest(ImageFormat.OCI, Containerizer.to(target), trusts(image) && trusts(base));
  }

  /** In the format that every engine loads; the file is there when it is whole. */
  private String write(Path file) throws InterruptedException {
    var draft = file.resolveSibling("." + file.getFileName() + ".part");
    draft.toFile().deleteOnExit(); // where somebody interrupts us
    try {
      try {
        var digest =
            digest(
                ImageFormat.Docker,
                Containerizer.to(
                    TarImage.at(draft).named(ImageReference.of(null, project.name().app(), null))),
                trusts(base));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return digest;
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw CommandFailure.failed("%s cannot be written: %s", file, e);
    }
  }

  private String digest(ImageFormat format, Containerizer containerizer, boolean withoutTls)
      throws InterruptedException {
    containerizer
        .setToolName("vitrine")
        .setAllowInsecureRegistries(withoutTls)
        .setBaseImageLayersCache(cache())
        .setApplicationLayersCache(cache())
        .addEventHandler(LogEvent.class, this::tell)
        .addEventHandler(ProgressEvent.class, new ProgressEventHandler(new Progress(progress)));
    try {
      return containerize(format, containerizer).getDigest().toString();
    } catch (ExecutionException e) {
      throw RegistryFailure.explain(e.getCause() == null ? e : e.getCause());
    } catch (RegistryException | IOException | CacheDirectoryCreationException e) {
      throw RegistryFailure.explain(e);
    }
  }

  private JibContainer containerize(ImageFormat format, Containerizer containerizer)
      throws InterruptedException,
          RegistryException,
          IOException,
          CacheDirectoryCreationException,
          ExecutionException {
    var source = RegistryImage.named(base);
    credentials().forPull(base).forEach(source::addCredentialRetriever);
    return describe(Jib.from(source).setFormat(format)).containerize(containerizer);
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

  private static boolean isHere(ImageReference image) {
    return RegistryTrust.isHere(image.getRegistry());
  }

  private boolean trusts(ImageReference image) {
    return plainHttp || RegistryTrust.allowsPlainHttp(image.getRegistry());
  }

  private RegistryCredentials credentials() {
    return new RegistryCredentials(
        environment, Path.of(System.getProperty("user.home")), this::tell);
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
    if (event.getLevel() == LogEvent.Level.PROGRESS) {
      progress.accept(event.getMessage());
    }
  }
}
