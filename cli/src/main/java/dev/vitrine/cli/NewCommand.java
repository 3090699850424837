package dev.vitrine.cli;

import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.project.NewProject;
import dev.vitrine.cli.project.ProjectName;
import dev.vitrine.cli.project.Template;
import java.io.Console;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine new}: the folder of a new project. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = "Makes the folder of a new project; asks for what is not given.")
final class NewCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      completionCandidates = Templates.class,
      description = "one of ${COMPLETION-CANDIDATES}")
  private @Nullable String template;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "the project's name, such as my_viewer; its app is then my-viewer")
  private @Nullable String name;

  @Option(names = "--dir", paramLabel = "DIR", description = "its folder, ./NAME by default")
  private @Nullable Path folder;

  @Override
  public void run() {
    var chosen =
        given(
            "--template",
            template,
            "Template (%s)".formatted(String.join(", ", Template.ids())),
            "--template %s".formatted(Template.ids().getFirst()),
            Template::of);
    var called =
        given("--name", name, "Name, such as my_viewer", "--name my_viewer", ProjectName::new);
    var target = folder == null ? Path.of(called.value()) : folder;
    NewProject.write(target, chosen.render(called));
    spec.commandLine()
        .getOut()
        .printf("%s is ready. Look at it with: vitrine run %s%n", called.title(), target);
  }

  /** The option's value, or what the terminal answers; it is asked again while that is no good. */
  private <T> T given(
      String option,
      @Nullable String value,
      String question,
      String example,
      Function<String, T> meaning) {
    if (value != null) {
      return meaning.apply(value);
    }
    var terminal =
        terminal()
            .orElseThrow(
                () ->
                    CommandFailure.badInput(
                        "%s is missing, and there is no terminal to ask on; add it, such as %s",
                        option, example));
    while (true) {
      var answer = terminal.readLine("%s: ", question);
      if (answer == null) {
        throw CommandFailure.badInput("%s is missing; add it, or answer the question", option);
      }
      try {
        return meaning.apply(answer.strip());
      } catch (CommandFailure e) {
        terminal.printf("%s%n", e.getMessage());
      }
    }
  }

  /** What {@code --template} may be, for help and completion. */
  private static final class Templates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Template.ids().iterator();
    }
  }

  private static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
