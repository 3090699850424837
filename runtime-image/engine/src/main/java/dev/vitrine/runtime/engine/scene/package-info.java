/**
 * What a composed stage looks like to a renderer: plain validated records. It knows neither OpenUSD
 * nor Vulkan.
 */
@NullMarked
package dev.vitrine.runtime.engine.scene;

import org.jspecify.annotations.NullMarked;
