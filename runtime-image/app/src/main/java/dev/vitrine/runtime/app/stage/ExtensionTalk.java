package dev.vitrine.runtime.app.stage;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.ViewerReply;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the extension says to the page unasked, and how it failed, in the order of events. Safe for
 * use by several threads.
 */
public final class ExtensionTalk {

  private static final Logger LOG = LoggerFactory.getLogger(ExtensionTalk.class);

  private volatile Consumer<ViewerReply> page = reply -> {};

  /**
   * Tells one page from now on.
   *
   * @param page called on any thread; returns quickly
   */
  public void follow(Consumer<ViewerReply> page) {
    this.page = page;
  }

  /** What no message of the page has asked for. */
  void said(String text) {
    page.accept(checked(text));
  }

  /** A failure that no message of the page has caused. */
  void failed(String sentence) {
    page.accept(failure(sentence));
  }

  /** The process that an extension runs in may be anyone's by now: what it says is checked. */
  static ViewerReply checked(String text) {
    try {
      var message = AppMessage.parse(text);
      if (message.eventType().startsWith(AppMessage.OWN_PREFIX)) {
        return failure(
            "The extension's message was not sent. Types that begin with %s are the runtime's own."
                .formatted(AppMessage.OWN_PREFIX));
      }
      return new ViewerReply.Other(message);
    } catch (BadMessageException e) {
      return failure("The extension's message was not sent. " + e.getMessage());
    }
  }

  private static ViewerReply failure(String sentence) {
    LOG.warn("{}", sentence);
    return new ViewerReply.ViewerError(AppMessage.EXTENSION, sentence);
  }
}
