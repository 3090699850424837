/**
 * Owners of Vulkan objects: created, checked and closed in one place. The only package that sees
 * Vulkan; it knows nothing of scenes and pictures.
 */
@NullMarked
package dev.vitrine.runtime.engine.vk;

import org.jspecify.annotations.NullMarked;
