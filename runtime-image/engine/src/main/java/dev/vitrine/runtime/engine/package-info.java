/**
 * Turns a scene and a camera into pictures on a GPU. It knows neither the stage process nor the
 * stream, and Vulkan only through {@code engine.vk}.
 */
@NullMarked
package dev.vitrine.runtime.engine;

import org.jspecify.annotations.NullMarked;
