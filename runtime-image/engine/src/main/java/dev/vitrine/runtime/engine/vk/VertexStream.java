package dev.vitrine.runtime.engine.vk;

/**
 * Where a pipeline reads one attribute of its vertices or instances.
 *
 * @param bytes how many bytes from the offset may be read
 * @param stride bytes from one vertex to the next; 0 gives all vertices the same value
 */
public record VertexStream(Buffer buffer, long offset, long bytes, long stride) {}
