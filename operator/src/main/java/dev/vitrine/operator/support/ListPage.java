package dev.vitrine.operator.support;

/**
 * How much is asked for at a time where a kind is listed. Ten thousand pods in one answer take more
 * memory than all that is kept of them. A limit also has a first list answered consistently, and
 * not out of some API server's cache: a controller that takes the lead relies on that.
 */
public final class ListPage {

  public static final long ITEMS = 500;

  private ListPage() {}
}
