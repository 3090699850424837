package dev.vitrine.operator.testing;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes that the API server has carried out, by resource, as its metrics have them: neither dry
 * runs nor refused ones, nor the lease that a leader renews.
 */
public record ApiWrites(Map<String, Double> byResource) {

  private static final Set<String> VERBS = Set.of("POST", "PUT", "PATCH", "APPLY", "DELETE");

  /** The last one is a question: nothing is kept of it. */
  private static final Set<String> NOT_COUNTED = Set.of("leases", "selfsubjectrulesreviews");

  private static final Pattern SAMPLE =
      Pattern.compile("^apiserver_request_total\\{(.*)} (\\S+)$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Since the API server was started. */
  public static ApiWrites soFar(KubernetesClient client) {
    var all = new TreeMap<String, Double>();
    SAMPLE
        .matcher(client.raw("/metrics"))
        .results()
        .forEach(
            sample -> {
              var labels = labels(sample.group(1));
              if (isCounted(labels)) {
                all.merge(labels.get("resource"), Double.valueOf(sample.group(2)), Double::sum);
              }
            });
    return new ApiWrites(all);
  }

  public ApiWrites since(ApiWrites before) {
    var more = new TreeMap<String, Double>();
    byResource.forEach(
        (resource, count) -> {
          var added = count - before.of(resource);
          if (added > 0) {
            more.put(resource, added);
          }
        });
    return new ApiWrites(more);
  }

  /** For each of so many. */
  public ApiWrites by(int number) {
    var each = new TreeMap<String, Double>();
    byResource.forEach((resource, count) -> each.put(resource, count / number));
    return new ApiWrites(each);
  }

  public double of(String resource) {
    return byResource.getOrDefault(resource, 0.0);
  }

  public double all() {
    return byResource.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static boolean isCounted(Map<String, String> labels) {
    return VERBS.contains(labels.get("verb"))
        && labels.get("code").startsWith("2")
        && labels.get("dry_run").isEmpty()
        && !NOT_COUNTED.contains(labels.get("resource"));
  }

  private static Map<String, String> labels(String text) {
    return LABEL
        .matcher(text)
        .results()
        .collect(Collectors.toMap((MatchResult it) -> it.group(1), it -> it.group(2)));
  }
}
