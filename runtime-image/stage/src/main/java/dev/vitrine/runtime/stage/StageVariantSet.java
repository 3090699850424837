package dev.vitrine.runtime.stage;

import java.util.List;

/**
 * A variant set of a prim.
 *
 * @param selection the chosen variant; empty for none
 */
public record StageVariantSet(String name, List<String> variants, String selection) {

  public StageVariantSet {
    variants = List.copyOf(variants);
  }
}
