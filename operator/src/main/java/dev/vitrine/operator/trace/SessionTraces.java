package dev.vitrine.operator.trace;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens to sessions: each is one trace, whose id is the session's UID. Spans are
 * handed to a bounded queue, and are lost when it is full: nobody waits for them.
 */
public final class SessionTraces implements AutoCloseable {

  /** With either of these set there are traces. */
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

  private static final String SCOPE = "dev.vitrine.operator";
  private static final int LAST_EXPORT_SECONDS = 2;

  private final @Nullable SdkTracerProvider provider;
  private final @Nullable Tracer tracer;
  private final InstantSource clock;

  private SessionTraces(@Nullable SdkTracerProvider provider, InstantSource clock) {
    this.provider = provider;
    this.clock = clock;
    tracer = provider == null ? null : provider.get(SCOPE);
  }

  /** None are written, and nothing is done for them. */
  public static SessionTraces off() {
    return new SessionTraces(null, InstantSource.system());
  }

  /**
   * Traces as OpenTelemetry's variables say; none where they name no endpoint.
   *
   * @param service who writes, where {@code OTEL_SERVICE_NAME} does not say
   * @param environment the process's
   */
  public static SessionTraces of(
      String service, Map<String, String> environment, InstantSource clock) {
    var wanted =
        Stream.of(ENDPOINT, TRACES_ENDPOINT)
            .map(environment::get)
            .anyMatch(endpoint -> endpoint != null && !endpoint.isBlank());
    if (!wanted) {
      return off();
    }
    var sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> settings(service, environment))
            .addTracerProviderCustomizer((builder, _) -> builder.setIdGenerator(new TraceIds()))
            .addSamplerCustomizer(SessionTraces::sampler)
            .disableShutdownHook()
            .build();
    return new SessionTraces(sdk.getOpenTelemetrySdk().getSdkTracerProvider(), clock);
  }

  /** Something begins of which it is to be told, once it is over, to whom it happened. */
  public Doing begin(String name) {
    return new Doing(name);
  }

  /**
   * Writes something that is over, as a part of a session's life.
   *
   * @param session its UID
   */
  public void write(String session, Happening happening) {
    traced(session)
        .ifPresent(
            trace -> end(builder(happening).setParent(partOf(trace)).startSpan(), happening));
  }

  /**
   * Writes the whole life of a session.
   *
   * @param session its UID
   */
  public void writeLife(String session, Happening life) {
    traced(session)
        .ifPresent(
            trace -> end(TraceIds.asFirst(trace, builder(life).setNoParent()::startSpan), life));
  }

  /** Sends what is left, for two seconds at most. */
  @Override
  public void close() {
    if (provider != null) {
      provider.shutdown().join(LAST_EXPORT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Something that goes on. */
  public final class Doing {

    private final String name;
    private final @Nullable Instant began;

    private Doing(String name) {
      this.name = name;
      began = tracer == null ? null : clock.instant();
    }

    /**
     * It is over, and went well.
     *
     * @param session the UID of whom it happened to
     * @param about what else is to be known of it; never a user's name
     */
    public void done(String session, Map<String, String> about) {
      over(session, about, Optional.empty());
    }

    /**
     * It is over, and went wrong.
     *
     * @param session the UID of whom it happened to
     * @param words a sentence
     */
    public void failed(String session, String words) {
      over(session, Map.of(), Optional.of(words));
    }

    private void over(String session, Map<String, String> about, Optional<String> failure) {
      if (began != null) {
        write(session, new Happening(name, began, clock.instant(), about, failure));
      }
    }
  }

  private Optional<String> traced(String session) {
    return tracer == null ? Optional.empty() : TraceIds.traceOf(session);
  }

  private SpanBuilder builder(Happening happening) {
    return requireNonNull(tracer)
        .spanBuilder(happening.name())
        .setStartTimestamp(happening.began());
  }

  private static Context partOf(String trace) {
    var first =
        SpanContext.createFromRemoteParent(
            trace, TraceIds.firstSpanOf(trace), TraceFlags.getSampled(), TraceState.getDefault());
    return Context.root().with(Span.wrap(first));
  }

  private static void end(Span span, Happening happening) {
    happening.about().forEach(span::setAttribute);
    happening.failure().ifPresent(words -> span.setStatus(StatusCode.ERROR, words));
    span.end(happening.ended());
  }

  private static Sampler sampler(Sampler asked, ConfigProperties settings) {
    var name = settings.getString("otel.traces.sampler", "");
    return name.endsWith("traceidratio")
        ? new SessionShare(settings.getDouble("otel.traces.sampler.arg", 1))
        : asked;
  }

  /** As the SDK names them; what the environment says comes after what we say. */
  private static Map<String, String> settings(String service, Map<String, String> environment) {
    var settings = new HashMap<String, String>();
    settings.put("otel.service.name", service);
    settings.put("otel.exporter.otlp.protocol", "http/protobuf");
    settings.put("otel.metrics.exporter", "none"); // Prometheus comes for them
    settings.put("otel.logs.exporter", "none");
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("OTEL_")) {
            settings.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
          }
        });
    return settings;
  }
}
