package dev.vitrine.operator.gateway.line;

import java.util.OptionalInt;

/**
 * A session's place in the line before its class.
 *
 * @param number from 1, the next one
 * @param of how many stand in that line
 * @param expectedSeconds how long it will take; empty while too little was measured
 */
public record Place(int number, int of, OptionalInt expectedSeconds) {}
