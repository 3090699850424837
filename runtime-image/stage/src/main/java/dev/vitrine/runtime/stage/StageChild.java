package dev.vitrine.runtime.stage;

/**
 * A child of a prim.
 *
 * @param name the last element of its path
 * @param path its absolute path
 * @param hasChildren whether asking for its children gives any (unless a filter hides them)
 */
public record StageChild(String name, String path, boolean hasChildren) {}
