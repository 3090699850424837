package dev.vitrine.operator.support;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kubernetes Events (events.k8s.io/v1): what `kubectl describe` tells of failures. */
public final class Events {

  /** The API server's limit for a note. */
  private static final int MAX_NOTE_CHARS = 1000;

  private static final Logger log = LoggerFactory.getLogger(Events.class);

  private Events() {}

  /** Writes an Event; that it cannot be written keeps nobody from what has to be done. */
  public static void tell(Event event, KubernetesClient client) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_CONFLICT) {
        return; // it was taken, and only the answer lost
      }
      log.warn("Event {} was not taken: {}", event.getReason(), Failures.sentence(e));
    }
  }

  /** A warning that says what {@code condition} says of {@code subject}. */
  public static Event warning(HasMetadata subject, Condition condition, Instant now) {
    var metadata =
        new ObjectMetaBuilder()
            .withName(name(subject, condition, now))
            .withNamespace(subject.getMetadata().getNamespace())
            .build();
    var regarding =
        new ObjectReferenceBuilder()
            .withApiVersion(subject.getApiVersion())
            .withKind(subject.getKind())
            .withNamespace(subject.getMetadata().getNamespace())
            .withName(subject.getMetadata().getName())
            .withUid(subject.getMetadata().getUid())
            .build();
    var message = condition.getMessage();
    return new EventBuilder()
        .withMetadata(metadata)
        .withRegarding(regarding)
        .withType("Warning")
        .withReason(condition.getReason())
        .withNote(
            message.length() > MAX_NOTE_CHARS ? message.substring(0, MAX_NOTE_CHARS) : message)
        .withAction("Reconcile")
        .withEventTime(new MicroTime(Times.micros(now)))
        .withReportingController("vitrine.dev/controller")
        .withReportingInstance("vitrine-controller")
        .build();
  }

  /** Given before it is written, so that a client that tries again does not tell it twice. */
  private static String name(HasMetadata subject, Condition condition, Instant now) {
    return "%s.%s.%x"
        .formatted(
            subject.getMetadata().getName(),
            condition.getReason().toLowerCase(Locale.ROOT),
            ChronoUnit.MICROS.between(Instant.EPOCH, now));
  }
}
