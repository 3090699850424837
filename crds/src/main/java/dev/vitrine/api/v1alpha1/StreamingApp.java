package dev.vitrine.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** An application that viewers can open: the developer's resource. */
@Group("vitrine.dev")
@Version("v1alpha1")
@ShortNames("vapp")
@Singular("streamingapp")
@Plural("streamingapps")
@Categories("vitrine")
@ValidationRule(value = Names.NAME_IS_A_DNS_LABEL, message = Names.NAME_RULE)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type=='Ready')].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type=='Ready')].reason")
@AdditionalPrinterColumn(
    name = "Rollout",
    jsonPath = ".status.conditions[?(@.type=='RolloutComplete')].reason")
@AdditionalPrinterColumn(name = "Link", jsonPath = ".status.url")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".spec.version", priority = 1)
@AdditionalPrinterColumn(name = "Image", jsonPath = ".spec.image", priority = 1)
public final class StreamingApp extends CustomResource<StreamingAppSpec, StreamingAppStatus>
    implements Namespaced {

  @Override
  @Required
  public StreamingAppSpec getSpec() {
    return super.getSpec();
  }
}
