package dev.vitrine.runtime.engine.vk;

/**
 * The GPU or its driver did not do what it was asked. The renderer that threw it is of no more use.
 */
public final class VulkanException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean deviceLost;

  public VulkanException(String message) {
    this(message, false);
  }

  VulkanException(String message, boolean deviceLost) {
    super(message);
    this.deviceLost = deviceLost;
  }

  /** True when the GPU itself is gone or hangs; a new renderer on it is unlikely to work either. */
  public boolean deviceLost() {
    return deviceLost;
  }
}
