package dev.vitrine.runtime.stage;

import java.util.List;

/**
 * The properties of a prim.
 *
 * @param type the prim's; empty where it has none
 * @param properties in the order of their names
 * @param omitted how many more there are that were too many to list
 */
public record StageProperties(String type, List<StageProperty> properties, int omitted) {

  public StageProperties {
    properties = List.copyOf(properties);
  }
}
