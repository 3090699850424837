package dev.vitrine.runtime.stage;

import java.util.List;

/**
 * A variant set of a prim.
 *
 * @param selection the chosen variant; empty for none
 * @param omitted how many more variants there are that were too many to list
 */
public record StageVariantSet(String name, List<String> variants, String selection, int omitted) {

  public StageVariantSet {
    variants = List.copyOf(variants);
  }
}
