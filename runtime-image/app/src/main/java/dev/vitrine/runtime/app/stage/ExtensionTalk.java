package dev.vitrine.runtime.app.stage;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.ViewerReply;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the extension says to the page, and how its handlers failed, in the order of events. Safe
 * for use by several threads.
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

  /** The process that an extension runs in may be anyone's by now: what it says is checked. */
  void said(String text) {
    try {
      page.accept(new ViewerReply.Other(AppMessage.parse(text)));
    } catch (BadMessageException e) {
      failed("The extension's message was not sent. " + e.getMessage());
    }
  }

  /** A failure that no message of the page has caused. */
  void failed(String sentence) {
    LOG.warn("{}", sentence);
    page.accept(new ViewerReply.ViewerError(AppMessage.EXTENSION, sentence));
  }

  /** Nobody answers the message, or its handler failed: that is for the page to know. */
  void refused(AppMessage message, String sentence) {
    page.accept(new ViewerReply.ViewerError(message.eventType(), sentence));
  }
}
