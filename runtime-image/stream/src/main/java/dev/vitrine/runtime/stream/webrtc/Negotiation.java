package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
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
   * Answers an offer.
   *
   * @param onOfferSet runs once the offer is in force, before the answer is made
   * @return our description with the candidates that were found at once
   */
  CompletableFuture<String> answer(String offerSdp, Runnable onOfferSet) {
    gathered = new CompletableFuture<>();
    return setOffer(offerSdp)
        .thenRunAsync(onOfferSet, thread)
        .thenComposeAsync(_ -> createAnswer(), thread)
        .thenComposeAsync(this::setAnswer, thread)
        .thenComposeAsync(
            _ -> gathered.completeOnTimeout(null, GATHER_LIMIT_MILLIS, TimeUnit.MILLISECONDS),
            thread)
        .thenApplyAsync(_ -> connection.getLocalDescription().sdp, thread)
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** All candidates were found; called by any thread. */
  void gatheringIsComplete() {
    gathered.complete(null);
  }

  private CompletableFuture<Void> setOffer(String sdp) {
    var offer = new RTCSessionDescription(RTCSdpType.OFFER, sdp);
    return set(
        observer -> connection.setRemoteDescription(offer, observer),
        error -> new BadOfferException("The offer cannot be used: %s.".formatted(error)));
  }

  private CompletableFuture<Void> setAnswer(RTCSessionDescription answer) {
    return set(
        observer -> connection.setLocalDescription(answer, observer), Negotiation::unanswered);
  }

  private CompletableFuture<RTCSessionDescription> createAnswer() {
    var created = new CompletableFuture<RTCSessionDescription>();
    connection.createAnswer(
        new RTCAnswerOptions(),
        new CreateSessionDescriptionObserver() {
          @Override
          public void onSuccess(RTCSessionDescription answer) {
            created.complete(answer);
          }

          @Override
          public void onFailure(String error) {
            created.completeExceptionally(unanswered(error));
          }
        });
    return created;
  }

  private static CompletableFuture<Void> set(
      Consumer<SetSessionDescriptionObserver> call, Function<String, TransportException> failure) {
    var done = new CompletableFuture<Void>();
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
    return done;
  }

  private static TransportException unanswered(String error) {
    return new TransportException("The offer cannot be answered: %s.".formatted(error));
  }
}
