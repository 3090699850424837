package dev.vitrine.operator.support;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name for what a resource says: the same content has the same one. */
public final class ContentHash {

  /** Characters of a hash. */
  public static final int CHARS = 10;

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private ContentHash() {}

  /** Hexadecimal digits of the content's SHA-256, as JSON. */
  public static String of(Object content) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(JSON.asJson(content).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
