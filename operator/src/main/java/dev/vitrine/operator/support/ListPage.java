package dev.vitrine.operator.support;

/**
 * How much is asked for at a time where a kind is listed. Ten thousand pods in one answer take more
 * memory than all that is kept of them.
 */
public final class ListPage {

  public static final long ITEMS = 500;

  private ListPage() {}
}
