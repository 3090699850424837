package dev.vitrine.runtime.stream.sdp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Offers that browsers made for a received video and two data channels. */
public final class BrowserOffers {

  private BrowserOffers() {}

  /** Chromium 156 on Debian 12. */
  public static String chromium() {
    return read("chromium");
  }

  /** Firefox ESR 153 on Debian 12, where it has no H.264. */
  public static String firefox() {
    return read("firefox");
  }

  private static String read(String browser) {
    try (var sdp = BrowserOffers.class.getResourceAsStream("/offers/" + browser + ".sdp")) {
      return new String(sdp.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
