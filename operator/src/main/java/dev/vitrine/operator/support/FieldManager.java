package dev.vitrine.operator.support;

/** Names under which fields are owned in server-side apply. */
public final class FieldManager {

  public static final String CONTROLLER = "vitrine-controller";

  private FieldManager() {}
}
