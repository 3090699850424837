package dev.vitrine.operator.pod;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads of a pod what the operator wants to know of it, and passes over the rest unread: most of a
 * pod is what it is made of, of which only its node matters. A pod that was drawn here is created
 * whole; one that was read, or that the client copies to patch, has nothing but its node.
 */
public final class SlimPodModule extends SimpleModule {

  private static final long serialVersionUID = 1;

  public SlimPodModule() {
    super("slim-pod");
    setMixInAnnotation(Pod.class, ReadPod.class);
    setMixInAnnotation(PodStatus.class, ReadStatus.class);
  }

  interface ReadPod {
    @JsonDeserialize(using = NodeOnly.class)
    void setSpec(PodSpec spec);
  }

  @JsonIgnoreProperties(
      value = {
        "hostIPs",
        "podIPs",
        "initContainerStatuses",
        "ephemeralContainerStatuses",
        "resourceClaimStatuses"
      },
      allowGetters = true)
  private interface ReadStatus {}

  /** Pods of a node share one spec, which nobody changes. */
  private static final class NodeOnly extends StdDeserializer<PodSpec> {

    private static final long serialVersionUID = 1;

    /** Nodes come and go: beyond so many, those that are still there are remembered anew. */
    private static final int MAX_SPECS = 10_000;

    /** By the name of the node, "" for none. */
    private final transient Map<String, PodSpec> specs = new ConcurrentHashMap<>();

    NodeOnly() {
      super(PodSpec.class);
    }

    @Override
    public PodSpec deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.isExpectedStartObjectToken()) {
        return (PodSpec) context.handleUnexpectedToken(PodSpec.class, parser);
      }
      var node = "";
      for (var field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
        var value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && field.equals("nodeName")) {
          node = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
      return spec(node);
    }

    private PodSpec spec(String node) {
      if (specs.size() >= MAX_SPECS) {
        specs.clear();
      }
      return specs.computeIfAbsent(node, NodeOnly::on);
    }

    private static PodSpec on(String node) {
      var spec = new PodSpec();
      spec.setNodeName(node.isEmpty() ? null : node);
      return spec;
    }
  }
}
