package dev.vitrine.runtime.stage;

import java.util.List;

/**
 * The children of a prim.
 *
 * @param children in the stage's order
 * @param omitted how many more there are that were too many to list
 */
public record StageChildren(List<StageChild> children, int omitted) {

  public StageChildren {
    children = List.copyOf(children);
  }
}
