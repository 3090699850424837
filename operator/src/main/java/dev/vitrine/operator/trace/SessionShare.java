package dev.vitrine.operator.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Keeps a share of the sessions, each whole or not at all, whoever writes of it. The SDK's own
 * sampler of a ratio takes 64 bits of a trace's id for random; two of them are the same in every
 * UUID (RFC 9562, the variant), so that it would keep none of a half. The last 56 are random.
 */
final class SessionShare implements Sampler {

  private static final int RANDOM_CHARS = 14;
  private static final double ALL = 0x1p56;
  private static final int HEXADECIMAL = 16;

  private final double share;

  /**
   * @param share from 0, none, to 1, all
   */
  SessionShare(double share) {
    this.share = share;
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String trace,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    var random = Long.parseLong(trace.substring(trace.length() - RANDOM_CHARS), HEXADECIMAL);
    return random < share * ALL ? SamplingResult.recordAndSample() : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "SessionShare{%s}".formatted(share);
  }
}
