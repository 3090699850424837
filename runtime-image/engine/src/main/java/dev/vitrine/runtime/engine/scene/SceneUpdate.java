package dev.vitrine.runtime.engine.scene;

/**
 * What a renderer is told about a stage: everything, or what changed. It refuses all or nothing.
 */
public sealed interface SceneUpdate permits SceneSnapshot, SceneDelta {}
