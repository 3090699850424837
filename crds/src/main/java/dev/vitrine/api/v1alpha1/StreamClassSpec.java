package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What pods of this class get, and who may ask for it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamClassSpec(
    @JsonPropertyDescription("A short name for people, shown by front ends.") @Size(max = 100)
        @Nullable String title,
    @JsonPropertyDescription("What this class is good for, shown by front ends.") @Size(max = 1000)
        @Nullable String description,
    @JsonPropertyDescription("What each pod requests and may use.") @Default("{}")
        Resources resources,
    @JsonPropertyDescription(
            "RuntimeClass of the pods, such as `nvidia`. Absent: the cluster's default.")
        @Size(max = 253)
        @Nullable String runtimeClassName,
    @JsonPropertyDescription("Labels that a node must have to run pods of this class.")
        @Size(max = 16)
        Map<String, @Size(max = 63) String> nodeSelector,
    @JsonPropertyDescription("Taints that pods of this class accept.") @Size(max = 16)
        List<PodToleration> tolerations,
    @JsonPropertyDescription("The most that any stream of this class may ask for.") @Default("{}")
        VideoCeilings video,
    @JsonPropertyDescription("Ceilings on how long sessions of this class may wait, idle and last.")
        @Default("{}")
        LifetimeCeilings lifetimes,
    @JsonPropertyDescription("Namespaces whose apps may use this class.") @Default("{}")
        AllowedNamespaces namespaces,
    @JsonPropertyDescription(
            "Most pods of this class that are being started at a time. Sessions beyond wait in"
                + " line, so that their order is ours and not the scheduler's.")
        @Default("8")
        @Min(1)
        @Max(1000)
        int maxPendingPods,
    @JsonPropertyDescription(
            "Whether a session may be ended to make room: `Never`, or for one of the class whose"
                + " spec.priority is higher (`LowerPriority`). Idle pods go first.")
        @Default("Never")
        Preemption preemption,
    @JsonPropertyDescription(
            "When nodes pull the images of apps that use this class: `OnDemand`, when a pod first"
                + " needs one there; `PrePulled`, on every node of the class as soon as a revision"
                + " is being verified, by a DaemonSet in the app's namespace. No session waits for"
                + " it.")
        @Default("OnDemand")
        Images images,
    @JsonPropertyDescription(
            "Where pods keep what lets the next one start sooner, such as compiled shaders. Absent:"
                + " nowhere.")
        @Nullable Cache cache) {

  public StreamClassSpec {
    nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
    tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
  }

  /** Compute resources of one pod. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Resources(
      @JsonPropertyDescription(
              "Devices that each pod gets. Absent: none, pictures are made by the CPU.")
          @Nullable Gpu gpu,
      @JsonPropertyDescription("Processor time.") @Default("{\"request\": \"1\"}") Compute cpu,
      @JsonPropertyDescription("Memory.") @Default("{\"request\": \"1Gi\"}") Compute memory) {}

  /** An extended resource, given out by a device plugin. */
  public record Gpu(
      @JsonPropertyDescription(
              "Extended resource to request, such as `nvidia.com/gpu` or a MIG or shared one.")
          @Default("nvidia.com/gpu")
          @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")
          @Size(max = 253)
          String resourceName,
      @JsonPropertyDescription("How many of them.") @Default("1") @Min(1) @Max(16) int count) {}

  /** One resource: what is set aside, and the most that may be used. */
  @ValidationRule(
      value =
          "!has(self.limit) || !isQuantity(string(self.limit)) || !isQuantity(string(self.request))"
              + " || !quantity(string(self.limit)).isLessThan(quantity(string(self.request)))",
      message = "limit must not be less than request")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Compute(
      @JsonPropertyDescription("What is set aside for each pod, such as `200m` or `1Gi`.")
          @Required
          @ValidationRule(
              value =
                  "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))",
              message = "request must be a quantity above zero, such as 200m or 1Gi")
          Quantity request,
      @JsonPropertyDescription("The most that a pod may use. Absent: no limit.")
          @ValidationRule(
              value =
                  "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))",
              message = "limit must be a quantity above zero, such as 2 or 2Gi")
          @Nullable Quantity limit) {}

  /** Ceilings; an app's wishes beyond them are brought down to them. */
  public record VideoCeilings(
      @JsonPropertyDescription("Most pixels in a picture; 2073600 are 1920x1080.")
          @Default("2073600")
          @Min(25600)
          @Max(33177600)
          int maxPixels,
      @JsonPropertyDescription("Most pictures a second.") @Default("60") @Min(1) @Max(240)
          int maxFps,
      @JsonPropertyDescription("Most kilobits of video a second.")
          @Default("20000")
          @Min(100)
          @Max(200000)
          int maxKbps) {}

  /** Who may use a class. */
  @ValidationRule(
      value = "self.from != 'Listed' || (has(self.names) && size(self.names) > 0)",
      message = "names must hold at least one namespace when from is Listed")
  @ValidationRule(
      value = "self.from != 'All' || !has(self.names)",
      message = "names must be absent when from is All")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record AllowedNamespaces(
      @JsonPropertyDescription("`All` namespaces, or only those `Listed` in names.") @Default("All")
          From from,
      @JsonPropertyDescription("The namespaces when from is `Listed`.") @Size(max = 64)
          List<@Size(min = 1, max = Names.DNS_LABEL_LENGTH) @Pattern(Names.DNS_LABEL) String>
              names) {

    public AllowedNamespaces {
      names = names == null ? List.of() : List.copyOf(names);
    }

    /** True if apps of {@code namespace} may use the class. */
    public boolean allow(String namespace) {
      return from == From.All || names.contains(namespace);
    }
  }

  /** Who may be ended for others. */
  public enum Preemption {
    /** Nobody: who comes later waits, whatever their priority. */
    Never,
    /** Sessions of a lower priority than that of one that finds no room. */
    LowerPriority
  }

  /** When nodes pull images. */
  public enum Images {
    /** When a pod first needs one there. */
    OnDemand,
    /** On every node of the class, before a revision gets sessions. */
    PrePulled
  }

  /** A volume that pods of a class share; each revision has a folder of its own in it. */
  public record Cache(
      @JsonPropertyDescription(
              "Name of a PersistentVolumeClaim, which each namespace that uses this class must"
                  + " have. Many pods write to it, so its volume is best one of each node.")
          @Required
          @Size(min = 1, max = Names.DNS_SUBDOMAIN_LENGTH)
          @Pattern(Names.DNS_SUBDOMAIN)
          String claimName) {}

  /** Where apps that use a class may be. */
  public enum From {
    All,
    Listed
  }
}
