package dev.vitrine.operator.placement;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is under way for sessions (by their UIDs), what they were told, and what failed them. */
final class Requests {

  private final InstantSource clock;
  private final Map<String, PodRequest> inHand = new HashMap<>();
  private final Map<String, Placement> told = new HashMap<>();
  private final Map<String, Postponement> postponed = new HashMap<>();

  /** The API server's words, for those who may have no idle pod. */
  private final Map<String, String> refusedClaims = new HashMap<>();

  Requests(InstantSource clock) {
    this.clock = clock;
  }

  boolean isInHand(String session) {
    return inHand.containsKey(session);
  }

  Placement told(String session) {
    return told.getOrDefault(session, new Placement.None());
  }

  /** It is to be decided on. */
  void asked(String session) {
    told.putIfAbsent(session, new Placement.InHand());
  }

  /** Its pod is on its way. */
  void begin(PodRequest request) {
    inHand.put(request.uid(), request);
    told.put(request.uid(), new Placement.InHand());
  }

  /** Its pod is on its way no more; false if it was not wanted any more. */
  boolean end(String session) {
    return inHand.remove(session) != null;
  }

  /** It has its pod: what failed it is past. */
  void served(String session) {
    postponed.remove(session);
    if (!isInHand(session)) {
      told.remove(session);
    }
  }

  /** It wants no pod any more. */
  void withdraw(String session) {
    inHand.remove(session);
    refusedClaims.remove(session);
    served(session);
  }

  /** Its turn comes after a pause, which grows from time to time. */
  Postponement postpone(String session, String words) {
    var next = Postponement.after(postponed.get(session), clock.instant(), words);
    postponed.put(session, next);
    return next;
  }

  /** It may have no idle pod. */
  void refuseClaim(String session, String words) {
    refusedClaims.put(session, words);
  }

  /** It may have no pod at all. */
  void refuse(String session, String words) {
    var before = refusedClaims.get(session);
    told.put(
        session,
        new Placement.Refused(
            before == null
                ? words
                : "%s; nor may it have an idle one: %s".formatted(words, before)));
  }

  /** Says where it stands in line; false if that is no news. */
  boolean tell(String session, Placement.InLine state) {
    return !state.saysTheSame(told.put(session, state));
  }

  /** Those who wait, as far as they may have what they want. */
  List<PodRequest> asAllowed(Collection<PodRequest> waiting) {
    return waiting.stream()
        .map(it -> refusedClaims.containsKey(it.uid()) ? it.forOwnPod() : it)
        .toList();
  }

  /** Of those who wait, whose turn comes after a pause. */
  Map<String, Postponement> postponed(Collection<PodRequest> waiting) {
    return waiting.stream()
        .map(PodRequest::uid)
        .filter(postponed::containsKey)
        .collect(Collectors.toMap(Function.identity(), postponed::get));
  }

  /** Those of these namespaces in which a pod is on its way to a session. */
  Set<String> underWayIn(Set<String> namespaces) {
    var found = new HashSet<String>();
    if (!namespaces.isEmpty()) {
      inHand.values().forEach(request -> found.add(request.session().namespace()));
      found.retainAll(namespaces);
    }
    return found;
  }
}
