package dev.vitrine.operator.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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

  private static final ObjectMapper SORTED =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  private ContentHash() {}

  /** Hexadecimal digits of the content's SHA-256, as JSON. */
  public static String of(Object content) {
    return ofText(JSON.asJson(content));
  }

  /** The same, whatever the order of the maps in it. */
  public static String ofSorted(Object content) {
    try {
      return ofText(SORTED.writeValueAsString(content));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("what is hashed has to be a resource's content", e);
    }
  }

  private static String ofText(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
