package dev.vitrine.runtime.stream;

import java.nio.ByteBuffer;

/**
 * A picture's luma, and its chroma at half the width and height, in limited range (16 to 235).
 *
 * @param strideY bytes from one row of {@code y} to the next
 * @param strideU bytes from one row of {@code u} to the next
 * @param strideV bytes from one row of {@code v} to the next
 */
public record I420Planes(
    ByteBuffer y, int strideY, ByteBuffer u, int strideU, ByteBuffer v, int strideV) {}
