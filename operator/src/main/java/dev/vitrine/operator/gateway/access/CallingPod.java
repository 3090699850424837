package dev.vitrine.operator.gateway.access;

/** A pod that sent a request, as the API server says of its token. */
public record CallingPod(String namespace, String name, String uid) {}
