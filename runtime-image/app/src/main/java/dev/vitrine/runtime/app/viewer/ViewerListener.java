package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.VideoCodec;

/** Is told how the viewer fares, on the session's thread. */
public interface ViewerListener {

  /** Somebody sits down who is not the viewer of before; {@link #onConnected} follows. */
  void onNewViewer();

  /** Pictures flow, for the first time or again. */
  void onConnected(Transport transport, VideoCodec codec);

  /** The connection is interrupted, and may come back by itself: the page stays the same. */
  void onInterrupted();

  /** Nobody is there now. */
  void onDisconnected(boolean saidGoodbye);

  /** The page shows its first picture. */
  void onFirstFrame();

  /** The page has something to say to the application: told before that hears of it. */
  void onMessage();

  /** The viewer did something; told about once a second. */
  void onInput();

  /**
   * The viewer would like to stay beyond the session's longest duration.
   *
   * @return what becomes of that
   */
  ViewerReply.ExtensionReply onExtend();

  /** Takes no notice of a viewer, in local mode and in a rehearsal: no session could end. */
  static ViewerListener nobody() {
    return new ViewerListener() {
      @Override
      public void onNewViewer() {}

      @Override
      public void onConnected(Transport transport, VideoCodec codec) {}

      @Override
      public void onInterrupted() {}

      @Override
      public void onDisconnected(boolean saidGoodbye) {}

      @Override
      public void onFirstFrame() {}

      @Override
      public void onMessage() {}

      @Override
      public void onInput() {}

      @Override
      public ViewerReply.ExtensionReply onExtend() {
        return new ViewerReply.NotExtended(
            "There is no session here, and so no end that could be put off.");
      }
    };
  }
}
