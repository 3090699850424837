package dev.vitrine.operator.gateway.access;

import org.jspecify.annotations.Nullable;

/** Decides who may do what, before anything is looked up. */
public interface Access {

  /**
   * Whether the sender of a request has a right.
   *
   * @param authorization the request's header of that name, or null
   */
  Verdict check(@Nullable String authorization, Right right);
}
