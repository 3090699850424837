package dev.vitrine.operator.placement;

import dev.vitrine.operator.support.Key;

/** Pods that are all alike: of one revision on one class. */
public record Pool(Key app, String revision, String streamClass) {}
