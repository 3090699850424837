package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.operator.pod.Connections;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.AssignmentSigner;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.RuntimeState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls pods over HTTP outside of any reconciliation, and keeps their answers as facts for later
 * views. Every call has a limit of time and size, and there is a limit to how many are under way.
 */
public final class PodCalls implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int MAX_CALLS = 256;
  private static final Duration CROWDED = Duration.ofMillis(500);
  private static final int MAX_REPLY_BYTES = 64 * 1024;
  private static final int MAX_WORDS_CHARS = 300;

  private final AssignmentSigner signer;
  private final int podPort;
  private final SessionTraces traces;
  private final InstantSource clock;
  private final HttpClient http;
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private final PodAnswers answers = new PodAnswers();

  /**
   * @param podPort where runtimes listen
   */
  public PodCalls(AssignmentSigner signer, int podPort, SessionTraces traces, InstantSource clock) {
    this.signer = signer;
    this.podPort = podPort;
    this.traces = traces;
    this.clock = clock;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** What a pod answered to its assignment last. */
  Optional<PodAnswer> toAssignment(String podUid) {
    return answers.to(new Call(podUid, Call.About.ASSIGNMENT));
  }

  /** What a pod answered when it was asked for its state last. */
  Optional<PodAnswer> toState(String podUid) {
    return answers.to(new Call(podUid, Call.About.STATE));
  }

  /**
   * Tells a pod of its session, unless that is under way or done; {@code answered} is run
   * afterwards.
   */
  void assign(PodFacts pod, Assignment assignment, Runnable answered) {
    var call = new Call(pod.uid(), Call.About.ASSIGNMENT);
    if (underWay.contains(call) || answers.to(call).orElse(null) instanceof PodAnswer.Yes) {
      return; // it is on its way, or came while this was being decided and has woken the session
    }
    var body = BodyPublishers.ofString(signer.sign(assignment));
    var doing = traces.begin("assign");
    start(
        call,
        to(pod, "/assignment").POST(body),
        () -> {
          answers.to(call).ifPresent(answer -> tell(doing, assignment.session().uid(), answer));
          answered.run();
        });
  }

  /** Asks a pod how it is, unless that is under way; {@code answered} is run afterwards. */
  void askState(PodFacts pod, Runnable answered) {
    start(new Call(pod.uid(), Call.About.STATE), to(pod, "/state").GET(), answered);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private void start(Call call, HttpRequest.Builder request, Runnable answered) {
    if (underWay.size() >= MAX_CALLS) {
      CompletableFuture.delayedExecutor(CROWDED.toMillis(), TimeUnit.MILLISECONDS)
          .execute(answered); // nobody was asked: that is no answer
      return;
    }
    if (!underWay.add(call)) {
      return;
    }
    var _ =
        http.sendAsync(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_REPLY_BYTES))
            .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .handle((reply, failure) -> read(call, reply, failure))
            .thenAccept(
                answer -> {
                  answers.put(call, answer);
                  underWay.remove(call);
                  answered.run();
                });
  }

  private static void tell(SessionTraces.Doing doing, String session, PodAnswer answer) {
    switch (answer) {
      case PodAnswer.Yes _ -> doing.done(session, Map.of());
      case PodAnswer.Taken(_, var words) -> doing.failed(session, words);
      case PodAnswer.Silence(_, var words) -> doing.failed(session, words);
    }
  }

  private PodAnswer read(
      Call call, @Nullable HttpResponse<String> reply, @Nullable Throwable failure) {
    var now = clock.instant();
    if (reply == null) {
      return new PodAnswer.Silence(now, String.valueOf(failure));
    }
    var words = reply.body().substring(0, Math.min(reply.body().length(), MAX_WORDS_CHARS));
    return switch (reply.statusCode()) {
      case 200 ->
          new PodAnswer.Yes(
              now, call.about() == Call.About.STATE ? connectionIn(reply.body()) : null);
      case 409 -> new PodAnswer.Taken(now, words);
      default -> new PodAnswer.Silence(now, "status %d: %s".formatted(reply.statusCode(), words));
    };
  }

  /** It has no number: it is no report. Of an app that answers in its own way nothing is known. */
  private static @Nullable Connection connectionIn(String state) {
    try {
      return Connections.of(0, RuntimeState.parse(state).connection());
    } catch (BadMessageException e) {
      return null;
    }
  }

  private HttpRequest.Builder to(PodFacts pod, String path) {
    var address = pod.address().orElseThrow();
    var host = address.contains(":") ? "[" + address + "]" : address;
    return HttpRequest.newBuilder(URI.create("http://%s:%d%s".formatted(host, podPort, path)))
        .timeout(LIMIT);
  }
}
