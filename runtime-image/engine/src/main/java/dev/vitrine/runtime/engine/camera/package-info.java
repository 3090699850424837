/** Where the scene is looked at from, and how a viewer moves that. Pure; it knows no Vulkan. */
@NullMarked
package dev.vitrine.runtime.engine.camera;

import org.jspecify.annotations.NullMarked;
