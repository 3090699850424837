package dev.vitrine.operator.app;

import static dev.vitrine.operator.support.Conditions.isFalse;
import static dev.vitrine.operator.support.Conditions.isTrue;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.WarmReason;
import dev.vitrine.operator.placement.PoolTrouble;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The condition {@code WarmPoolFull}, and when to look at it again.
 *
 * @param lookAgainAt when a lack will have lasted for long enough to be told
 */
record WarmReport(Condition condition, Optional<Instant> lookAgainAt) {

  /** Every claim makes a pool lack a pod for a moment: that is no news. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  static Condition nothingWanted() {
    return isTrue(ConditionType.WARM_POOL_FULL, WarmReason.NoneWanted, "No idle pods are wanted");
  }

  /**
   * What is to be said of the pools.
   *
   * @param noneWanted whether the app wants no idle pods now
   */
  static WarmReport of(AppView view, boolean noneWanted) {
    var warm = view.warm();
    if (noneWanted) {
      return new WarmReport(nothingWanted(), Optional.empty());
    }
    if (!warm.isKnown()) {
      return new WarmReport(asBefore(view), Optional.empty());
    }
    var full =
        isTrue(ConditionType.WARM_POOL_FULL, WarmReason.Full, "All wanted idle pods are ready");
    if (warm.full()) {
      return new WarmReport(full, Optional.empty());
    }
    var toldFull =
        Conditions.find(view.reported().conditions(), ConditionType.WARM_POOL_FULL)
            .filter(before -> before.getReason().equals(WarmReason.Full.name()))
            .isPresent();
    var tellAt = warm.since().plus(PATIENCE);
    return toldFull && view.now().isBefore(tellAt)
        ? new WarmReport(full, Optional.of(tellAt))
        : new WarmReport(lacking(view), Optional.empty());
  }

  private static Condition lacking(PoolTrouble trouble) {
    return switch (trouble.kind()) {
      case CRASHING ->
          isFalse(
              ConditionType.WARM_POOL_FULL,
              WarmReason.Crashing,
              "Idle pods end by themselves: " + trouble.words());
      case NOT_STARTING ->
          isFalse(
              ConditionType.WARM_POOL_FULL,
              WarmReason.NotStarting,
              "Idle pods do not get ready in time: " + trouble.words());
    };
  }

  /** Until somebody has counted. */
  private static Condition asBefore(AppView view) {
    return Conditions.find(view.reported().conditions(), ConditionType.WARM_POOL_FULL)
        .filter(before -> !before.getReason().equals(WarmReason.NoneWanted.name()))
        .orElseGet(
            () ->
                isFalse(
                    ConditionType.WARM_POOL_FULL,
                    WarmReason.Filling,
                    "Idle pods are being started"));
  }

  private static Condition lacking(AppView view) {
    var trouble = view.warm().trouble();
    if (trouble.isPresent()) {
      return lacking(trouble.get());
    }
    if (view.warm().sessionsFirst()) {
      return isFalse(
          ConditionType.WARM_POOL_FULL,
          WarmReason.SessionsFirst,
          "Sessions wait for pods, and come first");
    }
    return view.warm().stuck()
        ? isFalse(ConditionType.WARM_POOL_FULL, WarmReason.NoRoom, "No node has room for idle pods")
        : isFalse(ConditionType.WARM_POOL_FULL, WarmReason.Filling, "Idle pods are being started");
  }
}
