package dev.vitrine.operator.gateway.access;

import org.jspecify.annotations.Nullable;

/** Everybody may do everything. */
public final class OpenAccess implements Access {

  @Override
  public Verdict check(@Nullable String authorization, Right right) {
    return new Verdict.Allowed(null);
  }
}
