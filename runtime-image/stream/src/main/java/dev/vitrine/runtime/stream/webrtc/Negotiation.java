package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.vitrine.runtime.stream.BadOfferException;
import dev.vitrine.runtime.stream.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** The steps from an offer to its answer (RFC 8829, 5), each on the peer's thread. */
final class Negotiation {

  private static final long LIMIT_SECONDS = 10;

  /** Host candidates come at once; what servers add later follows the answer. */
  private static final long GATHER_LIMIT_MILLIS = 1000;

  private final RTCPeerConnection connection;
  private final PeerThread thread;
  private volatile CompletableFuture<Void> gathered = new CompletableFuture<>();

  Negotiation(RTCPeerConnection connection, PeerThread thread) {
    this.connection = connection;
    this.thread = thread;
  }

  /**
   * Makes an offer.
   *
   * @return our description with the candidates that were found at once
   */
  CompletableFuture<String> offer() {
    gathered = new CompletableFuture<>();
    return withCandidates(
        createOffer().thenComposeAsync(offer -> setLocal(offer, Negotiation::unoffered), thread));
  }

  /** Takes the answer to our offer. */
  CompletableFuture<Void> accept(String answerSdp) {
    return setRemote(
            RTCSdpType.ANSWER,
            answerSdp,
            error -> new TransportException("The answer cannot be used: %s.".formatted(error)))
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Answers an offer.
   *
   * @param onOfferSet runs once the offer is in force, before the answer is made
   * @return our description with the candidates that were found at once
   */
  CompletableFuture<String> answer(String offerSdp, Runnable onOfferSet) {
    gathered = new CompletableFuture<>();
    return withCandidates(
        setRemote(
                RTCSdpType.OFFER,
                offerSdp,
                error -> new BadOfferException("The offer cannot be used: %s.".formatted(error)))
            .thenRunAsync(onOfferSet, thread)
            .thenComposeAsync(_ -> createAnswer(), thread)
            .thenComposeAsync(answer -> setLocal(answer, Negotiation::unanswered), thread));
  }

  /** All candidates were found; called by any thread. */
  void gatheringIsComplete() {
    gathered.complete(null);
  }

  private CompletableFuture<String> withCandidates(CompletableFuture<Void> localIsSet) {
    return localIsSet
        .thenComposeAsync(
            _ -> gathered.completeOnTimeout(null, GATHER_LIMIT_MILLIS, TimeUnit.MILLISECONDS),
            thread)
        .thenApplyAsync(_ -> connection.getLocalDescription().sdp, thread)
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> setRemote(
      RTCSdpType type, String sdp, Function<String, TransportException> failure) {
    var description = new RTCSessionDescription(type, sdp);
    return set(observer -> connection.setRemoteDescription(description, observer), failure);
  }

  private CompletableFuture<Void> setLocal(
      RTCSessionDescription description, Function<String, TransportException> failure) {
    return set(observer -> connection.setLocalDescription(description, observer), failure);
  }

  private CompletableFuture<RTCSessionDescription> createOffer() {
    var created = new Created(Negotiation::unoffered);
    connection.createOffer(new RTCOfferOptions(), created);
    return created.description;
  }

  private CompletableFuture<RTCSessionDescription> createAnswer() {
    var created = new Created(Negotiation::unanswered);
    connection.createAnswer(new RTCAnswerOptions(), created);
    return created.description;
  }

  private static CompletableFuture<Void> set(
      Consumer<SetSessionDescriptionObserver> call, Function<String, TransportException> failure) {
    var done = new CompletableFuture<Void>();
    try {
      call.accept(
          new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
              done.complete(null);
            }

            @Override
            public void onFailure(String error) {
              done.completeExceptionally(failure.apply(error));
            }
          });
    } catch (RuntimeException | Error e) {
      // webrtc-java throws errors at what it cannot read.
      done.completeExceptionally(failure.apply(String.valueOf(e.getMessage())));
    }
    return done;
  }

  private static TransportException unoffered(String error) {
    return new TransportException("No offer can be made: %s.".formatted(error));
  }

  private static TransportException unanswered(String error) {
    return new TransportException("The offer cannot be answered: %s.".formatted(error));
  }

  private static final class Created implements CreateSessionDescriptionObserver {

    private final CompletableFuture<RTCSessionDescription> description = new CompletableFuture<>();
    private final Function<String, TransportException> failure;

    Created(Function<String, TransportException> failure) {
      this.failure = failure;
    }

    @Override
    public void onSuccess(RTCSessionDescription made) {
      description.complete(made);
    }

    @Override
    public void onFailure(String error) {
      description.completeExceptionally(failure.apply(error));
    }
  }
}
