package dev.vitrine.cli.cluster;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.cli.output.Printable;
import dev.vitrine.cli.output.Table;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an app or a session.
 *
 * @param facts by their names, in the order in which they are to be read
 */
public record Description(
    String kind, String namespace, String name, Map<String, String> facts, List<Fact> conditions) {

  /** A condition of it. */
  public record Fact(String type, String status, String reason, String message) {

    private static Fact of(Condition condition) {
      return new Fact(
          condition.getType(),
          condition.getStatus(),
          Objects.requireNonNullElse(condition.getReason(), ""),
          Objects.requireNonNullElse(condition.getMessage(), ""));
    }
  }

  /** An app's. */
  public static Description of(StreamingApp app) {
    var status = Objects.requireNonNullElseGet(app.getStatus(), StreamingAppStatus::empty);
    var facts = new Facts();
    facts.add("title", app.getSpec().title());
    facts.add("image", app.getSpec().image());
    facts.add("classes", String.join(", ", app.getSpec().classes()));
    facts.add("link", status.url());
    status
        .revisions()
        .forEach(
            revision ->
                facts.add(
                    "revision " + revision.name(), revision.percent() + " % of new sessions"));
    return of(app, facts, status.conditions());
  }

  /** A session's. */
  public static Description of(StreamSession session) {
    var status = Objects.requireNonNullElseGet(session.getStatus(), StreamSessionStatus::empty);
    var facts = new Facts();
    facts.add("app", session.getSpec().app());
    facts.add("user", session.getSpec().user());
    facts.add("revision", status.revision());
    facts.add("pod", status.podName());
    facts.add("node", status.nodeName());
    facts.add("place in the line", status.queuePlace());
    var timeline = Objects.requireNonNullElseGet(status.timeline(), Timeline::empty);
    facts.add("requested", timeline.requestedAt());
    facts.add("assigned", timeline.assignedAt());
    facts.add("ready", timeline.readyAt());
    facts.add("connected", timeline.connectedAt());
    facts.add("first picture", timeline.firstFrameAt());
    facts.add("ended", timeline.endedAt());
    return of(session, facts, status.conditions());
  }

  private static Description of(HasMetadata resource, Facts facts, List<Condition> conditions) {
    return new Description(
        resource.getKind(),
        resource.getMetadata().getNamespace(),
        resource.getMetadata().getName(),
        facts.known,
        conditions.stream().map(Fact::of).toList());
  }

  /** For people. */
  public String text() {
    var table = new Table("CONDITION", "STATUS", "REASON", "MESSAGE");
    conditions.forEach(
        fact -> table.row(fact.type(), fact.status(), fact.reason(), fact.message()));
    var lines =
        facts.entrySet().stream()
            .map(fact -> "  %s: %s%n".formatted(fact.getKey(), Printable.of(fact.getValue())))
            .collect(Collectors.joining());
    return "%s %s/%s%n%s%n%s".formatted(kind, namespace, name, lines, table.render());
  }

  /** What is there to be told. */
  private static final class Facts {
    private final Map<String, String> known = new LinkedHashMap<>();

    void add(String name, @Nullable Object value) {
      if (value != null) {
        known.put(name, value.toString());
      }
    }
  }
}
