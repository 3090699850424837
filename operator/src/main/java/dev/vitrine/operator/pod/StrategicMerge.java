package dev.vitrine.operator.pod;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of Kubernetes' strategic merge patch that a pod patch may use: objects merge, lists of
 * named things merge by their key, other lists are appended to, and null removes.
 */
final class StrategicMerge {

  /** Lists whose elements have an identity, and the field that is it. */
  private static final Map<String, String> KEYS =
      Map.of(
          "containers", "name",
          "env", "name",
          "volumes", "name",
          "imagePullSecrets", "name",
          "volumeMounts", "mountPath");

  private StrategicMerge() {}

  /** {@code base} with {@code patch} over it; neither is changed. */
  static Map<String, Object> merge(Map<String, Object> base, Map<String, Object> patch) {
    var merged = new LinkedHashMap<>(base);
    patch.forEach(
        (field, value) -> {
          if (value == null) {
            merged.remove(field);
          } else {
            merged.put(field, mergeValue(field, merged.get(field), value));
          }
        });
    return merged;
  }

  private static Object mergeValue(String field, @Nullable Object base, Object patch) {
    if (base instanceof Map<?, ?> old && patch instanceof Map<?, ?> over) {
      return merge(object(old), object(over));
    }
    if (base instanceof List<?> old && patch instanceof List<?> over) {
      var key = KEYS.get(field);
      return key == null ? appended(old, over) : mergedByKey(key, old, over);
    }
    return patch;
  }

  private static List<Object> appended(List<?> base, List<?> patch) {
    var all = new ArrayList<Object>(base);
    all.addAll(patch);
    return all;
  }

  private static List<Object> mergedByKey(String key, List<?> base, List<?> patch) {
    var merged = new ArrayList<Object>(base);
    for (var element : patch) {
      int at = indexOf(key, merged, element);
      if (at < 0) {
        merged.add(element);
      } else {
        merged.set(at, merge(object((Map<?, ?>) merged.get(at)), object((Map<?, ?>) element)));
      }
    }
    return merged;
  }

  private static int indexOf(String key, List<?> elements, Object wanted) {
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof Map<?, ?> element
          && wanted instanceof Map<?, ?> other
          && Objects.equals(element.get(key), other.get(key))) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings("unchecked") // objects of JSON have text as keys
  private static Map<String, Object> object(Map<?, ?> json) {
    return (Map<String, Object>) json;
  }
}
